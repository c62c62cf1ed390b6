"""Background work of moves: thin, primitives in."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.exchange.domain import relocations as network
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask
from tenants.relocations.domain import advancing
from tenants.relocations.words import WORDS

logger = logging.getLogger(__name__)
AT_ONCE = 200


@shared_task(name="relocations.advance")
def advance(relocation_id: str) -> str:
    """One move, as far as it goes now; what fails is tried again by `advance_outstanding`."""
    return advancing.advance(UUID(relocation_id))


@shared_task(name="relocations.advance_outstanding")
def advance_outstanding() -> int:
    """Everything that a lost task or a dead worker left behind. One failure does not hold up the others."""
    advanced = 0
    for relocation_id in network.due(AT_ONCE):
        try:
            advanced += bool(advancing.advance(relocation_id))
        except Exception:
            logger.exception("the move %s did not go on", relocation_id)
    return advanced


@shared_task(name="relocations.pass_due")
def pass_due() -> int:
    """Requests that nobody answered in time, and moves that can be undone no longer; how many there were."""
    moved = network.pass_due(AT_ONCE)
    for relocation_id in moved:
        advance.delay(str(relocation_id))
    return len(moved)


@shared_task(
    name="relocations.send_words",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_words(word: str, key: str, colleague_ids: list[str]) -> int:
    """To colleagues, each in their own language."""
    organisation, words = required_organisation(), WORDS[word]
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "sentence": words.sentence,
                "address": workspace_url(organisation, "relocation", UUID(key)),
            }
            body = render_to_string("relocations/mail.txt", context)
            messages.append(EmailMessage(str(words.subject), body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
