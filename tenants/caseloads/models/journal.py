"""What happened from day to day: contacts, small wins, tasks, documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.journal import Audience, Dimension, EntryKind
from tenants.caseloads.models.cases import Case
from tenants.caseloads.models.clients import Client
from tenants.caseloads.models.references import to_colleague


class JournalEntry(PrivateModel):
    """One contact, note or small win. `profession` is what the author was on the case, for `audience`.

    The page that it is written on makes its id, so that what a bad line sends twice is written once.
    """

    client = models.ForeignKey(
        Client,
        related_name="journal",
        db_index=False,
        on_delete=models.CASCADE,  # the index below begins with it
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        null=True,
        blank=True,
        related_name="journal",
        db_index=False,
        on_delete=models.SET_NULL,  # the entry is about the person
    )
    corrects = models.ForeignKey(
        "self",
        null=True,
        related_name="corrections",
        db_index=False,
        editable=False,
        on_delete=models.SET_NULL,  # what it says stays true
    )
    kind = models.CharField(_("kind"), max_length=11, choices=EntryKind.choices, default=EntryKind.NOTE)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices, blank=True)
    text = SealedTextField(_("text"))
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    audience = models.CharField(_("who reads it"), max_length=13, choices=Audience.choices, default=Audience.TEAM)
    profession = models.CharField(max_length=13, choices=Profession.choices, blank=True, editable=False)
    author = to_colleague(_("author"))
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"text"}
        staff: ClassVar = {"author", "author_name"}
        plain: ClassVar = {
            "id", "case", "corrects", "kind", "dimension", "happened_at", "audience", "profession", "created_at",
            "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        base_manager_name = "objects"
        indexes: ClassVar = [
            # a person's journal, page by page
            models.Index(fields=["client", "-happened_at", "-id"], name="journal_of_client"),
            # small wins of a programme's cases, for its targets
            models.Index(fields=["case"], name="journal_small_wins", condition=Q(kind="small_win")),
            # the list of small wins: of some people, of everybody
            models.Index(
                fields=["client", "-happened_at", "-id"], name="journal_wins_of_client", condition=Q(kind="small_win")
            ),
            models.Index(fields=["-happened_at", "-id"], name="journal_wins_of_all", condition=Q(kind="small_win")),
            # what puts an entry right
            models.Index(fields=["corrects"], name="journal_corrections", condition=Q(corrects__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"


class JournalHabit(PrivateModel):
    """Who somebody wrote for last: what the box is set to when they write again."""

    colleague = to_colleague(_("colleague"), null=False)
    audience = models.CharField(_("who reads it"), max_length=13, choices=Audience.choices)

    class Privacy:
        staff: ClassVar = {"colleague"}
        plain: ClassVar = {"id", "audience"}

    class Meta:
        verbose_name = _("habit of writing")
        verbose_name_plural = _("habits of writing")
        base_manager_name = "objects"
        constraints: ClassVar = [models.UniqueConstraint(fields=["colleague"], name="journal_habit_once")]

    def __str__(self) -> str:
        return self.audience


class Mention(PrivateModel):
    """A colleague is asked to read an entry."""

    entry = models.ForeignKey(JournalEntry, related_name="mentions", on_delete=models.CASCADE)
    colleague = to_colleague(_("colleague"), null=False)
    seen_at = models.DateTimeField(_("seen"), null=True)

    class Privacy:
        staff: ClassVar = {"colleague"}
        plain: ClassVar = {"id", "entry", "seen_at"}

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        base_manager_name = "objects"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "colleague"], name="mention_once")]
        indexes: ClassVar = [
            # Today: where one is asked to read
            models.Index(fields=["colleague", "entry"], name="mention_unseen", condition=Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id}"


class Task(PrivateModel):
    """Something to do for a person, by somebody, by a day."""

    client = models.ForeignKey(Client, related_name="tasks", on_delete=models.CASCADE)
    entry = models.ForeignKey(JournalEntry, null=True, related_name="tasks", on_delete=models.SET_NULL)
    title = SealedTextField(_("what is to be done"), max_length=200)
    due_on = models.DateField(_("by"))
    assignee = to_colleague(_("who"))
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = to_colleague(_("done by"))
    created_at = models.DateTimeField(default=timezone.now)
    created_by = to_colleague(_("added by"))

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"title"}
        staff: ClassVar = {"assignee", "done_by", "created_by"}
        plain: ClassVar = {"id", "entry", "due_on", "done_at", "created_at"}

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False), name="task_done_by_with_done_at"
            ),
        ]
        indexes: ClassVar = [
            # Today: one's own tasks that are due
            models.Index(fields=["assignee", "due_on"], name="task_open_of_colleague", condition=Q(done_at=None)),
            # Today, for supervisors: what is overdue in the whole organisation
            models.Index(fields=["due_on"], name="task_open_by_day", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}"


class Document(PrivateModel):
    """A file about a person, sealed where it lies. `file` is its name in the sealed storage."""

    client = models.ForeignKey(Client, related_name="documents", on_delete=models.CASCADE)
    entry = models.ForeignKey(JournalEntry, null=True, related_name="documents", on_delete=models.SET_NULL)
    title = SealedTextField(_("title"), max_length=200)
    file = models.CharField(max_length=200, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    audience = models.CharField(_("who reads it"), max_length=13, choices=Audience.choices, default=Audience.TEAM)
    profession = models.CharField(max_length=13, choices=Profession.choices, blank=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = to_colleague(_("added by"))

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"title", "file"}
        staff: ClassVar = {"added_by"}
        plain: ClassVar = {"id", "entry", "content_type", "size", "audience", "profession", "added_at"}

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.content_type} {self.size}"
