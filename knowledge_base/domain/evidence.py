"""What all organisations together can say of a curriculum: sums over their rows, where enough stand behind them.

A sum is told when it rests on FEWEST_ORGANISATIONS or more, so that none of them finds out another one's figure by
taking its own away. Where versions of a curriculum are told beside the whole, so many of them are left out that what
remains rests on as many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from knowledge_base.enums import FEWEST_ORGANISATIONS

# One row for each version and one over all of them, for the curriculum ('') and each of its units.
SUMMED: Final = """
SELECT evidence.version_id, evidence.unit,
    count(DISTINCT organisation_id) FILTER (WHERE groups > 0), coalesce(sum(groups), 0),
    count(DISTINCT organisation_id) FILTER (WHERE people IS NOT NULL), coalesce(sum(people), 0),
    count(DISTINCT organisation_id) FILTER (WHERE completed IS NOT NULL), coalesce(sum(completed), 0),
    count(DISTINCT organisation_id) FILTER (WHERE rated IS NOT NULL), coalesce(sum(rated), 0),
    coalesce(sum(rated * distance), 0)
FROM knowledge_base_evidence AS evidence
JOIN knowledge_base_curriculumversion AS version ON version.id = evidence.version_id
JOIN knowledge_base_curriculum AS taught ON taught.page_ptr_id = version.curriculum_id
WHERE taught.key = %(key)s AND (evidence.unit = '' OR %(units)s)
GROUP BY GROUPING SETS ((evidence.unit, evidence.version_id), (evidence.unit))
"""


@dataclass
class Figure:
    """A sum, and how many organisations stand behind it."""

    organisations: int = 0
    amount: int = 0
    total: int = 0  # of points, where it is about how far people came
    is_hidden: bool = True

    @property
    def shown(self) -> int | None:
        return None if self.is_hidden else self.amount

    @property
    def average(self) -> int | None:
        return None if self.is_hidden or not self.amount else round(self.total / self.amount)


@dataclass
class Sums:
    """Of a version, or of all of them together (None), about the curriculum or one of its units."""

    version: UUID | None
    unit: str
    groups: Figure = field(default_factory=Figure)
    people: Figure = field(default_factory=Figure)
    completed: Figure = field(default_factory=Figure)
    rated: Figure = field(default_factory=Figure)

    @property
    def is_told(self) -> bool:
        return any(not getattr(self, name).is_hidden for name in MEASURES)


MEASURES: Final = ("groups", "people", "completed", "rated")


def evidence_on(key: str, *, units: bool = False) -> dict[tuple[UUID | None, str], Sums]:
    """(version or None for all, unit or "" for the whole) -> sums, in every language. One query."""
    found = [Sums(*row[:2], *_figures(row[2:])) for row in _rows(key, units)]
    parts: dict[str, list[Sums]] = defaultdict(list)
    for sums in found:
        parts[sums.unit].append(sums)
    for group in parts.values():
        whole = next(sums for sums in group if sums.version is None)
        for name in MEASURES:
            hide_few(getattr(whole, name), [getattr(each, name) for each in group if each is not whole])
    return {(sums.version, sums.unit): sums for sums in found}


def hide_few(whole: Figure, parts: Sequence[Figure]) -> None:
    """Hides what rests on too few organisations, and one part more where what is left of the whole would."""
    for figure in (whole, *parts):
        figure.is_hidden = figure.organisations < FEWEST_ORGANISATIONS
    hidden = [part.organisations for part in parts if part.is_hidden]
    shown = sorted((part for part in parts if not part.is_hidden), key=lambda part: (part.organisations, part.amount))
    if any(hidden) and shown:
        shown[0].is_hidden = True


def _rows(key: str, units: bool) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SUMMED, {"key": key, "units": units})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _figures(values: Sequence[int]) -> list[Figure]:
    *counted, points = values
    figures = [Figure(int(counted[place]), int(counted[place + 1])) for place in range(0, len(counted), 2)]
    figures[-1].total = int(points)
    return figures
