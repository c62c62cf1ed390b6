"""What members send to be read by others and published. No personal data: an organisation has checked it before."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Task

from halka.common.identifiers import uuid7
from knowledge_base.enums import Kind, ReviewState, SubmissionState
from tenants.organisations.models import Organisation, WorkingGroup

KINDS = [(kind.value, kind.label) for kind in (Kind.LESSON, Kind.PRACTICE)]


class Submission(models.Model):
    """A member's text on its way. Its organisation adds it and may take it back; the network moves it.

    `round` is that of the text which is being read, 0 until the network has taken it in; `due_at` the day by which
    readers answer; `said` the editor's word when it came back; `path` the page's address once it is published.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.CASCADE,  # what was published stays as a page
    )
    state = models.CharField(_("state"), max_length=11, choices=SubmissionState.choices, default=SubmissionState.SENT)
    round = models.PositiveSmallIntegerField(_("time"), default=0)
    page = models.OneToOneField(
        Page,
        verbose_name=_("page"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # an editor removed it
    )
    path = models.CharField(_("address"), max_length=400, blank=True)
    said = models.TextField(_("the editor’s word"), blank=True)
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("which working group"),
        null=True,
        related_name="+",
        help_text=_("Where a working group alone may read it."),
        on_delete=models.PROTECT,  # as its page's
    )
    due_at = models.DateTimeField(_("to be read by"), null=True)
    moved_at = models.DateTimeField(_("since"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("member’s text")
        verbose_name_plural = _("members’ texts")
        indexes: ClassVar = [
            # what an editor looks at, and what the clock looks after, the longest waiting first
            models.Index(fields=["state", "moved_at", "id"], name="submission_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SubmittedText(models.Model):
    """The text as it left its organisation, each time. Readers get to know this, and not whose it is.

    `signed_by` is the organisation where it wants to be named.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        Submission, verbose_name=_("member’s text"), related_name="texts", on_delete=models.CASCADE
    )
    round = models.PositiveSmallIntegerField(_("time"))
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    values = models.JSONField(_("text"))
    signed_by = models.ForeignKey(
        Organisation,
        verbose_name=_("who tells it"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # the text stays
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("text that was sent")
        verbose_name_plural = _("texts that were sent")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "round"], name="submitted_text_once"),
        ]

    def __str__(self) -> str:
        return str(self.values.get("title", ""))

    @property
    def is_rtl(self) -> bool:
        return bool(get_language_info(self.language)["bidi"])

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES)[self.language])


class ReviewQuerySet(models.QuerySet["Review"]):
    def asked(self) -> Self:
        return self.filter(state=ReviewState.ASKED, closed_at=None)


class Review(models.Model):
    """That an organisation was asked to read, and what it said: `comments` by the name of the part, and in all.

    `closed_at`: the round is over, and nothing in it changes any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        Submission, verbose_name=_("member’s text"), related_name="reviews", on_delete=models.CASCADE
    )
    text = models.ForeignKey(
        SubmittedText, verbose_name=_("text that was sent"), related_name="reviews", on_delete=models.CASCADE
    )
    reader = models.ForeignKey(
        Organisation,
        verbose_name=_("who reads"),
        related_name="+",
        on_delete=models.CASCADE,  # nobody else's word
    )
    state = models.CharField(_("answer"), max_length=9, choices=ReviewState.choices, default=ReviewState.ASKED)
    comments = models.JSONField(_("comments"), default=dict)
    said = models.TextField(_("in all"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("by"))
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    closed_at = models.DateTimeField(_("over since"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "reader"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.ASKED, ReviewState.PASSED_ON], answered_at=None)
                | Q(state__in=[ReviewState.APPROVED, ReviewState.RETURNED], answered_at__isnull=False),
                name="review_answered_at",
            ),
        ]
        indexes: ClassVar = [
            # what an organisation was asked to read
            models.Index(fields=["reader", "-id"], name="review_of_reader"),
            # what the clock looks after
            models.Index(fields=["due_at"], name="review_due", condition=Q(state="asked", closed_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PeerReview(Task):
    """A step of Wagtail's workflow: organisations other than the writer's read, in their own workspaces.

    Nobody decides it in the CMS, and nobody changes there what is being read.
    """

    class Meta:
        verbose_name = _("reading by other members")
        verbose_name_plural = _("readings by other members")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        from knowledge_base.domain.readers import ask_first

        task_state = super().start(workflow_state, user=user)
        ask_first(task_state)
        return task_state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    @classmethod
    def get_description(cls) -> str:
        return str(_("Two member organisations read it in their own workspaces"))


class EditorsDecision(AbstractGroupApprovalTask):
    """The last step: an editor of the secretariat publishes, or sends it back. Also in the CMS."""

    class Meta:
        verbose_name = _("editor’s decision")
        verbose_name_plural = _("editor’s decisions")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        from knowledge_base.domain.moving import reach_editor

        task_state = super().start(workflow_state, user=user)
        reach_editor(task_state)
        return task_state
