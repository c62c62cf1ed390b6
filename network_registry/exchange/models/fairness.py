"""How referrals are answered, in figures that name no person: who lets people wait, and who does not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.enums import FairnessKind, Period, Service
from tenants.organisations.models import Organisation


class Fairness(models.Model):
    """A row of the board, about referrals that somebody was sent within `period`: one recipient's, a service's, a
    province's, a month's or all; `median` is the middle one of all recipients.

    `service` narrows it down. Days are medians, shares whole percents. What too few referrals stand behind is None.
    Computed by domain.fairness alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    period = models.CharField(max_length=8, choices=Period.choices)
    kind = models.CharField(max_length=12, choices=FairnessKind.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, related_name="+", on_delete=models.CASCADE
    )
    province = models.CharField(_("province"), max_length=80, blank=True)
    service = models.CharField(_("service"), max_length=20, choices=Service.choices, blank=True)
    month = models.DateField(_("month"), null=True)
    received = models.PositiveIntegerField(_("received"), null=True)
    answer_days = models.FloatField(_("days until the answer"), null=True)
    accepted = models.PositiveSmallIntegerField(_("accepted"), null=True)
    expired = models.PositiveSmallIntegerField(_("expired without an answer"), null=True)
    ended = models.PositiveSmallIntegerField(_("with a result"), null=True)
    end_days = models.FloatField(_("days until the result"), null=True)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("row of the fairness board")
        verbose_name_plural = _("rows of the fairness board")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(kind=FairnessKind.ORGANISATION), name="fairness_of_organisation"
            ),
        ]
        indexes: ClassVar = [
            # the board: rows of one kind and period, for all services or one
            models.Index(fields=["period", "kind", "service"], name="fairness_board"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.kind} {self.organisation_id or self.province}"
