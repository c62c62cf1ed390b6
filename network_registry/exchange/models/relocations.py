"""A record's move to another organisation, as far as both sides and the network may know of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.models.dealings import Dealing
from network_registry.exchange.relocation_enums import UNDO_DAYS, RelocationState


class Relocation(Dealing):
    """Holds states, organisations and times; nothing of the person. Its state alone says whose the record is.

    `carried_at`: since when it is the target's. `is_due`: a worker has something to carry or to tell. `done` of `total`
    steps of the carrying are made, `tries` how often a worker began.
    """

    KIND = "move"

    state = models.CharField(
        _("state"), max_length=10, choices=RelocationState.choices, default=RelocationState.ASKED
    )  # fmt: skip
    carried_at = models.DateTimeField(_("moved on"), null=True)
    is_due = models.BooleanField(default=True)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("move of a record")
        verbose_name_plural = _("moves of records")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sender=F("target")), name="relocation_between_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["carried", "undoing", "returning", "settling", "settled"])
                | Q(carried_at__isnull=False),
                name="relocation_carried_at",
            ),
        ]
        indexes: ClassVar = [
            # what a worker has to do, what expires, and what is moved for good next
            models.Index(fields=["due_at"], name="relocation_due", condition=Q(is_due=True)),
            models.Index(fields=["expires_at"], name="relocation_expiring", condition=Q(state="asked")),
            models.Index(fields=["carried_at"], name="relocation_settling", condition=Q(state="carried")),
            models.Index(fields=["sender"], name="relocation_of_sender"),  # the row policy
            models.Index(fields=["target"], name="relocation_of_target"),
        ]

    @property
    def undo_until(self) -> datetime | None:
        """Until then either side may undo it."""
        return self.carried_at + timedelta(days=UNDO_DAYS) if self.carried_at else None

    @property
    def may_be_undone(self) -> bool:
        until = self.undo_until
        return self.state == RelocationState.CARRIED and until is not None and timezone.now() < until
