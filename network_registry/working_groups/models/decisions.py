"""What a working group decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.working_groups.enums import DecisionState
from network_registry.working_groups.models.meetings import AgendaPoint
from network_registry.working_groups.models.rooms import Charter, GroupSeat


class Decision(models.Model):
    """`number` counts from 1 in each Gregorian `year` of the group: that of the meeting, where it took place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(
        Charter, verbose_name=_("working group"), related_name="decisions", on_delete=models.CASCADE
    )
    point = models.ForeignKey(
        AgendaPoint, verbose_name=_("point of an agenda"), related_name="decisions", on_delete=models.CASCADE
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("decision"), max_length=2000)
    responsible = models.ForeignKey(
        GroupSeat,
        verbose_name=_("who is responsible"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,  # seats end, and stay
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=DecisionState.choices, default=DecisionState.OPEN)
    note = models.CharField(_("what became of it"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar = [
            # also the list of all meetings, the last first
            models.UniqueConstraint(fields=["group", "year", "number"], name="group_decision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    @property
    def is_late(self) -> bool:
        return self.state == DecisionState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()
