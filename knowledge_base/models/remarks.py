"""Questions beneath a page, and their answers. Readers see an organisation, never a person."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.identifiers import uuid7
from tenants.organisations.models import Organisation


class RemarkQuerySet(models.QuerySet["Remark"]):
    def shown(self) -> Self:
        return self.filter(hidden_at=None)

    def questions(self) -> Self:
        return self.filter(question=None)


class Remark(models.Model):
    """A question, or an answer to one (`question`).

    `signed_by` is empty for "a member organisation"; `writer` is there for their own changes and is shown to nobody.
    It stays without the account. `marked_at`: this answer is the one that helped.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, related_name="+", on_delete=models.CASCADE)
    question = models.ForeignKey("self", null=True, related_name="answers", on_delete=models.CASCADE)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # what was asked still helps others
    )
    signed_by = models.ForeignKey(
        Organisation,
        verbose_name=_("signed by"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # the text stays
    )
    text = models.TextField(_("text"), max_length=2000)
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True)
    marked_at = models.DateTimeField(_("marked as the answer"), null=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("question or answer")
        verbose_name_plural = _("questions and answers")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(question__isnull=False) | Q(marked_at=None),
                name="remark_marked_is_an_answer",
                violation_error_message=_("Only an answer can be marked."),
            ),
        ]
        indexes: ClassVar = [
            # the questions beneath a page, newest first
            models.Index(fields=["page", "-id"], name="remark_of_page", condition=Q(question=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_question(self) -> bool:
        return self.question_id is None


class Report(models.Model):
    """Somebody asks the editors to look at a question or answer. It goes with the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    remark = models.ForeignKey(Remark, related_name="reports", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    settled_at = models.DateTimeField(_("looked at"), null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["remark", "user"], name="report_once"),
        ]
        indexes: ClassVar = [
            # what an editor has to look at, the longest waiting first
            models.Index(fields=["id"], name="report_waiting", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
