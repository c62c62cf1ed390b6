"""Plans as pages show them, and what is due in them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from halka.authorization.roles import Seat
from tenants.caseloads.enums.assessments import GoalState, PlanState
from tenants.caseloads.models import Case, Client, Goal, Plan, Step


def cases_with_plans(client: Client) -> list[Case]:
    """The person's cases, running ones first, each with `all_plans`: the newest first, with goals and steps.

    The same number of queries for any number of cases.
    """
    steps = Step.objects.select_related("colleague").order_by("position", "id")
    goals = Goal.objects.select_related("scale").prefetch_related(Prefetch("steps", steps)).order_by("position", "id")
    plans = Plan.objects.select_related("changed_by").prefetch_related(Prefetch("goals", goals)).order_by("-created_at")
    cases = client.cases.select_related("programme").prefetch_related(Prefetch("plans", plans, to_attr="all_plans"))
    found = list(cases.order_by("-opened_on", "-id"))
    for case in found:
        case.client = client
    return sorted(found, key=lambda case: not case.is_open)


def current_plan(case: Case) -> Plan | None:
    """Out of `all_plans` the one that counts."""
    plans: list[Plan] = case.all_plans  # type: ignore[attr-defined]
    return next((plan for plan in plans if plan.state != PlanState.REPLACED), None)


def plan_with(client: Client, pk: UUID) -> Plan:
    """One plan of the person with its goals and steps. Raises Plan.DoesNotExist."""
    for case in cases_with_plans(client):
        for plan in case.all_plans:  # type: ignore[attr-defined]
            if plan.pk == pk:
                plan.case = case
                return plan
    raise Plan.DoesNotExist


def next_steps(client: Client) -> QuerySet[Step]:
    """What is still to be done in the person's plans, what is due first before what has no day."""
    return (
        _open_steps()
        .filter(goal__plan__case__client=client)
        .select_related("colleague", "goal__plan")
        .order_by("due_on", "goal__position", "position", "id")
    )


def steps_due(seat: Seat, until: date) -> QuerySet[Step]:
    """Somebody's own steps for people whose records they may open."""
    return (
        _open_steps()
        .filter(colleague=seat.membership_id, due_on__lte=until)
        .filter(goal__plan__case__client__in=Client.objects.present().reachable_by(seat))
        .select_related("goal__plan__case__client")
        .order_by("due_on", "id")
    )


def reviews_due(seat: Seat, until: date) -> QuerySet[Plan]:
    """Plans of the people that somebody is responsible for."""
    return (
        Plan.objects.exclude(state=PlanState.REPLACED)
        .filter(review_on__lte=until, case__closed_on=None, case__client__in=Client.objects.present().assigned_to(seat))
        .select_related("case__client")
        .order_by("review_on", "id")
    )


def _open_steps() -> QuerySet[Step]:
    return Step.objects.filter(done_on=None, goal__state=GoalState.OPEN, goal__plan__case__closed_on=None).exclude(
        goal__plan__state=PlanState.REPLACED
    )
