"""Ratings over months, findings and plans of people in the demo network: up, down and up again, as ways are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from halka.authorization.roles import Seat
from tenants.caseloads.domain import plans as plan_verbs
from tenants.caseloads.domain import scales as scale_verbs
from tenants.caseloads.domain.assessments import add_finding, record_assessment
from tenants.caseloads.domain.plans import GoalDetails, StepDetails
from tenants.caseloads.models import Assessment, Case, Client, Plan, Scale
from tenants.caseloads.scales.items import Item, as_item
from tenants.caseloads.speaking import language_for
from tenants.referrals.demo import progress_texts
from tenants.referrals.demo.progress_shapes import DemoPlan, DemoRating, DemoStep

# Answers differ a little from question to question, always in the same way.
UNEVEN: Final = (0.0, 0.6, -0.5, 0.2, -0.3, 0.5, -0.6)


def fill(organisation_short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation, after its clients and their cases are there."""
    ways = progress_texts.WAYS.get(organisation_short_name, ())
    by_key = {seat.membership_id: seat for seat in seats.values()}
    scales = {scale.standard: scale for scale in scale_verbs.scales_in_use()}
    clients = {str(client): client for client in Client.objects.all()}
    if organisation_short_name in progress_texts.SCALES:
        scales["own"] = _own_scale(organisation_short_name, next(iter(seats.values())))
    for way in ways:
        client = clients[way.client]
        by = by_key.get(client.assigned_to_id) or next(iter(seats.values()))
        for rating in way.ratings:
            rate(client, scales[rating.scale], rating, by)
        for kind, words, dimension in way.findings:
            day = timezone.localdate() - timedelta(days=max((rating.days for rating in way.ratings), default=3))
            add_finding(client=client, kind=kind, text=words, dimension=dimension, on=day, by=by)
        case = client.cases.filter(closed_on=None).order_by("-opened_on").first()
        if way.plan and case:
            _plan(case, client, way.plan, scales["full"], by)


def _own_scale(organisation: str, by: Seat) -> Scale:
    name, description, rows = progress_texts.SCALES[organisation]
    items = [Item("", *row) for row in rows]
    draft = scale_verbs.new_scale(name=name, description=description, items=items, by=by)
    return scale_verbs.publish(scale=draft, seen_version=draft.version, by=by)


def rate(client: Client, scale: Scale, rating: DemoRating, by: Seat) -> None:
    day = timezone.localdate() - timedelta(days=rating.days)
    made = record_assessment(
        client=client,
        scale=scale,
        rater=rating.rater,
        answers=_answers(scale, rating.levels),
        on=day,
        note=rating.note,
        case=client.cases.filter(opened_on__lte=day).order_by("-opened_on").first(),
        by=by,
    )
    recorded = timezone.now() - timedelta(days=rating.days)
    Assessment.objects.filter(pk=made.pk).update(recorded_at=recorded)


def _answers(scale: Scale, levels: Sequence[float]) -> dict[str, int]:
    by_dimension = dict(zip(("psychological", "social", "economic"), levels, strict=True))
    answers = {}
    for place, item in enumerate(map(as_item, scale.items)):
        last = item.steps - 1
        reached = by_dimension[item.dimension] / 10 * last + UNEVEN[place % len(UNEVEN)]
        answer = min(last, max(0, round(reached)))
        answers[item.key] = answer if item.rising else last - answer
    return answers


def _plan(case: Case, client: Client, demo: DemoPlan, scale: Scale, by: Seat) -> None:
    today = timezone.localdate()
    plan = plan_verbs.begin_plan(
        case=case, review_on=today + timedelta(days=demo.review), language=language_for(client), by=by
    )
    for goal in demo.goals:
        steps = [_step(step, by.membership_id) for step in goal.steps]
        details = GoalDetails(goal.text, goal.dimension, scale, goal.item, steps)
        made = plan_verbs.add_goal(plan=plan, details=details, by=by)
        for row, step in zip(made.steps.all(), goal.steps, strict=True):
            if step.done is not None:
                plan_verbs.tick_step(step=row, done=True, on=today + timedelta(days=step.done), by=by)
    if demo.agreed is not None:
        version = Plan.objects.get(pk=plan.pk).version
        day = today - timedelta(days=demo.agreed)
        plan_verbs.agree_plan(plan=plan, how="signed", on=day, seen_version=version, by=by)


def _step(step: DemoStep, mentor: UUID | None) -> StepDetails:
    return StepDetails(
        text=step.text,
        colleague=mentor if step.who == "me" else None,
        other="" if step.who == "me" else step.who,
        due_on=None if step.due is None else timezone.localdate() + timedelta(days=step.due),
    )
