"""A member's text on its way through Wagtail's workflow, with the network's rights: taken in, read, decided."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import TaskState, Workflow, WorkflowState

from knowledge_base.domain import readers
from knowledge_base.enums import Audience, ReviewState, SubmissionState
from knowledge_base.errors import NotAtEditor
from knowledge_base.models import EditorsDecision, KnowledgeIndex, PeerReview, Review, Submission, SubmittedText
from knowledge_base.pieces import PAGES
from tenants.organisations.isolation import send_after_commit

WORKFLOW: Final = "Texts of members"  # made by a migration
LONGEST_SLUG: Final = 80
ON_THE_WAY: Final = (SubmissionState.IN_REVIEW, SubmissionState.WITH_EDITOR)
_told: list[Any] = []


def register(task: Any) -> None:
    """A task of an organisation: the writer's is told the key of the submission and its state, once it is committed."""
    _told.append(task)


def take_in(submission_id: UUID) -> bool:
    """Makes or renews the draft page and begins the workflow, or ends it for what was taken back; whether it did."""
    with transaction.atomic():
        submission = _locked(submission_id)
        text = readers.newest_text(submission)
        if submission.withdrawn_at is not None:
            return _take_off(submission)
        if text.round == submission.round:
            return False
        _stop(submission)
        page = _page(submission, text)
        submission.page, submission.round, submission.said = page, text.round, ""
        submission.save(update_fields=["page", "round", "said"])
        _move(submission, SubmissionState.IN_REVIEW)
        Workflow.objects.get(name=WORKFLOW).start(page, None)
    return True


def settle_round(submission_id: UUID) -> bool:
    """Goes on once everybody who was asked has answered; whether it did."""
    with transaction.atomic():
        submission = _locked(submission_id)
        task_state = _running(submission, PeerReview)
        reviews = Review.objects.filter(submission=submission, text__round=submission.round)
        if task_state is None or reviews.asked().exists():
            return False
        is_returned = reviews.filter(state=ReviewState.RETURNED).exists()
        reviews.update(closed_at=timezone.now())
        if is_returned:
            task_state.reject()
        else:
            task_state.approve()
    return True


def reach_editor(task_state: TaskState) -> None:
    """The editor's step has begun."""
    submission = Submission.objects.filter(page=task_state.workflow_state.object_id).first()
    if submission is not None:
        _move(submission, SubmissionState.WITH_EDITOR)


def decide(*, submission_id: UUID, publish: bool, said: str = "", by: Any) -> None:
    """An editor's word; `by` is the account. Raises NotAtEditor."""
    with transaction.atomic():
        submission = _locked(submission_id)
        task_state = _running(submission, EditorsDecision)
        if task_state is None:
            raise NotAtEditor
        if publish:
            task_state.approve(user=by, comment=said)
        else:
            task_state.reject(user=by, comment=said)


def came_back(workflow_state: WorkflowState) -> None:
    """Readers or an editor, here or in the CMS, want it changed."""
    submission = Submission.objects.filter(page=workflow_state.object_id).first()
    if submission is not None:
        submission.said = workflow_state.current_task_state.comment
        submission.save(update_fields=["said"])
        _move(submission, SubmissionState.RETURNED)


def was_published(page: Any) -> None:
    """By the workflow's end, or by an editor in the CMS."""
    submission = Submission.objects.filter(page=page.pk).exclude(state=SubmissionState.PUBLISHED).first()
    if submission is not None:
        submission.path = f"{page.locale.language_code}/{page.slug}/"
        submission.save(update_fields=["path"])
        _move(submission, SubmissionState.PUBLISHED)


def look_after() -> int:
    """Reminds readers, passes on what they left, and takes in what was sent while no worker ran; how many it moved."""
    moved = 0
    waiting = Submission.objects.filter(state__in=[SubmissionState.SENT, SubmissionState.RETURNED])
    taken_back = Submission.objects.exclude(withdrawn_at=None).exclude(
        state__in=[SubmissionState.WITHDRAWN, SubmissionState.PUBLISHED]
    )
    for pk in [*waiting.values_list("pk", flat=True), *taken_back.values_list("pk", flat=True)]:
        moved += take_in(pk)
    soon = timezone.now() + readers.REMINDED_BEFORE
    due, outside = Review.objects.asked().filter(due_at__lte=soon), readers.outsiders()
    for pk in sorted({pk for some in (due, outside) for pk in some.values_list("submission", flat=True)}):
        moved += _look_after_readers(pk, soon)
    answered = Submission.objects.filter(state=SubmissionState.IN_REVIEW)
    for submission in Submission.objects.filter(state__in=ON_THE_WAY, page=None):  # an editor removed the page
        _move(submission, SubmissionState.RETURNED)
    return moved + sum(settle_round(pk) for pk in answered.values_list("pk", flat=True))


def _look_after_readers(submission_id: UUID, soon: Any) -> int:
    with transaction.atomic():
        submission = _locked(submission_id)
        outside = set(readers.outsiders().filter(submission=submission).values_list("pk", flat=True))
        asked = Review.objects.asked().filter(Q(due_at__lte=soon) | Q(pk__in=outside), submission=submission)
        due = list(asked.select_related("reader"))
        for review in due:
            if review.pk in outside or readers.is_overdue(review):
                readers.pass_on(review)
            elif review.reminded_at is None:
                readers.remind(review)
    return len(due)


def _locked(submission_id: UUID) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission_id)


def _move(submission: Submission, state: SubmissionState) -> None:
    submission.state, submission.moved_at = state, timezone.now()
    submission.save(update_fields=["state", "moved_at"])
    for task in _told:
        send_after_commit(task, submission.organisation.schema_name, str(submission.pk), state.value)


def _running(submission: Submission, step: type) -> TaskState | None:
    running = TaskState.objects.filter(
        workflow_state__object_id=str(submission.page_id), status=TaskState.STATUS_IN_PROGRESS
    )
    found: TaskState | None = running.first()
    return found if found is not None and isinstance(found.task.specific, step) else None


def _stop(submission: Submission) -> None:
    """Ends the workflow of the round before, and what is still asked in it."""
    Review.objects.filter(submission=submission, closed_at=None).update(closed_at=timezone.now())
    for state in WorkflowState.objects.active().filter(object_id=str(submission.page_id)):
        state.cancel()


def _take_off(submission: Submission) -> bool:
    if submission.state in (SubmissionState.WITHDRAWN, SubmissionState.PUBLISHED):
        return False
    Review.objects.filter(submission=submission).asked().update(state=ReviewState.PASSED_ON)
    _stop(submission)
    page, submission.page = submission.page, None
    submission.save(update_fields=["page"])
    if page is not None and not page.live:
        page.delete()
    _move(submission, SubmissionState.WITHDRAWN)
    return True


def _page(submission: Submission, text: SubmittedText) -> Any:
    """The draft, with what was sent and nothing else."""
    index = KnowledgeIndex.objects.select_related("locale").get(locale__language_code=text.language)
    page: Any = submission.page.specific if submission.page else PAGES[text.kind](locale=index.locale, live=False)
    for name, value in text.values.items():
        setattr(page, name, value)
    page.is_from_member, page.told_by_id = True, text.signed_by_id
    page.audience = page.audience or Audience.MEMBERS
    if page.pk is None:
        if submission.group_id is not None:
            page.audience, page.group_id = Audience.GROUP, submission.group_id
        slug = slugify(page.title, allow_unicode=True)[:LONGEST_SLUG].strip("-") or text.kind
        is_taken = index.get_children().filter(slug=slug).exists()
        page.slug = f"{slug}-{submission.pk.hex[-6:]}" if is_taken else slug
        index.add_child(instance=page)
    page.save_revision(clean=False)
    return page
