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
from network_registry.exchange.domain import passing
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask
from tenants.referrals.domain import delivery
from tenants.referrals.models import Referral
from tenants.referrals.notice_words import WORDS

logger = logging.getLogger(__name__)
AT_ONCE = 2000  # envelopes


@shared_task(name="referrals.deliver")
def deliver(envelope_id: str) -> int:
    """What waits of one envelope; what fails is tried again by `deliver_outstanding`."""
    return delivery.carry_all(UUID(envelope_id))


@shared_task(name="referrals.deliver_outstanding")
def deliver_outstanding() -> int:
    """Everything that a lost task or a dead worker left behind. One failure does not hold up the others."""
    delivered = 0
    for envelope_id in delivery.waiting_envelopes():
        try:
            delivered += delivery.carry_all(envelope_id)
        except Exception:
            logger.exception("envelope %s was not delivered", envelope_id)
    return delivered


@shared_task(name="referrals.pass_deadlines")
def pass_deadlines() -> int:
    """What is due happens and is told to both sides. One failure does not hold up the others."""
    happened = 0
    for envelope_id in passing.due_envelopes(AT_ONCE):
        try:
            while passing.pass_deadline(envelope_id):
                happened += 1
            delivery.carry_all(envelope_id)
        except Exception:
            logger.exception("what is due of envelope %s did not happen", envelope_id)
    return happened


@shared_task(name="referrals.send_notices", base=OrganisationTask)
def send_notices(type: str, referral_id: str, colleague_ids: list[str]) -> int:
    """E-mails to colleagues about an event of this type, each in their own language."""
    organisation = required_organisation()
    referral = Referral.objects.select_related("envelope", "other").get(pk=referral_id)
    subject, sentence = WORDS[type]
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            words = {
                "other": referral.other.ref().name(colleague.language),
                "reference": referral.envelope.reference,
            }
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "sentence": sentence % words,
                "reference": referral.envelope.reference,
                "address": workspace_url(organisation.short_name, "referral", referral.pk),
            }
            body = render_to_string("referrals/mail/step.txt", context)
            messages.append(EmailMessage(str(subject) % words, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
