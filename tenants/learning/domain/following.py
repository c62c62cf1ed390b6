"""What has changed in the standard since: three texts of each part, and what the organisation makes of it.

`base` is the text that ours was last compared with, `theirs` the one of the newest version, `ours` our own. Whatever is
decided, `theirs` becomes the base: the same change is not asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from halka.audit.domain import record
from halka.authorization.roles import Seat
from knowledge_base.models import PublishedModule, PublishedUnit, PublishedVersion
from tenants.learning.domain.adopting import locked, move_on, new_module, new_unit
from tenants.learning.domain.arranging import save_unit
from tenants.learning.domain.comparing import FieldDifference, difference_of
from tenants.learning.domain.contents import Content, changed_between, content_of, write
from tenants.learning.enums import Change, Settled
from tenants.learning.errors import NeedsChoosing, NothingToSettle
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Settlement

TAKE, KEEP = "take", "keep"
OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True)
class Pending:
    """One part of the standard that changed, and waits for a decision."""

    kind: Change
    key: str
    title: str
    ours: Any = None
    base: Any = None
    theirs: Any = None

    @property
    def is_module(self) -> bool:
        return isinstance(self.ours, AdoptedModule)

    @property
    def name(self) -> str:
        """Tells it from all others of the list."""
        return f"{'module' if self.is_module else 'unit'}:{self.key}"

    @property
    def is_easy(self) -> bool:
        """Taken over without asking anybody about words."""
        return self.kind in (Change.NEW, Change.GONE, Change.THERE, Change.APART)

    @property
    def changed_there(self) -> list[FieldDifference]:
        """Of what is new nothing: all of it is."""
        if self.base is None or self.theirs is None:
            return []
        return difference_of(self.theirs, content_of(self.base), content_of(self.theirs))

    @property
    def in_both(self) -> list[str]:
        """Fields that were changed on both sides, and not to the same."""
        there = changed_between(content_of(self.base), content_of(self.theirs))
        here = changed_between(content_of(self.base), content_of(self.ours))
        apart = changed_between(content_of(self.ours), content_of(self.theirs))
        return [name for name in there if name in here and name in apart]

    def merged(self) -> Content:
        """Theirs wherever they changed something, ours elsewhere."""
        there = changed_between(content_of(self.base), content_of(self.theirs))
        return content_of(self.ours) | {name: getattr(self.theirs, name) for name in there}


def newest_of(curriculum: AdoptedCurriculum) -> PublishedVersion:
    """Raises PublishedVersion.DoesNotExist, which only happens where the standard was taken away by hand."""
    return PublishedVersion.objects.filter(curriculum=curriculum.standard).latest("number")


def pending_in(curriculum: AdoptedCurriculum, version: PublishedVersion) -> list[Pending]:
    """In the order of the newest version, and then what is gone. Six queries."""
    found: list[Pending] = []
    modules = {module.key: module for module in curriculum.modules.all()}
    base_modules = PublishedModule.objects.in_bulk([each.base for each in modules.values() if each.base])
    for module in version.modules.all():
        ours = modules.get(module.key)
        if ours is not None and ours.base in base_modules:
            found += _compared(ours, base_modules[ours.base], module)
    units = {unit.key: unit for unit in curriculum.units.in_order()}
    base_units = PublishedUnit.objects.in_bulk([each.base for each in units.values() if each.base])
    newest = {unit.key: unit for unit in version.units.select_related("module").in_order()}
    for key, theirs in newest.items():
        if key not in units:
            found.append(Pending(Change.NEW, key, theirs.title, theirs=theirs))
        elif (unit := units[key]).base in base_units and not unit.is_left_out:
            found += _compared(unit, base_units[unit.base], theirs)
    found += [
        Pending(Change.GONE, key, unit.title, ours=unit)
        for key, unit in units.items()
        if unit.base and key not in newest and not unit.is_left_out
    ]
    return found


def _compared(ours: Any, base: Any, theirs: Any) -> list[Pending]:
    if base.pk == theirs.pk or not changed_between(content_of(base), content_of(theirs)):
        return []
    pending = Pending(Change.THERE, theirs.key, theirs.title, ours, base, theirs)
    here = changed_between(content_of(base), content_of(ours))
    if not here or not changed_between(content_of(ours), content_of(theirs)):
        return [pending]
    kind = Change.BOTH if pending.in_both else Change.APART
    return [Pending(kind, theirs.key, theirs.title, ours, base, theirs)]


@transaction.atomic
def settle(*, curriculum: AdoptedCurriculum, version: UUID, name: str, act: str, by: Seat) -> Settlement:
    """Takes one change over, or keeps what we have. `version` is the one that `by` looked at.

    Raises NothingToSettle, NeedsChoosing.
    """
    saved, newest, waiting = _locked(curriculum, version)
    pending = next((each for each in waiting if each.name == name), None)
    if pending is None:
        raise NothingToSettle
    if act == TAKE and not pending.is_easy:
        raise NeedsChoosing
    settlement = _settle(saved, newest, pending, act, by)
    if len(waiting) == 1:
        move_on(saved, newest, by)
    return settlement


@transaction.atomic
def settle_easy(*, curriculum: AdoptedCurriculum, version: UUID, by: Seat) -> int:
    """Takes over all that needs no choosing; returns how many. Raises NothingToSettle."""
    saved, newest, waiting = _locked(curriculum, version)
    easy = [pending for pending in waiting if pending.is_easy]
    for pending in easy:
        _settle(saved, newest, pending, TAKE, by)
    if len(easy) == len(waiting):
        move_on(saved, newest, by)
    return len(easy)


@transaction.atomic
def choose(
    *, curriculum: AdoptedCurriculum, version: UUID, name: str, choices: Mapping[str, str], seen_version: int, by: Seat
) -> Settlement:
    """Where both sides changed the same: `choices` says of each such field whether OURS or THEIRS stays.

    Raises NothingToSettle where it is decided, or not as it was shown.
    """
    saved, newest, waiting = _locked(curriculum, version)
    pending = next((each for each in waiting if each.name == name and each.kind == Change.BOTH), None)
    if pending is None or pending.ours.version != seen_version or set(choices) != set(pending.in_both):
        raise NothingToSettle
    content = pending.merged() | {
        field: getattr(pending.ours, field) for field, side in choices.items() if side == OURS
    }
    settlement = _write(saved, newest, pending, content, Settled.CHOSEN, by)
    if len(waiting) == 1:
        move_on(saved, newest, by)
    return settlement


@transaction.atomic
def catch_up(*, curriculum: AdoptedCurriculum, version: UUID, by: Seat) -> bool:
    """Follows a newest version in which nothing waits for a decision; whether it did."""
    saved, newest, waiting = _locked(curriculum, version)
    if waiting or saved.base == newest.pk:
        return False
    move_on(saved, newest, by)
    return True


def _locked(curriculum: AdoptedCurriculum, version: UUID) -> tuple[AdoptedCurriculum, PublishedVersion, list[Pending]]:
    saved = locked(curriculum.pk)
    newest = newest_of(saved)
    if newest.pk != version:
        raise NothingToSettle
    return saved, newest, pending_in(saved, newest)


def _settle(
    curriculum: AdoptedCurriculum, newest: PublishedVersion, pending: Pending, act: str, by: Seat
) -> Settlement:
    take = act == TAKE
    if pending.kind == Change.NEW:
        _take_in(curriculum, pending.theirs, by, is_left_out=not take)
        return _note(curriculum, newest, pending, Settled.ADDED if take else Settled.PASSED, by)
    if pending.kind == Change.GONE:
        return _let_go(curriculum, newest, pending, by, leave_out=take)
    if not take:
        return _write(curriculum, newest, pending, {}, Settled.KEPT, by)
    how = Settled.TAKEN if pending.kind == Change.THERE else Settled.MERGED
    return _write(curriculum, newest, pending, pending.merged(), how, by)


def _write(
    curriculum: AdoptedCurriculum,
    newest: PublishedVersion,
    pending: Pending,
    content: Mapping[str, Any],
    how: Settled,
    by: Seat,
) -> Settlement:
    part = pending.ours
    write(part, content)
    part.base = pending.theirs.pk
    if isinstance(part, AdoptedUnit):
        save_unit(part, by, pending.theirs)
    else:
        part.version += 1
        part.save(force_update=True)
    return _note(curriculum, newest, pending, how, by)


def _let_go(
    curriculum: AdoptedCurriculum, newest: PublishedVersion, pending: Pending, by: Seat, *, leave_out: bool
) -> Settlement:
    unit = pending.ours
    if leave_out:
        unit.is_left_out = True
    else:
        unit.base = None
    save_unit(unit, by)
    return _note(curriculum, newest, pending, Settled.LEFT_OUT if leave_out else Settled.STAYED, by)


def _take_in(curriculum: AdoptedCurriculum, theirs: PublishedUnit, by: Seat, *, is_left_out: bool) -> None:
    """Behind the unit that it follows in the standard, or at the beginning of its module."""
    modules = {module.key: module for module in curriculum.modules.all()}
    module = modules.get(theirs.module.key)
    if module is None:
        module = new_module(curriculum, theirs.module, len(modules) + 1)
        module.save(force_insert=True)
    before = (
        PublishedUnit.objects.filter(module=theirs.module_id, position__lt=theirs.position)
        .order_by("-position")
        .values_list("key", flat=True)
    )
    own = {unit.key: unit for unit in curriculum.units.filter(module=module).in_order().short()}
    after = next((own[key] for key in before if key in own), None)
    made = new_unit(module, theirs, 0, by, is_left_out=is_left_out)
    made.save(force_insert=True)
    order = [unit for unit in curriculum.units.in_order().only("position", "module") if unit.pk != made.pk]
    place = 1 + next((at for at, unit in enumerate(order) if after and unit.pk == after.pk), -1)
    if after is None:
        place = next((at for at, unit in enumerate(order) if unit.module_id == module.pk), len(order))
    order.insert(place, made)
    for position, unit in enumerate(order, 1):
        unit.position = position
    AdoptedUnit.objects.bulk_update(order, ["position"])


def _note(
    curriculum: AdoptedCurriculum, newest: PublishedVersion, pending: Pending, how: Settled, by: Seat
) -> Settlement:
    made = Settlement(
        curriculum=curriculum,
        key=pending.key,
        title=pending.title,
        is_module=pending.is_module,
        how=how,
        number=newest.number,
        by_id=by.membership_id,
    )
    made.save(force_insert=True)
    record(
        action="unit.settled",
        on=curriculum,
        detail={"unit": pending.key, "settled": how.value, "number": newest.number},
        by=by,
    )
    return made
