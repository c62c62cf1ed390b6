"""Background work of referrals: thin, primitives in."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from uuid import UUID
from zoneinfo import ZoneInfo

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.common.addresses import workspace_url
from halka.common.calendars import Calendar, calendar_in_use
from halka.common.current import required_organisation
from halka.common.keys import hash_of
from network_registry.exchange.domain import passing
from network_registry.exchange.enums import TAKEN_ON
from network_registry.exchange.models import Envelope
from tenants.organisations.enums import State
from tenants.organisations.models import Colleague, Organisation
from tenants.organisations.tasks import OrganisationTask
from tenants.referrals.domain import delivery, erasing, lapsing, links
from tenants.referrals.models import AnswerLink, Referral
from tenants.referrals.notice_words import BY_LINK, WORDS

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


@shared_task(name="referrals.discard_previews_everywhere")
def discard_previews_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        discard_previews.delay(short_name)
    return len(names)


@shared_task(name="referrals.discard_previews", base=OrganisationTask)
def discard_previews() -> int:
    return erasing.discard_previews(settings.REFERRAL_PREVIEW_DAYS)


@shared_task(name="referrals.end_lapsed_everywhere")
def end_lapsed_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        end_lapsed.delay(short_name)
    return len(names)


@shared_task(name="referrals.end_lapsed", base=OrganisationTask)
def end_lapsed() -> int:
    """By the organisation's own calendar day."""
    with timezone.override(ZoneInfo(required_organisation().time_zone)):
        return lapsing.end_lapsed()


@shared_task(name="referrals.ask_results_everywhere")
def ask_results_everywhere() -> int:
    """Organisations that answer by link and took somebody on weeks ago are asked what became of it; how many."""
    long_ago = timezone.now() - links.RESULT_AFTER
    waiting = Envelope.objects.in_state(*TAKEN_ON).filter(moved_at__lt=long_ago).exclude(target__contact_email="")
    names = list(waiting.order_by("target").values_list("target__schema_name", flat=True).distinct())
    for short_name in names:
        ask_results.delay(short_name)
    return len(names)


@shared_task(name="referrals.ask_results", base=OrganisationTask)
def ask_results() -> int:
    return links.ask_results()


@shared_task(name="referrals.send_links_again", base=OrganisationTask)
def send_links_again() -> int:
    """Everything that waits, to an address that is new."""
    return links.send_all_again()


@shared_task(
    name="referrals.send_link",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_link(type: str, referral_id: str, link_id: str, sealed_token: str) -> int:
    """To the contact address, in the organisation's language; nothing when the link was replaced, or the referral
    erased, meanwhile."""
    organisation = required_organisation()
    address = links.contact_address()
    token = links.unseal_token(UUID(link_id), sealed_token) if link_id else ""
    link = AnswerLink.objects.live().filter(pk=link_id, token_hash=hash_of(token)).first() if link_id else None
    referral = Referral.objects.select_related("envelope", "other").filter(pk=referral_id).first()
    if not address or referral is None or (link_id and link is None):
        return 0
    subject, sentence = BY_LINK[type]
    with translation.override(organisation.language), calendar_in_use(Calendar(organisation.calendar)):
        words = {"other": referral.other.ref().name(organisation.language), "reference": referral.envelope.reference}
        context = {
            "name": organisation.name(organisation.language),
            "sentence": sentence % words,
            "other": words["other"],
            "link": link,
            "address": workspace_url(organisation, f"link-{link.purpose}", token) if link else "",
        }
        body = render_to_string("referrals/mail/link.txt", context)
        return EmailMessage(str(subject) % words, body, to=[address]).send()


@shared_task(name="referrals.send_notices", base=OrganisationTask)
def send_notices(type: str, referral_id: str, colleague_ids: list[str]) -> int:
    """E-mails to colleagues about an event of this type, each in their own language; none when the referral was erased
    meanwhile."""
    organisation = required_organisation()
    referral = Referral.objects.select_related("envelope", "other").filter(pk=referral_id).first()
    if referral is None:
        return 0
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
                "address": workspace_url(organisation, "referral", referral.pk),
            }
            body = render_to_string("referrals/mail/step.txt", context)
            messages.append(EmailMessage(str(subject) % words, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
