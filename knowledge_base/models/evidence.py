"""What teaching from a curriculum did, in figures that name no person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from knowledge_base.enums import FEWEST_PEOPLE
from knowledge_base.models.curricula import CurriculumVersion
from tenants.organisations.models import Organisation


class Evidence(models.Model):
    """An organisation's own row on a version, or on one of its units (`unit` is its key), which no other one reads.

    Computed inside of the organisation. Counts of people are rounded to fives there, and None stands for fewer than
    FEWEST_PEOPLE: what is smaller is not even kept here. `distance` is how far those `rated` before and after came, on
    average, in whole points of a hundred.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    version = models.ForeignKey(CurriculumVersion, related_name="evidence", on_delete=models.CASCADE)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    groups = models.PositiveIntegerField(_("groups"))
    people = models.PositiveIntegerField(_("people there"), null=True)
    completed = models.PositiveIntegerField(_("completed"), null=True)
    rated = models.PositiveIntegerField(_("rated before and after"), null=True)
    distance = models.SmallIntegerField(_("how far they came"), null=True)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints: ClassVar = [
            # also finds the rows of a version and of its units
            models.UniqueConstraint(fields=["version", "unit", "organisation"], name="evidence_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{count: None}) | Q(**{f"{count}__gte": FEWEST_PEOPLE}),
                    name=f"evidence_{count}_enough",
                )
                for count in ("people", "completed", "rated")
            ),
            models.CheckConstraint(
                condition=(Q(completed=None) | Q(people__isnull=False, completed__lte=F("people")))
                & (Q(rated=None) | Q(people__isnull=False, rated__lte=F("people"))),
                name="evidence_within_people",
            ),
            models.CheckConstraint(
                condition=Q(rated=None, distance=None)
                | Q(rated__isnull=False, distance__isnull=False, distance__gte=-100, distance__lte=100),
                name="evidence_distance_of_rated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.unit}".strip()
