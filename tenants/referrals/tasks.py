"""Background work of referrals: thin, primitives in."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.exchange.enums import State
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask
from tenants.referrals.domain import delivery
from tenants.referrals.models import Referral

logger = logging.getLogger(__name__)


@shared_task(name="referrals.deliver")
def deliver(item_id: str) -> bool:
    """One outbox item; what fails is tried again by `deliver_outstanding`."""
    return delivery.carry(UUID(item_id))


@shared_task(name="referrals.deliver_outstanding")
def deliver_outstanding() -> int:
    """Everything that a lost task or a dead worker left behind. One item's failure does not hold up the others."""
    delivered = 0
    for item_id in delivery.waiting_items():
        try:
            delivered += delivery.carry(item_id)
        except Exception:
            logger.exception("outbox item %s was not delivered", item_id)
    return delivered


@shared_task(name="referrals.send_notices", base=OrganisationTask)
def send_notices(kind: str, referral_id: str, colleague_ids: list[str]) -> int:
    """E-mails to colleagues, each in their own language: `kind` names the template, "arrived" or "answered"."""
    organisation = required_organisation()
    referral = Referral.objects.select_related("envelope", "other").get(pk=referral_id)
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "other": referral.other.ref().name(colleague.language),
                "reference": referral.envelope.reference,
                "accepted": referral.envelope.state == State.ACCEPTED,
                "address": workspace_url(organisation.short_name, "referral", referral.pk),
            }
            subject = render_to_string(f"referrals/mail/{kind}_subject.txt", context).strip()
            body = render_to_string(f"referrals/mail/{kind}.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
