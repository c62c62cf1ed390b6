"""What the organisation runs, for whom, and what it promised its funder."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.caseloads.enums.cases import ProgrammeState, TargetMeasure
from tenants.caseloads.models.references import to_colleague


class ProgrammeQuerySet(PrivateQuerySet):
    def running(self) -> Self:
        return self.filter(state=ProgrammeState.RUNNING)


class Programme(PrivateModel):
    """Work with a period, a territory and a target group, paid by somebody."""

    name = models.CharField(_("name"), max_length=150)
    funder = models.CharField(_("funder"), max_length=150, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    territory = models.CharField(_("territory"), max_length=150, blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    target_group = models.CharField(_("target group"), max_length=200, blank=True)
    consent_wording = models.TextField(
        _("what people agree to"),
        blank=True,
        help_text=_("The text that is read out or shown when somebody joins. Without one, the usual text is used."),
    )
    consent_months = models.PositiveSmallIntegerField(_("months the consent lasts"), default=12)
    unseen_days = models.PositiveSmallIntegerField(_("days without contact until it shows up in Today"), default=14)
    state = models.CharField(_("state"), max_length=9, choices=ProgrammeState.choices, default=ProgrammeState.RUNNING)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProgrammeQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "name", "funder", "starts_on", "ends_on", "territory", "objectives", "target_group",
            "consent_wording", "consent_months", "unseen_days", "state", "created_at", "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        base_manager_name = "objects"
        ordering: ClassVar = ["-starts_on", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("The programme cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(consent_months__gte=1, consent_months__lte=120),
                name="programme_consent_months",
                violation_error_message=_("Give a number of months between 1 and 120."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(PrivateModel):
    """A number that the programme is to reach by its end."""

    programme = models.ForeignKey(Programme, related_name="targets", on_delete=models.CASCADE)
    measure = models.CharField(_("what is counted"), max_length=14, choices=TargetMeasure.choices)
    number = models.PositiveIntegerField(_("how many"))

    class Privacy:
        plain: ClassVar = {"id", "programme", "measure", "number"}

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "measure"],
                name="target_once",
                violation_error_message=_("The programme has a target for this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.number}"
