"""Background work of mergers: thin, primitives in."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.membership.domain import mergers as network
from network_registry.membership.models import Merger
from tenants.mergers.domain import advancing, records
from tenants.mergers.words import WELCOME, WORDS, Words
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask

logger = logging.getLogger("halka.mergers")
AT_ONCE = 100
LONGEST = 6 * 3600  # seconds
MANAGING = roles_with(Permission.ORGANISATION_MANAGE)
RETRIED: dict[str, Any] = {
    "autoretry_for": (SMTPException, OSError),
    "retry_backoff": 10,
    "retry_jitter": True,
    "max_retries": 8,
}


# A second delivery, while the first is at it, finds that it is and ends.
@shared_task(name="mergers.advance", time_limit=LONGEST)
def advance(merger_id: str) -> str:
    """One merger, as far as it goes now; what fails is tried again by `advance_outstanding`."""
    return advancing.advance(UUID(merger_id))


@shared_task(name="mergers.advance_outstanding")
def advance_outstanding() -> int:
    """Everything that a lost task or a dead worker left behind; how many were sent again."""
    found = network.due(AT_ONCE)
    for merger_id in found:
        advance.delay(str(merger_id))
    return len(found)


@shared_task(name="mergers.look", time_limit=LONGEST)
def look(merger_id: str) -> None:
    advancing.look(Merger.objects.with_sides().get(pk=merger_id))


@shared_task(name="mergers.settle")
def settle() -> int:
    """What was erased since goes on both sides; what can be undone no longer keeps no prints. How many of the latter.

    Before the absorbed organisations themselves are erased, of a night.
    """
    for merger in network.merged_lately():
        try:
            records.follow_erasures(merger)
        except OrganisationUnavailable:  # erased itself, or being migrated
            continue
    settled = 0
    for merger_id in network.past_undoing():
        merger = Merger.objects.with_sides().get(pk=merger_id)
        try:
            records.forget_prints(merger)
        except OrganisationUnavailable:
            continue
        settled += Merger.objects.filter(pk=merger_id).update(settled_at=timezone.now())
    return settled


@shared_task(name="mergers.tell", base=OrganisationTask, **RETRIED)
def tell(merger_id: str, word: str) -> int:
    """To those who look after the organisation that we are inside of, each in their own language."""
    people = Colleague.objects.filter(ended_at=None, role__in=MANAGING)
    page = "merger" if required_organisation().kind == Kind.SECRETARIAT else "own-merger"
    return _send(merger_id, WORDS[word], list(people), page)


@shared_task(name="mergers.welcome", base=OrganisationTask, **RETRIED)
def welcome(merger_id: str, colleague_ids: list[str]) -> int:
    """To those who came along."""
    people = Colleague.objects.filter(ended_at=None, pk__in=colleague_ids)
    return _send(merger_id, WELCOME, list(people), "today")


def _send(merger_id: str, words: Words, people: list[Colleague], page: str) -> int:
    """With the address of `page`, which is of the merger unless it is everybody's first one."""
    merger, here = Merger.objects.with_sides().get(pk=merger_id), required_organisation()
    address = workspace_url(here, page, *([] if page == "today" else [merger.pk]))
    messages = []
    for colleague in people:
        with translation.override(colleague.language):
            names = {"absorbed": str(merger.absorbed), "remaining": str(merger.remaining)}
            context = {"name": colleague.name, "sentence": str(words.sentence) % names, "address": address}
            body = render_to_string("mergers/mail.txt", context).strip()
            messages.append(EmailMessage(str(words.subject) % names, body + "\n", to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
