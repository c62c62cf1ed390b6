"""The merger of two members, as far as both and the network may know of it: numbers, never a person served."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.membership.enums import (
    MERGER_OPEN,
    MERGER_UNDO_DAYS,
    MergerMatter,
    MergerState,
    MergerTrouble,
)
from tenants.organisations.models import Organisation

OPEN = [state.value for state in sorted(MERGER_OPEN)]


class MergerQuerySet(models.QuerySet["Merger"]):
    def of(self, organisation_id: UUID) -> Self:
        return self.filter(Q(absorbed=organisation_id) | Q(remaining=organisation_id))

    def with_sides(self) -> Self:
        return self.select_related("absorbed", "remaining").defer("absorbed__logo", "remaining__logo")


class Merger(models.Model):
    """`absorbed` becomes part of `remaining`. Its state says whose the records are.

    `moved` holds keys of shared rows that came along and of programmes, so that they find back; `seen` what was counted
    last, and when. `obstacles` maps codes of MergerObstacle to numbers. `turn` says which worker is at it, until
    `due_at`; from then on it is anybody's. `done` of `total` records are through.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    absorbed = models.ForeignKey(
        Organisation,
        verbose_name=_("absorbed"),
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    remaining = models.ForeignKey(
        Organisation,
        verbose_name=_("remaining"),
        related_name="+",
        on_delete=models.PROTECT,  # likewise
    )
    reason = models.TextField(_("reason"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=MergerState.choices, default=MergerState.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    proposed_by_name = models.CharField(_("proposed by"), max_length=150)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    begun_by_name = models.CharField(_("begun by"), max_length=150, blank=True)
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True)
    undo_reason = models.TextField(_("why it is undone"), max_length=1000, blank=True)
    undo_at = models.DateTimeField(_("undoing begun"), null=True, blank=True)
    undo_by_name = models.CharField(_("undone by"), max_length=150, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    trouble = models.CharField(_("trouble"), max_length=7, choices=MergerTrouble.choices, blank=True)
    obstacles = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    seen_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    turn = models.UUIDField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name = _("merger of organisations")
        verbose_name_plural = _("mergers of organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(absorbed=F("remaining")),
                name="merger_of_two",
                violation_error_message=_("Two different organisations are merged."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["merged", "undoing", "undone"]) | Q(merged_at__isnull=False),
                name="merger_merged_at",
            ),
            models.UniqueConstraint(fields=["absorbed"], name="merger_absorbed_once", condition=Q(state__in=OPEN)),
            models.UniqueConstraint(fields=["remaining"], name="merger_remaining_once", condition=Q(state__in=OPEN)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-proposed_at", "-id"], name="merger_list"),
            # what a worker has to do
            models.Index(fields=["due_at"], name="merger_due", condition=Q(state__in=["merging", "undoing"])),
            models.Index(fields=["absorbed"], name="merger_of_absorbed"),  # the row policy
            models.Index(fields=["remaining"], name="merger_of_remaining"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} {self.remaining_id} {self.state}"

    @property
    def state_now(self) -> MergerState:
        return MergerState(self.state)

    @property
    def undo_until(self) -> datetime | None:
        return self.merged_at + timedelta(days=MERGER_UNDO_DAYS) if self.merged_at else None

    @property
    def may_be_undone(self) -> bool:
        until = self.undo_until
        return self.state == MergerState.MERGED and until is not None and timezone.now() < until

    def keys(self, what: str) -> list[str]:
        """Of `moved`."""
        found: list[str] = self.moved.get(what, [])
        return found

    def mapping(self, what: str) -> dict[UUID, UUID]:
        """Of `moved`."""
        found: dict[str, str] = self.moved.get(what, {})
        return {UUID(old): UUID(new) for old, new in found.items()}

    def side_of(self, organisation_id: Any) -> str:
        """`absorbed` or `remaining`; empty for others."""
        sides = {self.absorbed_id: "absorbed", self.remaining_id: "remaining"}
        return sides.get(organisation_id, "")


class MergerAnswer(models.Model):
    """What the manager of one of both says, with the numbers that they saw. Nothing changes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    merger = models.ForeignKey(Merger, related_name="answers", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation,
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    about = models.CharField(_("about"), max_length=5, choices=MergerMatter.choices, default=MergerMatter.MERGE)
    agrees = models.BooleanField(_("agrees"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    counts = models.JSONField(_("numbers"), default=dict)
    by_name = models.CharField(_("who"), max_length=150)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("answer to a merger")
        verbose_name_plural = _("answers to mergers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merger", "organisation"],
                name="merger_answered_once",
                condition=Q(about=MergerMatter.MERGE),
                violation_error_message=_("Your organisation has answered already."),
            ),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""),
                name="merger_declined_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["merger", "-at"], name="merger_answer_latest")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.about} {self.agrees}"
