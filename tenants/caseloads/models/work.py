"""What people keep for their own work: saved lists, drafts, mappings, and work that runs in the background."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedJSONField
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models.references import to_colleague


class Job(PrivateModel):
    """Work in the background that its owner can watch. `file` came with it, `result` came out of it; both sealed.

    `ask` is what it was asked, `told` what it has to say at the end: codes and numbers, never personal data. `turn`
    counts how often a worker took it up, `beat_at` is when one last was seen at it. `language` and `calendar` are the
    owner's, for what is written meanwhile.
    """

    kind = models.CharField(_("what"), max_length=9, choices=JobKind.choices)
    state = models.CharField(_("state"), max_length=7, choices=JobState.choices, default=JobState.WAITING)
    total = models.PositiveIntegerField(_("of"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    ask = SealedJSONField(default=dict)
    told = models.JSONField(default=dict)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    result = models.CharField(max_length=200, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    owner = to_colleague(_("whose"))
    language = models.CharField(max_length=5, default="en")
    calendar = models.CharField(max_length=12, default="gregorian")
    turn = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    expires_at = models.DateTimeField(_("kept until"))

    class Privacy:
        sensitive: ClassVar = {"ask", "file", "file_name", "result", "result_name"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "kind", "state", "total", "done", "told", "language", "calendar", "turn", "created_at", "beat_at",
            "finished_at", "expires_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        base_manager_name = "objects"
        indexes: ClassVar = [
            # one's own work, the newest first
            models.Index(fields=["owner", "-id"], name="job_of_colleague"),
            # what is over
            models.Index(fields=["expires_at"], name="job_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)


class SavedList(PrivateModel):
    """A name for a filtered list. `query` is the part of the address behind the question mark, without search words."""

    colleague = to_colleague(_("whose"), null=False)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        staff: ClassVar = {"colleague", "name"}
        plain: ClassVar = {"id", "query", "created_at"}

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["colleague", "name"],
                name="saved_list_once",
                violation_error_message=_("You have a list of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(PrivateModel):
    """Which column of a sheet was which field the last time; `headings` is a fingerprint of the sheet's first row."""

    headings = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField(default=dict)  # heading -> field
    used_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        plain: ClassVar = {"id", "headings", "mapping", "used_at"}

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.headings[:8]


class Draft(PrivateModel):
    """What somebody has typed into a form and not yet sent. `form` is the address of its page."""

    colleague = to_colleague(_("whose"), null=False)
    form = models.CharField(max_length=200)
    values = SealedJSONField(default=dict)
    seen_version = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        sensitive: ClassVar = {"values", "form"}
        staff: ClassVar = {"colleague"}
        plain: ClassVar = {"id", "seen_version", "saved_at"}

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        base_manager_name = "objects"
        constraints: ClassVar = [models.UniqueConstraint(fields=["colleague", "form"], name="draft_once")]
        indexes: ClassVar = [
            models.Index(fields=["saved_at"], name="draft_old"),  # those that are over
        ]

    def __str__(self) -> str:
        return self.form
