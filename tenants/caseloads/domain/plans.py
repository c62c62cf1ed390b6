"""Plans: written together, agreed, followed step by step, looked at again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain.scales import kept
from tenants.caseloads.enums.assessments import GoalState, PlanState
from tenants.caseloads.enums.consents import ConsentGiven
from tenants.caseloads.models import Case, Goal, Plan, Scale, Step


@dataclass(frozen=True)
class StepDetails:
    """Who does what by when; with neither colleague nor name it is the person's own. `pk` None: a new one."""

    text: str
    colleague: UUID | None = None
    other: str = ""
    due_on: date | None = None
    pk: UUID | None = None


@dataclass(frozen=True)
class GoalDetails:
    """`item` is the key of an item of `scale` that the goal is to move."""

    text: str
    dimension: str = ""
    scale: Scale | None = None
    item: str = ""
    steps: Sequence[StepDetails] = field(default_factory=tuple)


def begin_plan(*, case: Case, review_on: date, language: str, by: Seat) -> Plan:
    """A draft for the case, or the plan that it has already. Raises Refused for a case that is closed."""
    with transaction.atomic():
        saved = Case.objects.select_for_update().get(pk=case.pk)
        if not saved.is_open:
            raise Refused(_("This case is closed."))
        current = Plan.objects.filter(case=saved).exclude(state=PlanState.REPLACED).first()
        if current is not None:
            return current
        plan = Plan.objects.create(case=saved, review_on=review_on, language=language, changed_by_id=by.membership_id)
        record(action="plan.begun", on=plan, about=saved.client_id, by=by)
    return plan


def seen(goal: Goal) -> str:
    """What a form has seen of a goal, in short: different as soon as somebody changes it. Ticks do not count."""
    steps = [
        [str(step.pk), step.text, str(step.colleague_id), step.other, str(step.due_on)] for step in goal.steps.all()
    ]
    told = [goal.text, goal.dimension, str(goal.scale_id), goal.item, steps]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def add_goal(*, plan: Plan, details: GoalDetails, by: Seat) -> Goal:
    """One more goal of a draft. Raises Refused."""
    with transaction.atomic():
        saved = _locked(plan)
        _only_draft(saved)
        last = saved.goals.order_by("-position").values_list("position", flat=True).first()
        goal = Goal(plan=saved, position=0 if last is None else last + 1)
        _write_goal(goal, details)
        goal.save(force_insert=True)
        _write_steps(goal, details.steps)
        _changed(saved, by)
    return goal


def change_goal(*, goal: Goal, details: GoalDetails, seen_before: str, by: Seat) -> Goal:
    """Writes a goal and its steps. Of a goal that was agreed only the steps change; what is done stays.

    Raises EditedMeanwhile where the goal is no longer what `seen` told, Refused.
    """
    with transaction.atomic():
        plan = _locked(goal.plan)
        saved = Goal.objects.prefetch_related("steps").get(pk=goal.pk)
        if seen(saved) != seen_before:
            raise EditedMeanwhile(_("Somebody else has changed this goal since you opened it."))
        if plan.state != PlanState.AGREED:
            _write_goal(saved, details)
            saved.save(force_update=True)
        _write_steps(saved, details.steps)
        _changed(plan, by)
    return saved


def remove_goal(*, goal: Goal, by: Seat) -> None:
    """Out of a draft. Raises Refused."""
    with transaction.atomic():
        plan = _locked(goal.plan)
        _only_draft(plan)
        Goal.objects.filter(pk=goal.pk).delete()
        _changed(plan, by)


def close_goal(*, goal: Goal, state: str, on: date, by: Seat) -> Goal:
    """How it came out, or that it is under way again. Raises Refused."""
    with transaction.atomic():
        plan = _locked(goal.plan)
        saved = Goal.objects.get(pk=goal.pk)
        if saved.state != state:
            saved.state = GoalState(state)
            saved.closed_on = None if state == GoalState.OPEN else on
            saved.save(update_fields=["state", "closed_on"])
            action = "goal.opened" if state == GoalState.OPEN else "goal.closed"
            _changed(plan, by, action=action, detail={} if state == GoalState.OPEN else {"goal": state})
    return saved


def tick_step(*, step: Step, done: bool, on: date, by: Seat) -> Step:
    """Done, or not done after all. Ticking twice is ticking once. Raises Refused."""
    with transaction.atomic():
        plan = _locked(step.goal.plan)
        saved = Step.objects.get(pk=step.pk)
        if (saved.done_on is not None) != done:
            saved.done_on = on if done else None
            saved.save(update_fields=["done_on"])
            _changed(plan, by, action="step.done" if done else "step.undone")
    return saved


def change_plan(*, plan: Plan, review_on: date, language: str, by: Seat) -> Plan:
    """When it is looked at again and which language it is printed in. Raises Refused."""
    with transaction.atomic():
        saved = _locked(plan)
        if (saved.review_on, saved.language) != (review_on, language):
            was_reviewed = saved.state == PlanState.AGREED and review_on > saved.review_on
            saved.review_on, saved.language = review_on, language
            _changed(saved, by, action="plan.reviewed" if was_reviewed else "plan.changed")
    return saved


def agree_plan(*, plan: Plan, how: str, on: date, seen_version: int, by: Seat) -> Plan:
    """The person agreed to the plan as it was seen. Raises EditedMeanwhile, Refused."""
    if how not in ConsentGiven.values:
        raise Refused(_("Say how the person agreed."))
    if on > timezone.localdate():
        raise Refused(_("This day has not come yet."))
    with transaction.atomic():
        saved = _locked(plan)
        _only_draft(saved)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("Somebody has changed the plan meanwhile: look at it together once more."))
        if not saved.goals.exists():
            raise Refused(_("A plan needs a goal before it can be agreed."))
        saved.state, saved.agreed_on, saved.agreed_how = PlanState.AGREED, on, how
        _changed(saved, by, action="plan.agreed", detail={"agreed": how})
    return saved


def replace_plan(*, plan: Plan, by: Seat) -> Plan:
    """A new draft that begins with what is still under way; the agreed one is kept as it was. Raises Refused."""
    with transaction.atomic():
        saved = _locked(plan)
        if saved.state != PlanState.AGREED:
            raise Refused(_("Only a plan that was agreed is replaced; a draft can be changed."))
        saved.state = PlanState.REPLACED
        _touch(saved, by)
        draft = Plan.objects.create(
            case_id=saved.case_id,
            review_on=max(saved.review_on, timezone.localdate()),
            language=saved.language,
            changed_by_id=by.membership_id,
        )
        for goal in saved.goals.filter(state=GoalState.OPEN).prefetch_related("steps"):
            _copy(goal, draft)
        record(action="plan.replaced", on=draft, about=saved.case.client_id, by=by)
    return draft


def discard_draft(*, plan: Plan, by: Seat) -> None:
    """Throws a draft away; the plan that it was to replace counts again. Raises Refused."""
    with transaction.atomic():
        saved = _locked(plan)
        _only_draft(saved)
        record(action="plan.discarded", on=saved, about=saved.case.client_id, by=by)
        saved.delete()
        before = Plan.objects.filter(case_id=saved.case_id, state=PlanState.REPLACED).order_by("-created_at").first()
        if before is not None:
            before.state = PlanState.AGREED
            _touch(before, by)


def _copy(goal: Goal, plan: Plan) -> None:
    copy = Goal.objects.create(
        plan=plan,
        text=goal.text,
        dimension=goal.dimension,
        scale_id=goal.scale_id,
        item=goal.item,
        unit=goal.unit,
        position=goal.position,
    )
    for step in goal.steps.all():
        if step.done_on is None:
            Step.objects.create(
                goal=copy,
                text=step.text,
                colleague_id=step.colleague_id,
                other=step.other,
                due_on=step.due_on,
                position=step.position,
            )


def _write_goal(goal: Goal, details: GoalDetails) -> None:
    if not details.text.strip():
        raise Refused(_("Write what the person wants to reach."))
    goal.text, goal.dimension = details.text.strip(), details.dimension
    goal.scale = kept(details.scale) if details.scale is not None and details.item else None
    goal.item = details.item if goal.scale is not None else ""


def _write_steps(goal: Goal, wanted: Sequence[StepDetails]) -> None:
    """In the order given. Steps that are not wanted any more go, unless they were done."""
    there = {step.pk: step for step in goal.steps.all()}
    listed = {details.pk for details in wanted}
    for step in there.values():
        if step.pk not in listed and step.done_on is None:
            step.delete()
    for position, details in enumerate(wanted):
        step = (there.get(details.pk) if details.pk else None) or Step(goal=goal)
        step.text, step.position = details.text, position
        step.colleague_id, step.other, step.due_on = details.colleague, details.other, details.due_on
        step.save()


def _locked(plan: Plan) -> Plan:
    saved = Plan.objects.select_for_update(of=("self",)).select_related("case").get(pk=plan.pk)
    if saved.state == PlanState.REPLACED:
        raise Refused(_("This plan was replaced by a newer one."))
    return saved


def _only_draft(plan: Plan) -> None:
    if plan.state != PlanState.DRAFT:
        raise Refused(_("The goals were agreed: to change them, make a new plan. This one is kept."))


def _changed(plan: Plan, by: Seat, *, action: str = "plan.changed", detail: dict[str, str] | None = None) -> None:
    _touch(plan, by)
    record(action=action, on=plan, about=plan.case.client_id, detail=detail, by=by)


def _touch(plan: Plan, by: Seat) -> None:
    plan.changed_at, plan.changed_by_id = timezone.now(), by.membership_id
    plan.version += 1
    plan.save(force_update=True)
