"""Distance travelled: what ratings on any scales say together, over time. Nothing here asks for a job.

Every answer becomes a number between 0 and 100, 100 being the best whichever way the question runs. A side of life is
the mean of its items. An item that was left out on a day counts as it was the last time, and one that was first asked
later counts with its first answer from the start: what is asked anew, or not asked, never looks like a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Assessment, Client
from tenants.caseloads.scales.items import share
from tenants.caseloads.scales.network import ITEMS
from tenants.caseloads.scales.words import items_of, network_text

NOTABLE = 5  # of 100: a smaller difference is told as none
APART = 20  # of 100: from here on it is worth talking about why two people see it differently


@dataclass(frozen=True)
class Reading:
    """One answer. `item` is the network's key where the question stands for one, else its place in its own scale."""

    on: date
    rater: str
    dimension: str
    item: str
    text: str
    value: float


@dataclass(frozen=True)
class Point:
    on: date
    value: float


@dataclass(frozen=True)
class Line:
    """How one rater saw one side of life, or one item; at least one point, in the order of days."""

    rater: str
    points: tuple[Point, ...]

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def change(self) -> int:
        """Between the first and the last day, in whole points as they are shown."""
        return round(self.last.value) - round(self.first.value)

    @property
    def has_moved(self) -> bool:
        return abs(self.change) >= NOTABLE


@dataclass(frozen=True)
class Side:
    """One dimension, with a line for each rater who rated it."""

    dimension: Dimension
    lines: tuple[Line, ...]

    @property
    def gap(self) -> int:
        """How much higher the person sees it than the mentor; 0 where only one of them rated."""
        last = {line.rater: round(line.last.value) for line in self.lines}
        return last[Rater.CLIENT] - last[Rater.MENTOR] if len(last) == len(Rater) else 0


@dataclass(frozen=True)
class ItemLine:
    """One question as one rater answered it over time."""

    dimension: str
    text: str
    line: Line


@dataclass(frozen=True)
class Distance:
    sides: tuple[Side, ...]
    items: tuple[ItemLine, ...]

    @property
    def since(self) -> date | None:
        return min((line.first.on for side in self.sides for line in side.lines), default=None)

    @property
    def until(self) -> date | None:
        return max((line.last.on for side in self.sides for line in side.lines), default=None)

    @property
    def days(self) -> list[date]:
        return sorted({point.on for side in self.sides for line in side.lines for point in line.points})


def assessments_of(client: Client) -> list[Assessment]:
    """With their scales, in the order of days. One query."""
    return list(client.assessments.select_related("scale").order_by("on", "recorded_at", "id"))


def distance_of(assessments: Iterable[Assessment]) -> Distance:
    """What the assessments of one person say; they come in the order of days."""
    readings = list(_readings(assessments))
    sides = (_side(dimension, readings) for dimension in Dimension)
    return Distance(tuple(side for side in sides if side.lines), _items(readings))


def network_lines(assessments: Iterable[Assessment]) -> dict[tuple[str, str], Line]:
    """(a question of the network or a side of life, rater) -> line, out of the network's questions alone: what can be
    set beside other organisations."""
    grouped: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in _readings(assessments):
        if reading.item in ITEMS:
            grouped[reading.item, reading.rater].append(reading)
            grouped[reading.dimension, reading.rater].append(reading)
    lines = {key: _line(key[1], readings) for key, readings in grouped.items()}
    return {key: line for key, line in lines.items() if line is not None}


def _readings(assessments: Iterable[Assessment]) -> Iterator[Reading]:
    for assessment in assessments:
        for item in items_of(assessment.scale):
            answer = assessment.answers.get(item.key)
            if answer is None:
                continue
            known = ITEMS.get(item.network)
            yield Reading(
                on=assessment.on,
                rater=assessment.rater,
                dimension=known.dimension if known else item.dimension,
                item=item.network if known else f"{assessment.scale.family}:{item.key}",
                text=network_text(item.network) or item.text,
                value=share(answer, steps=item.steps, rising=item.rising),
            )


def _side(dimension: Dimension, readings: Sequence[Reading]) -> Side:
    ours = [reading for reading in readings if reading.dimension == dimension]
    lines = (_line(rater, [reading for reading in ours if reading.rater == rater]) for rater in Rater.values)
    return Side(dimension, tuple(line for line in lines if line is not None))


def _line(rater: str, readings: Sequence[Reading]) -> Line | None:
    if not readings:
        return None
    now: dict[str, float] = {}
    for reading in readings:
        now.setdefault(reading.item, reading.value)
    days: dict[date, list[Reading]] = defaultdict(list)
    for reading in readings:
        days[reading.on].append(reading)
    points = []
    for day, answered in days.items():
        now.update({reading.item: reading.value for reading in answered})
        points.append(Point(day, sum(now.values()) / len(now)))
    return Line(rater, tuple(points))


def _items(readings: Sequence[Reading]) -> tuple[ItemLine, ...]:
    """In the order of dimensions and of first being asked; the text is the latest one."""
    grouped: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        grouped[reading.item, reading.rater].append(reading)
    order = {dimension: place for place, dimension in enumerate(Dimension.values)}
    found = []
    for (_item, rater), ours in grouped.items():
        line = _line(rater, ours)
        assert line is not None
        found.append(ItemLine(ours[-1].dimension, ours[-1].text, line))
    return tuple(sorted(found, key=lambda item: order[item.dimension]))
