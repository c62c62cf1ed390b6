"""E-mails about referrals. They say that something waits, never about whom."""

from __future__ import annotations

from uuid import UUID

from halka.authorization.roles import ROLES, Permission, Role
from halka.common.current import required_organisation
from network_registry.exchange.enums import EventType, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague
from tenants.referrals.models import Referral

QUIET = frozenset({EventType.DISCLOSED, State.OPENED})  # seen on the page, and no reason to interrupt anybody


def tell_of_step(referral: Referral, type: str) -> None:
    """To whoever is responsible here, else to everybody who may answer."""
    if type in QUIET:
        return
    owner = [str(referral.owner_id)] if referral.owner_id else [str(pk) for pk in those_who(Permission.REFERRAL_ANSWER)]
    tell(referral, type, owner)


def those_who(permission: Permission) -> list[UUID]:
    """The keys of colleagues whose role permits it."""
    roles = [role for role in Role if permission in ROLES[role].permissions]
    return list(Colleague.objects.filter(ended_at=None, role__in=roles).values_list("pk", flat=True))


def tell(referral: Referral, type: str, colleague_ids: list[str]) -> None:
    from tenants.referrals.tasks import send_notices

    if colleague_ids:
        send_after_commit(send_notices, required_organisation().short_name, type, str(referral.pk), colleague_ids)
