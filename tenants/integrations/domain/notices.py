"""E-mails about webhooks, to those who can do something about it."""

from __future__ import annotations

from halka.authorization.roles import Permission, Role, roles_with
from halka.common.current import required_organisation
from tenants.integrations.models import Endpoint
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague


def roles_told() -> list[Role]:
    return roles_with(Permission.WEBHOOK_MANAGE)


def tell_managers(endpoint: Endpoint) -> None:
    """That the webhook was switched off."""
    from tenants.integrations.tasks import send_notices

    people = Colleague.objects.filter(ended_at=None, role__in=roles_told()).values_list("pk", flat=True)
    send_after_commit(send_notices, required_organisation().short_name, str(endpoint.pk), [str(pk) for pk in people])
