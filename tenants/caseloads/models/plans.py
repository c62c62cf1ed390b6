"""What a person wants to reach, and who does what by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.assessments import GoalState, PlanState
from tenants.caseloads.enums.consents import ConsentGiven
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models.assessments import Scale
from tenants.caseloads.models.cases import Case
from tenants.caseloads.models.references import to_colleague


class Plan(PrivateModel):
    """A plan of one case. One that was agreed and changes a lot is replaced by a new one."""

    case = models.ForeignKey(Case, related_name="plans", on_delete=models.CASCADE)
    state = models.CharField(_("state"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    review_on = models.DateField(_("look at it again on"))
    agreed_on = models.DateField(_("agreed"), null=True)
    agreed_how = models.CharField(_("how it was agreed"), max_length=8, choices=ConsentGiven.choices, blank=True)
    language = models.CharField(_("language"), max_length=5)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "case", "state", "review_on", "agreed_on", "agreed_how", "language", "created_at", "changed_at",
            "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], name="plan_current_once", condition=~Q(state="replaced")),
            models.CheckConstraint(
                condition=Q(agreed_on=None, agreed_how="") | (Q(agreed_on__isnull=False) & ~Q(agreed_how="")),
                name="plan_agreed_somehow",
                violation_error_message=_("Say how the person agreed."),
            ),
        ]
        indexes: ClassVar = [
            # Today: reviews that are due
            models.Index(fields=["review_on"], name="plan_review", condition=~Q(state="replaced")),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.review_on:%Y-%m-%d}"


class Goal(PrivateModel):
    """`item` is the key of an item of `scale` that the goal is to move; `unit` a unit of a curriculum."""

    plan = models.ForeignKey(Plan, related_name="goals", on_delete=models.CASCADE)
    text = SealedTextField(_("what I want to reach"), max_length=500)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices, blank=True)
    scale = models.ForeignKey(
        Scale, verbose_name=_("scale"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    item = models.CharField(_("item"), max_length=40, blank=True)
    unit = models.CharField(_("unit of a curriculum"), max_length=60, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=GoalState.choices, default=GoalState.OPEN)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    class Privacy:
        sensitive: ClassVar = {"text"}
        plain: ClassVar = {"id", "plan", "dimension", "scale", "item", "unit", "state", "position", "closed_on"}

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.position}"


class Step(PrivateModel):
    """Who does what by when. With no colleague and no name it is the person's own."""

    goal = models.ForeignKey(Goal, related_name="steps", on_delete=models.CASCADE)
    text = SealedTextField(_("what is done"), max_length=300)
    colleague = to_colleague(_("colleague"), blank=True)
    other = models.CharField(_("somebody else"), max_length=150, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Privacy:
        sensitive: ClassVar = {"text"}
        staff: ClassVar = {"colleague", "other"}
        plain: ClassVar = {"id", "goal", "due_on", "done_on", "position"}

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of a plan")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(colleague=None) | Q(other=""),
                name="step_of_one",
                violation_error_message=_("A step is one person's."),
            ),
        ]
        indexes: ClassVar = [
            # Today: one's own steps that are due
            models.Index(fields=["colleague", "due_on"], name="step_open_of_colleague", condition=Q(done_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
