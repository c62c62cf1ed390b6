"""How ratings and scales read: {% load progress %}."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.translation import get_language_bidi

from halka.common.calendars import localise_digits
from halka.common.charts import signed
from tenants.caseloads.domain.distance import Line
from tenants.caseloads.enums.assessments import GoalState, PlanState, Rater, ScaleState
from tenants.caseloads.forms.plans import AGREED
from tenants.caseloads.models import Goal, Plan, Scale, Step
from tenants.caseloads.scales.words import description_of, items_of, name_of

register = template.Library()


@register.filter
def scale_name(scale: Scale) -> str:
    return name_of(scale)


@register.filter
def who(line: Line) -> str:
    return str(Rater(line.rater).label)


@register.filter
def way(line: Line) -> str:
    """Where a line began, where it is now, and the difference: 25 → 75, +50."""
    now = localise_digits(round(line.last.value))
    if len(line.points) == 1:
        return now
    arrow = "←" if get_language_bidi() else "→"
    return f"{localise_digits(round(line.first.value))} {arrow} {now}, {signed(line.change)}"


@register.filter
def moves(goal: Goal) -> str:
    """The question of a scale that the goal is to move."""
    if goal.scale is None:
        return ""
    return next((item.text for item in items_of(goal.scale) if item.key == goal.item), "")


@register.filter
def agreed_how(plan: Plan) -> str:
    return str(dict(AGREED).get(plan.agreed_how, ""))


@register.filter
def is_late(step: Step) -> bool:
    return step.done_on is None and step.due_on is not None and step.due_on < timezone.localdate()


@register.filter
def state_tone(state: str) -> str:
    """How the badge of a plan's or a goal's state looks."""
    tones = {PlanState.DRAFT: "wait", PlanState.AGREED: "good", GoalState.REACHED: "good", GoalState.PARTLY: "go"}
    return {str(known): tone for known, tone in tones.items()}.get(state, "quiet")


@register.filter
def scale_tone(scale: Scale) -> str:
    """How the badge of its state looks."""
    return {ScaleState.DRAFT: "wait", ScaleState.PUBLISHED: "good"}.get(ScaleState(scale.state), "quiet")


@register.filter
def scale_description(scale: Scale) -> str:
    return description_of(scale)
