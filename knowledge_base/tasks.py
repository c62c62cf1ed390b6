"""Background work of the knowledge base: thin, primitives in."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import network_url, origin, workspace_url
from halka.common.calendars import calendar_in_use, format_day
from halka.common.current import required_organisation
from knowledge_base.access import reader_for
from knowledge_base.domain import digests, indexing, moving
from knowledge_base.domain.readers import READING_ROLES, newest_text
from knowledge_base.enums import SubmissionState
from knowledge_base.models import Entry, Remark, Review, Submission
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask

RELEASING_ROLES: Final = roles_with(Permission.KNOWLEDGE_RELEASE)


@shared_task(name="knowledge.renew")
def renew_search() -> int:
    return indexing.renew_all()


@shared_task(name="knowledge.take_in")
def take_in(submission_id: str) -> bool:
    return moving.take_in(UUID(submission_id))


@shared_task(name="knowledge.settle_round")
def settle_round(submission_id: str) -> bool:
    return moving.settle_round(UUID(submission_id))


@shared_task(name="knowledge.look_after")
def look_after() -> int:
    """Deadlines of readers, and what was left lying."""
    return moving.look_after()


@shared_task(name="knowledge.send_digests")
def send_digests() -> int:
    """Many times a week, so that a run that was killed is gone on with."""
    return digests.send_due()


@shared_task(name="knowledge.tell_author", base=OrganisationTask)
def tell_author(submission_id: str) -> int:
    """To those who let texts leave here: that somebody asked something beneath a text of ours, and not what."""
    submission = Submission.objects.filter(pk=submission_id, state=SubmissionState.PUBLISHED).first()
    if submission is None:
        return 0
    language, _slash, path = submission.path.partition("/")
    address = network_url("knowledge-page", language, path)
    context = {"title": str(newest_text(submission)), "address": f"{address}#questions"}
    people = Colleague.objects.filter(ended_at=None, role__in=RELEASING_ROLES)
    return get_connection().send_messages([_mail("question", one, context) for one in people]) or 0


@shared_task(name="knowledge.tell_asker")
def tell_asker(answer_id: str) -> int:
    """That somebody answered a question, and not what; while both stand there and the asker may read the page."""
    answer = Remark.objects.shown().select_related("question__writer").filter(pk=answer_id).first()
    if answer is None or answer.question is None or answer.question.writer is None or answer.question.hidden_at:
        return 0
    asker = answer.question.writer
    entry = Entry.objects.readable(by=reader_for(asker)).filter(page=answer.page_id, unit=None).first()
    if entry is None or not asker.is_active:
        return 0
    context = {"title": entry.title, "address": f"{origin()}{entry.url}#{answer.question_id}"}
    return _mail("answer", asker, context).send()


def _mail(kind: str, person: Any, context: dict[str, str]) -> EmailMessage:
    """In the person's language; `person`: an account or a colleague."""
    with translation.override(person.language):
        values = {"name": person.name, **context}
        subject = " ".join(render_to_string(f"knowledge_base/mail/{kind}_subject.txt", values).split())
        return EmailMessage(subject, render_to_string(f"knowledge_base/mail/{kind}.txt", values), to=[person.email])


@shared_task(name="knowledge.tell_readers", base=OrganisationTask)
def tell_readers(review_id: str, kind: str) -> int:
    """To everybody here who reads others' texts, while it is still to be read; `kind`: "asked" or "reminded"."""
    review = Review.objects.asked().select_related("text").filter(pk=review_id).first()
    if review is None:
        return 0
    here, messages = required_organisation(), []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=READING_ROLES):
        with translation.override(colleague.language), calendar_in_use(here.calendar):
            context = {
                "name": colleague.name,
                "title": str(review.text),
                "until": format_day(review.due_at),
                "address": workspace_url(here, "reading", review.pk),
            }
            subject = " ".join(render_to_string(f"knowledge_base/mail/{kind}_subject.txt", context).split())
            body = render_to_string(f"knowledge_base/mail/{kind}.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
