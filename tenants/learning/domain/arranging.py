"""The order of modules and units, leaving out, and what the organisation adds of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from knowledge_base.models import PublishedUnit
from tenants.learning.domain.adopting import locked
from tenants.learning.domain.contents import changed_between, content_of, write
from tenants.learning.errors import NotEmpty, NotOurOwn
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit

UP, DOWN = "up", "down"
OWN: Final = "own-"  # begins the keys of what is not the standard's


@transaction.atomic
def move_unit(*, unit: AdoptedUnit, way: str, by: Seat) -> AdoptedUnit:
    """One place up or down among those that are taught; at the end of a module, into the next one."""
    curriculum = locked(unit.curriculum_id)
    modules = list(curriculum.modules.all())
    rows = _rows(curriculum, modules)
    saved = next(each for row in rows for each in row if each.pk == unit.pk)
    at = next(place for place, row in enumerate(rows) if saved in row)
    if saved.is_left_out:
        return saved
    taught = [each for each in rows[at] if not each.is_left_out]
    other = _neighbour(taught, saved, way)
    rows[at].remove(saved)
    if other is not None:
        rows[at].insert(rows[at].index(other) + (way == DOWN), saved)
    elif 0 <= (beside := at + (1 if way == DOWN else -1)) < len(modules):
        rows[beside].insert(0 if way == DOWN else len(rows[beside]), saved)
        saved.module = modules[beside]
    else:
        return saved
    _number(rows, modules)
    record(action="unit.moved", on=saved, detail={"unit": saved.key}, by=by)
    return saved


@transaction.atomic
def move_module(*, module: AdoptedModule, way: str, by: Seat) -> AdoptedModule:
    curriculum = locked(module.curriculum_id)
    modules = list(curriculum.modules.all())
    saved = next(each for each in modules if each.pk == module.pk)
    other = _neighbour(modules, saved, way)
    if other is not None:
        modules.remove(saved)
        modules.insert(modules.index(other) + (way == DOWN), saved)
        for position, each in enumerate(modules, 1):
            each.position = position
        AdoptedModule.objects.bulk_update(modules, ["position"])
        record(action="learning_module.moved", on=saved, detail={"module": saved.key}, by=by)
    return saved


@transaction.atomic
def leave_out(*, unit: AdoptedUnit, by: Seat) -> AdoptedUnit:
    """Not taught here; it keeps its text and its place. Raises NotOurOwn for a unit of one's own."""
    locked(unit.curriculum_id)
    saved = _locked_unit(unit.pk)
    if not saved.is_left_out and not saved.is_own:
        saved.is_left_out = True
        save_unit(saved, by)
        record(action="unit.left_out", on=saved, detail={"unit": saved.key}, by=by)
    return saved


@transaction.atomic
def put_back(*, unit: AdoptedUnit, by: Seat) -> AdoptedUnit:
    """Where it was never rewritten it comes back as the standard has it now: nobody was asked in the meantime."""
    curriculum = locked(unit.curriculum_id)
    saved = _locked_unit(unit.pk)
    if saved.is_left_out:
        saved.is_left_out = False
        newer = PublishedUnit.objects.filter(version=curriculum.base, key=saved.key).first()
        if newer is not None and not saved.is_rewritten:
            write(saved, content_of(newer))
            saved.base = newer.pk
        save_unit(saved, by)
        record(action="unit.put_back", on=saved, detail={"unit": saved.key}, by=by)
    return saved


@transaction.atomic
def add_unit(*, module: AdoptedModule, content: Mapping[str, Any], by: Seat) -> AdoptedUnit:
    """A unit of one's own, last in its module."""
    curriculum = locked(module.curriculum_id)
    last = curriculum.units.aggregate(last=Max("position"))["last"] or 0
    made = AdoptedUnit(
        curriculum=curriculum, module=module, position=last + 1, changed_by_id=by.membership_id, **content
    )
    made.key = own_key(made.pk)
    made.save(force_insert=True)
    record(action="unit.added", on=made, detail={"unit": made.key}, by=by)
    return made


@transaction.atomic
def remove_unit(*, unit: AdoptedUnit, by: Seat) -> None:
    """Raises NotOurOwn for one of the standard."""
    locked(unit.curriculum_id)
    saved = _locked_unit(unit.pk)
    if not saved.is_own:
        raise NotOurOwn
    record(action="unit.removed", on=saved, detail={"unit": saved.key}, by=by)
    saved.delete()


@transaction.atomic
def change_unit(*, unit: AdoptedUnit, content: Mapping[str, Any], seen_version: int, by: Seat) -> AdoptedUnit:
    """Writes what differs. Raises EditedMeanwhile when it is no longer the version that `by` has seen."""
    locked(unit.curriculum_id)
    saved = _locked_unit(unit.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this unit since you opened it."))
    if changed := write(saved, content):
        save_unit(saved, by)
        record(action="unit.changed", on=saved, detail={"unit": saved.key, "fields": changed}, by=by)
    return saved


@transaction.atomic
def add_module(*, curriculum: AdoptedCurriculum, content: Mapping[str, Any], by: Seat) -> AdoptedModule:
    """A module of one's own, the last."""
    saved = locked(curriculum.pk)
    last = saved.modules.aggregate(last=Max("position"))["last"] or 0
    made = AdoptedModule(curriculum=saved, position=last + 1, **content)
    made.key = own_key(made.pk)
    made.save(force_insert=True)
    record(action="learning_module.added", on=made, detail={"module": made.key}, by=by)
    return made


@transaction.atomic
def change_module(*, module: AdoptedModule, content: Mapping[str, Any], seen_version: int, by: Seat) -> AdoptedModule:
    """Raises EditedMeanwhile."""
    locked(module.curriculum_id)
    saved: AdoptedModule = AdoptedModule.objects.select_for_update().get(pk=module.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this module since you opened it."))
    if changed := write(saved, content):
        saved.version += 1
        saved.save(force_update=True)
        record(action="learning_module.changed", on=saved, detail={"module": saved.key, "fields": changed}, by=by)
    return saved


@transaction.atomic
def remove_module(*, module: AdoptedModule, by: Seat) -> None:
    """Raises NotEmpty while something is in it, if only left out."""
    curriculum = locked(module.curriculum_id)
    saved = curriculum.modules.get(pk=module.pk)
    if saved.units.exists():
        raise NotEmpty
    record(action="learning_module.removed", on=saved, detail={"module": saved.key}, by=by)
    saved.delete()


def save_unit(unit: AdoptedUnit, by: Seat, base: PublishedUnit | None = None) -> None:
    """Saves what was written, and whether that still is what the standard says."""
    if base is None and unit.base:
        base = PublishedUnit.objects.filter(pk=unit.base).first()
    unit.is_rewritten = base is not None and bool(changed_between(content_of(base), content_of(unit)))
    unit.changed_at, unit.changed_by_id = timezone.now(), by.membership_id
    unit.version += 1
    unit.save(force_update=True)


def own_key(pk: UUID) -> str:
    return f"{OWN}{pk.hex[-12:]}"


def _locked_unit(pk: UUID) -> AdoptedUnit:
    found: AdoptedUnit = AdoptedUnit.objects.select_for_update().get(pk=pk)
    return found


def _rows(curriculum: AdoptedCurriculum, modules: list[AdoptedModule]) -> list[list[AdoptedUnit]]:
    """The units of each module, in order, without their texts."""
    rows: dict[UUID, list[AdoptedUnit]] = {module.pk: [] for module in modules}
    for unit in curriculum.units.in_order().only("position", "key", "module", "curriculum", "is_left_out", "base"):
        rows[unit.module_id].append(unit)
    return list(rows.values())


def _neighbour(parts: list[Any], part: Any, way: str) -> Any:
    """What stands beside it on that side; None at the end."""
    place = parts.index(part) + (1 if way == DOWN else -1)
    return parts[place] if 0 <= place < len(parts) else None


def _number(rows: list[list[AdoptedUnit]], modules: list[AdoptedModule]) -> None:
    units = [unit for row in rows for unit in row]
    for position, unit in enumerate(units, 1):
        unit.position = position
    AdoptedUnit.objects.bulk_update(units, ["position", "module"])
