"""Which organisations are asked to read a text, when they are reminded, and when it is passed on to others.

With the network's rights. The caller holds the submission's row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import TaskState

from halka.authorization.roles import Permission, roles_with
from knowledge_base.enums import ReviewState
from knowledge_base.models import Review, Submission, SubmittedText
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Membership, Organisation, WorkingGroup

READERS: Final = 2
DAYS: Final = timedelta(days=14)
REMINDED_BEFORE: Final = timedelta(days=4)
READING_KINDS: Final = (Kind.NGO, Kind.AGENCY, Kind.BRANCH)
READING_ROLES: Final = roles_with(Permission.KNOWLEDGE_REVIEW)


def newest_text(submission: Submission) -> SubmittedText:
    return submission.texts.order_by("-round")[0]


def ask_first(task_state: TaskState) -> None:
    """Asks two organisations; where there is no other in the network, the step is over at once."""
    submission = Submission.objects.filter(page=task_state.workflow_state.object_id).first()
    asked = ask(submission, READERS) if submission else []
    if not asked:
        task_state.status = TaskState.STATUS_APPROVED
        task_state.finished_at = timezone.now()
        task_state.save()
        return
    Submission.objects.filter(pk=asked[0].submission_id).update(due_at=asked[0].due_at)


def ask(submission: Submission, number: int) -> list[Review]:
    """As many as there are."""
    from knowledge_base.tasks import tell_readers

    text, now = newest_text(submission), timezone.now()
    reviews = [
        Review.objects.create(submission=submission, text=text, reader=reader, asked_at=now, due_at=now + DAYS)
        for reader in _choice(submission, text)[:number]
    ]
    for review in reviews:
        send_after_commit(tell_readers, review.reader.schema_name, str(review.pk), "asked")
    return reviews


def _choice(submission: Submission, text: SubmittedText) -> Any:
    """Never the writer's own, and for a group's text only the group's.

    First those that know the text, then those of its language, then who reads least.
    """
    people = Membership.objects.active().filter(organisation=OuterRef("pk"), role__in=READING_ROLES)
    asked = Review.objects.filter(reader=OuterRef("pk"))
    open_reviews = dict(Review.objects.asked().order_by().values_list("reader").annotate(Count("pk")))
    organisations = (
        Organisation.objects.filter(Exists(people), kind__in=READING_KINDS, state=State.ACTIVE)
        .exclude(pk=submission.organisation_id)
        .exclude(Exists(asked.filter(text=text)))
        .annotate(knows=Exists(asked.filter(Q(submission=submission) & ~Q(answered_at=None))))
        .defer("logo")
    )
    if submission.group_id is not None:  # nobody else may know of it
        organisations = organisations.filter(working_groups=submission.group_id)

    def order(reader: Any) -> tuple[Any, ...]:
        foreign = reader.language != text.language
        return not reader.knows, foreign, open_reviews.get(reader.pk, 0), reader.schema_name

    return sorted(organisations, key=order)


def outsiders() -> Any:
    """Those asked about a group's text whose organisation has left the group since: it is not theirs to read."""
    belongs = WorkingGroup.organisations.through.objects.filter(
        workinggroup=OuterRef("submission__group"), organisation=OuterRef("reader")
    )
    return Review.objects.asked().exclude(submission__group=None).exclude(Exists(belongs))


def is_overdue(review: Review) -> bool:
    return review.due_at <= timezone.now()


def pass_on(review: Review) -> None:
    """Somebody else is asked; where a reader has sent the text back already, that is enough."""
    now = timezone.now()
    Review.objects.filter(pk=review.pk).update(state=ReviewState.PASSED_ON, closed_at=now)
    others = Review.objects.filter(text=review.text_id)
    if not others.filter(state=ReviewState.RETURNED).exists() and (asked := ask(review.submission, 1)):
        Submission.objects.filter(pk=review.submission_id).update(due_at=asked[0].due_at)


def remind(review: Review) -> None:
    from knowledge_base.tasks import tell_readers

    Review.objects.filter(pk=review.pk).update(reminded_at=timezone.now())
    send_after_commit(tell_readers, review.reader.schema_name, str(review.pk), "reminded")
