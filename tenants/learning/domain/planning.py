"""A person's learning plan: assembled from their ratings, changed by hand, ticked off."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.models import Client
from tenants.learning.domain.arranging import DOWN
from tenants.learning.domain.assembling import Choice, chain_of, choose, ratings_of
from tenants.learning.domain.reasons import HAND, before
from tenants.learning.enums import Progress, Why
from tenants.learning.errors import NothingToPlan, OutOfOrder, PlannedAlready
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit, PlannedUnit


@transaction.atomic
def assemble_plan(*, client: Client, curriculum: AdoptedCurriculum, by: Seat) -> list[PlannedUnit]:
    """Puts what the ratings ask for behind what is kept: what was begun, chosen by hand or written about. What was
    assembled before and not begun goes. Raises NothingToPlan where nothing is asked for.
    """
    rows = _locked(client)
    kept = [row for row in rows if _is_kept(row)]
    known = frozenset(row.unit.key for row in kept if row.unit and row.unit.curriculum_id == curriculum.pk)
    choices = choose(units_of(curriculum), ratings_of(client), known=known)
    if not choices:
        raise NothingToPlan
    PlannedUnit.objects.filter(pk__in=[row.pk for row in rows if row not in kept]).delete()
    plan = _renumbered([*kept, *_made(client, curriculum, choices, by)])
    record(action="learning_plan.assembled", on=client, detail={"count": len(choices)}, by=by)
    return plan


@transaction.atomic
def add_unit(*, client: Client, unit: AdoptedUnit, by: Seat) -> list[PlannedUnit]:
    """The unit and what it builds on, last. Raises PlannedAlready."""
    rows = _locked(client)
    planned = {row.unit_id for row in rows}
    if unit.pk in planned:
        raise PlannedAlready
    units = {each.key: each for each in units_of(unit.curriculum)}
    choices = [
        Choice(each, HAND if each.pk == unit.pk else before(unit.title))
        for each in chain_of(unit, units)
        if each.pk not in planned
    ]
    plan = _renumbered([*rows, *_made(client, unit.curriculum, choices, by)])
    record(action="learning_plan.added", on=client, detail={"unit": unit.key}, by=by)
    return plan


@transaction.atomic
def remove_planned(*, planned: PlannedUnit, by: Seat) -> None:
    """What was done stays: it is what the person has learned. Raises Refused."""
    saved = _one(planned)
    if saved.state == Progress.DONE:
        raise Refused(_("This is done, and stays in the plan."))
    record(action="learning_plan.removed", on=saved, by=by)
    saved.delete()


@transaction.atomic
def move_planned(*, planned: PlannedUnit, way: str, by: Seat) -> list[PlannedUnit]:
    """One place up or down. Raises OutOfOrder where one of the two builds on the other."""
    rows = _locked(planned.client)
    at = next(place for place, row in enumerate(rows) if row.pk == planned.pk)
    other = at + (1 if way == DOWN else -1)
    if not 0 <= other < len(rows):
        return rows
    first, second = rows[min(at, other)], rows[max(at, other)]
    if first.unit and second.unit and first.unit.key in second.unit.prerequisites:
        raise OutOfOrder(first.title, second.title)
    rows[at], rows[other] = rows[other], rows[at]
    record(action="learning_plan.moved", on=planned, by=by)
    return _renumbered(rows)


@transaction.atomic
def mark_progress(*, planned: PlannedUnit, state: str, on: date, by: Seat) -> PlannedUnit:
    """Begun, done, or back. Saying the same twice changes nothing."""
    saved = _one(planned)
    if saved.state != state:
        saved.state = state
        saved.begun_on = None if state == Progress.NOT_BEGUN else saved.begun_on or on
        saved.done_on = on if state == Progress.DONE else None
        _save(saved, by)
        record(action="learning_plan.progress", on=saved, detail={"progress": state}, by=by)
    return saved


@transaction.atomic
def write_note(*, planned: PlannedUnit, note: str, seen_version: int, by: Seat) -> PlannedUnit:
    """Raises EditedMeanwhile."""
    saved = _one(planned)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this since you opened it."))
    if saved.note != note:
        saved.note = note
        _save(saved, by)
        record(action="learning_plan.noted", on=saved, by=by)
    return saved


def units_of(curriculum: AdoptedCurriculum) -> list[AdoptedUnit]:
    """What is taught, in order, with the modules."""
    return list(curriculum.units.taught().in_order().select_related("module").short())


def plan_of(client: Client) -> list[PlannedUnit]:
    return list(client.planned_units.select_related("unit"))


def _is_kept(row: PlannedUnit) -> bool:
    return row.state != Progress.NOT_BEGUN or bool(row.note) or row.why.get("code") == Why.HAND


def _locked(client: Client) -> list[PlannedUnit]:
    """The plan, kept from other hands until the transaction ends."""
    Client.objects.select_for_update().get(pk=client.pk)
    return plan_of(client)


def _one(planned: PlannedUnit) -> PlannedUnit:
    saved: PlannedUnit = PlannedUnit.objects.select_for_update(of=("self",)).get(pk=planned.pk)
    return saved


def _save(row: PlannedUnit, by: Seat) -> None:
    row.changed_at, row.changed_by_id = timezone.now(), by.membership_id
    row.version += 1
    row.save(force_update=True)


def _made(client: Client, curriculum: AdoptedCurriculum, choices: list[Choice], by: Seat) -> list[PlannedUnit]:
    made = [
        PlannedUnit(
            client=client,
            unit=choice.unit,
            title=choice.unit.title,
            language=curriculum.language,
            dimension=choice.unit.module.dimension,
            why=dict(choice.why),
            changed_by_id=by.membership_id,
        )
        for choice in choices
    ]
    return list(PlannedUnit.objects.bulk_create(made))


def _renumbered(rows: list[PlannedUnit]) -> list[PlannedUnit]:
    for position, row in enumerate(rows, 1):
        row.position = position
    PlannedUnit.objects.bulk_update(rows, ["position"])
    return rows
