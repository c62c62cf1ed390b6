"""Questions beneath a page, and answers: asked and answered by members, in the name of an organisation or of none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from halka.common.errors import EditedMeanwhile
from halka.common.shapes import apart, full_names, spans_in, tokens_of
from knowledge_base.access import Reader
from knowledge_base.errors import NotYourOrganisation, TooLate, TooManyAnswers, TooManyRemarks
from knowledge_base.models import Remark, Report, Submission
from tenants.organisations.isolation import send_after_commit

CHANGEABLE: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 30
MOST_ANSWERS: Final = 100


@dataclass(frozen=True)
class Shown:
    """A question or answer as one reader sees it."""

    remark: Remark
    may_change: bool
    may_mark: bool = False
    may_report: bool = False
    answers: tuple[Shown, ...] = ()


def pointed_at(text: str) -> list[str]:
    """Words that could tell who somebody is, by their shape alone."""
    spans = apart([*spans_in(text), *full_names(text, list(tokens_of(text)))])
    return [text[span.start : span.end] for span in spans]


def questions_of(page_id: int, *, by: Reader) -> Any:
    """The newest first by `-id`. An editor also sees what is hidden."""
    return _seen(by).questions().filter(page=page_id)


def newest(page_id: int, *, count: int, is_author: bool, by: Reader) -> tuple[list[Shown], bool]:
    """The newest questions with their answers, and whether there are more. One query."""
    keys = questions_of(page_id, by=by).order_by("-id").values("pk")[: count + 1]
    remarks = list(_in_full(_seen(by)).filter(Q(pk__in=keys) | Q(question__in=keys)))
    questions = sorted((one for one in remarks if one.is_question), key=lambda one: one.pk, reverse=True)
    found = _shown(questions[:count], remarks, is_author=is_author, by=by)
    return found, len(questions) > count


def shown(questions: Sequence[Remark], *, is_author: bool, by: Reader) -> list[Shown]:
    """Questions with their answers. One query."""
    answers = _in_full(_seen(by)).filter(question__in=questions)
    return _shown(questions, list(answers), is_author=is_author, by=by)


def _in_full(remarks: Any) -> Any:
    return remarks.select_related("signed_by").defer("signed_by__logo")


def _shown(questions: Sequence[Remark], remarks: Sequence[Remark], *, is_author: bool, by: Reader) -> list[Shown]:
    """The answer that helped comes first, then the others in their order."""
    answers: dict[UUID, list[Remark]] = {question.pk: [] for question in questions}
    for one in sorted(remarks, key=lambda one: (one.marked_at is None, one.pk)):
        if one.question_id in answers:
            answers[one.question_id].append(one)
    return [
        Shown(
            question,
            may_change=_is_changeable(question, by, has_answers=bool(answers[question.pk])),
            may_report=question.writer_id != by.user_id,
            answers=tuple(
                Shown(
                    answer,
                    may_change=_is_changeable(answer, by),
                    may_mark=is_author or by.is_editor or question.writer_id == by.user_id,
                    may_report=answer.writer_id != by.user_id,
                )
                for answer in answers[question.pk]
            ),
        )
        for question in questions
    ]


def _seen(by: Reader) -> Any:
    return Remark.objects.all() if by.is_editor else Remark.objects.shown()


def is_author_of(page_id: int, *, by: Reader) -> bool:
    """Whether an organisation of the reader's has written the page."""
    return Submission.objects.filter(page=page_id, organisation__in=by.organisation_ids).exists()


def _is_changeable(remark: Remark, by: Reader, *, has_answers: bool = False) -> bool:
    """One's own, for some days, and a question until somebody has answered it."""
    is_fresh = timezone.now() - remark.said_at < CHANGEABLE
    return remark.writer_id == by.user_id and is_fresh and remark.hidden_at is None and not has_answers


def ask(*, page_id: int, text: str, signed_by: UUID | None, by: Reader) -> Remark:
    """The organisation that wrote the page is told, once a day at most. Raises NotYourOrganisation, TooManyRemarks."""
    from knowledge_base.tasks import tell_author

    today = Remark.objects.questions().filter(page=page_id, said_at__gt=timezone.now() - DAY)
    with transaction.atomic():
        is_first = not today.exists()
        question = _write(page_id=page_id, text=text, signed_by=signed_by, by=by)
        submission = Submission.objects.filter(page=page_id).select_related("organisation").first()
        if is_first and submission is not None and submission.organisation_id not in by.organisation_ids:
            send_after_commit(tell_author, submission.organisation.schema_name, str(submission.pk))
    return question


def answer(*, question: Remark, text: str, signed_by: UUID | None, by: Reader) -> Remark:
    """Raises NotYourOrganisation, TooManyRemarks, TooManyAnswers."""
    from knowledge_base.tasks import tell_asker

    if question.answers.count() >= MOST_ANSWERS:
        raise TooManyAnswers
    with transaction.atomic():
        said = _write(page_id=question.page_id, question=question, text=text, signed_by=signed_by, by=by)
        if question.writer_id not in (None, by.user_id):
            send_after_commit(tell_asker, str(said.pk))
    return said


def _write(*, signed_by: UUID | None, by: Reader, **values: Any) -> Remark:
    if signed_by is not None and not by.acts_for(signed_by):
        raise NotYourOrganisation
    today = Remark.objects.filter(writer=by.user_id, said_at__gt=timezone.now() - DAY)
    if today.count() >= MOST_A_DAY:
        raise TooManyRemarks
    return Remark.objects.create(writer_id=by.user_id, signed_by_id=signed_by, **values)


def change(*, remark: Remark, text: str, signed_by: UUID | None, seen_version: int, by: Reader) -> None:
    """Raises TooLate, NotYourOrganisation, EditedMeanwhile."""
    if signed_by not in (None, remark.signed_by_id) and not by.acts_for(signed_by):
        raise NotYourOrganisation
    with transaction.atomic():
        found = _own(remark, by)
        if found.version != seen_version:
            raise EditedMeanwhile
        found.text, found.signed_by_id = text, signed_by
        found.changed_at, found.version = timezone.now(), found.version + 1
        found.save(update_fields=["text", "signed_by", "changed_at", "version"])


def take_back(*, remark: Remark, by: Reader) -> None:
    """Raises TooLate."""
    with transaction.atomic():
        _own(remark, by).delete()


def _own(remark: Remark, by: Reader) -> Remark:
    """With its row locked. Raises TooLate."""
    found = Remark.objects.select_for_update().filter(pk=remark.pk).first()
    if found is None or not _is_changeable(found, by, has_answers=found.answers.exists()):
        raise TooLate
    return found


def mark(*, answer: Remark, on: bool, by: Reader) -> None:
    """The answer that helped: one of a question. Raises NotYourOrganisation."""
    question = answer.question
    assert question is not None
    if not (by.is_editor or question.writer_id == by.user_id or is_author_of(answer.page_id, by=by)):
        raise NotYourOrganisation
    with transaction.atomic():
        Remark.objects.select_for_update().get(pk=question.pk)
        question.answers.exclude(marked_at=None).update(marked_at=None)
        if on:
            question.answers.filter(pk=answer.pk).update(marked_at=timezone.now())


def report(*, remark: Remark, reason: str, by: Reader) -> None:
    """Asks the editors to look at it; once, and again what was looked at before."""
    now = timezone.now()
    Report.objects.update_or_create(
        remark=remark, user_id=by.user_id, defaults={"reason": reason, "reported_at": now, "settled_at": None}
    )


def hide(*, remark: Remark, on: bool, by: Reader) -> None:
    """An editor's word: hidden with its answers, or shown again. What was reported of it is settled."""
    if not by.is_editor:
        raise NotYourOrganisation
    now = timezone.now()
    with transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(hidden_at=now if on else None, version=F("version") + 1)
        remark.reports.filter(settled_at=None).update(settled_at=now)
