"""Background work of the exchange: thin, primitives in."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.exchange.domain.fairness import renew_if_due
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.organisations.enums import Kind
from tenants.organisations.enums import State as OrganisationState
from tenants.organisations.models import Colleague, Organisation
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="exchange.renew_fairness")
def renew_board() -> int:
    return renew_if_due()


@shared_task(name="exchange.tell_held")
def tell_held(envelope_id: str) -> int:
    """Has the secretariat told that something waits for it."""
    found = Organisation.objects.filter(kind=Kind.SECRETARIAT).exclude(state=OrganisationState.CLOSED)
    names = list(found.values_list("schema_name", flat=True))
    for short_name in names:
        send_held.delay(short_name, envelope_id)
    return len(names)


@shared_task(
    name="exchange.send_held",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_held(envelope_id: str) -> int:
    """To everybody of the secretariat who decides about it; nothing when somebody has decided already."""
    organisation = required_organisation()
    envelope = Envelope.objects.in_state(State.HELD).select_related("sender").filter(pk=envelope_id).first()
    if envelope is None:
        return 0
    roles = roles_with(Permission.NETWORK_MANAGE)
    messages = []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=roles):
        with translation.override(colleague.language):
            sender = envelope.sender.ref().name(colleague.language)
            context = {
                "name": colleague.name,
                "sentence": _("A referral of %(other)s waits for your decision.") % {"other": sender},
                "address": workspace_url(organisation, "held"),
            }
            subject = _("A referral waits for you: %(reference)s") % {"reference": envelope.reference}
            body = render_to_string("exchange/mail/held.txt", context)
            messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
