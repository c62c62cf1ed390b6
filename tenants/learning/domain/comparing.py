"""How an organisation's curriculum differs from the standard that it comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from halka.common.differences import Piece, words_between
from knowledge_base.models import PublishedModule, PublishedUnit
from tenants.learning.domain.contents import Part, changed_between, content_of, label_of, text_of
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit


@dataclass(frozen=True)
class FieldDifference:
    name: str
    label: str
    pieces: list[Piece]


def difference_of(part: Part, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldDifference]:
    """The fields that say something else, each word by word."""
    return [
        FieldDifference(
            name,
            label_of(part, name),
            words_between(text_of(part, name, before[name]), text_of(part, name, after[name])),
        )
        for name in changed_between(before, after)
    ]


@dataclass(frozen=True)
class PartDifference:
    part: Any
    fields: list[FieldDifference]


@dataclass(frozen=True)
class Drift:
    """What an organisation has made of the standard."""

    rewritten: list[PartDifference]
    added: list[AdoptedUnit]
    left_out: list[AdoptedUnit]
    moved: list[AdoptedUnit]

    def __bool__(self) -> bool:
        return bool(self.rewritten or self.added or self.left_out or self.moved)


def drift_of(curriculum: AdoptedCurriculum) -> Drift:
    """Against what each part comes from. Four queries."""
    units = list(curriculum.units.select_related("module").in_order())
    modules = list(curriculum.modules.all())
    base_units = {base.pk: base for base in PublishedUnit.objects.select_related("module").filter(pk__in=_bases(units))}
    base_modules = PublishedModule.objects.in_bulk(_bases(modules))
    taught = [unit for unit in units if not unit.is_left_out]
    pairs: list[tuple[Any, Any]] = [(module, base_modules.get(module.base)) for module in modules if module.base]
    pairs += [(unit, base_units.get(unit.base)) for unit in taught if unit.base]
    return Drift(
        rewritten=[
            PartDifference(part, fields)
            for part, base in pairs
            if base is not None and (fields := difference_of(part, content_of(base), content_of(part)))
        ],
        added=[unit for unit in taught if unit.is_own],
        left_out=[unit for unit in units if unit.is_left_out],
        moved=_moved(taught, base_units),
    )


def _bases(parts: Sequence[Any]) -> list[UUID]:
    return [part.base for part in parts if part.base]


def _moved(taught: Sequence[AdoptedUnit], bases: Mapping[Any, PublishedUnit]) -> list[AdoptedUnit]:
    """As few as explain the order: those outside of the longest run that still follows the standard."""
    kept = [unit for unit in taught if unit.base in bases]
    places = [(bases[unit.base].module.position, bases[unit.base].position) for unit in kept]
    stayed = longest_rising(places)
    return [
        unit for place, unit in enumerate(kept) if place not in stayed or unit.module.key != bases[unit.base].module.key
    ]


def longest_rising(values: Sequence[Any]) -> set[int]:
    """Where the values of one longest rising run stand."""
    ends: list[Any] = []  # the smallest last value of a run of each length
    last: list[int] = []  # where it stands
    before: dict[int, int | None] = {}
    for place, value in enumerate(values):
        length = bisect_left(ends, value)
        before[place] = last[length - 1] if length else None
        ends[length : length + 1], last[length : length + 1] = [value], [place]
    run: set[int] = set()
    at: int | None = last[-1] if last else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run
