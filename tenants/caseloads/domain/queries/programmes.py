"""How far programmes have come: numbers for their targets, in the same few queries for any number of programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from tenants.caseloads.enums.cases import LEARNING_EXITS, POSITIVE_EXITS, WORK_EXITS, Held, TargetMeasure
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.models import Assessment, Case, FollowUp, JournalEntry, KeptFigure, Programme, Target

HELD_WELL = (Held.YES, Held.CHANGED)
HALF_A_YEAR = 6

Reached = dict[UUID, dict[str, int]]


@dataclass(frozen=True)
class Progress:
    """A target and how far it is."""

    label: str
    number: int
    reached: int


def counted(programmes: Iterable[Programme]) -> Reached:
    """Programme -> "cases", those "running", and each measure but small wins and ratings. Three queries.

    Whose record has moved to another organisation counts for what was reached here, and is no case here any more.
    """
    keys = [programme.pk for programme in programmes]
    rows = (
        Case.objects.filter(programme__in=keys)
        .order_by()
        .values("programme")
        .annotate(
            enrolled=Count("client", distinct=True),
            cases=Count("pk", filter=Q(client__held_at=None)),
            running=Count("pk", filter=Q(closed_on=None, client__held_at=None)),
            positive_exits=Count("exit", filter=Q(exit__kind__in=POSITIVE_EXITS)),
            work=Count("exit", filter=Q(exit__kind__in=WORK_EXITS)),
            learning=Count("exit", filter=Q(exit__kind__in=LEARNING_EXITS)),
        )
    )
    found: Reached = {key: defaultdict(int) for key in keys}
    for row in rows:
        counts = dict[str, Any](row)
        found[counts.pop("programme")].update(counts)
    held = (
        FollowUp.objects.filter(exit__case__programme__in=keys, months__gte=HALF_A_YEAR, held__in=HELD_WELL)
        .order_by()
        .values_list("exit__case__programme")
        .annotate(number=Count("exit", distinct=True))
    )
    for key, number in held:
        found[key][TargetMeasure.HELD_6] = number
    kept = KeptFigure.objects.filter(programme__in=keys).exclude(measure__in=ASKED_APART)
    for key, measure, number in kept.values_list("programme", "measure", "number"):
        found[key][measure] += number
    return found


def progress_of(programme: Programme, reached: dict[str, int]) -> list[Progress]:
    """The programme's targets in the order of TargetMeasure. `reached` is what `counted` found for it."""
    targets: dict[str, int] = dict(Target.objects.filter(programme=programme).values_list("measure", "number"))
    reached = dict(reached)
    for measure, asked in ASKED_APART.items():
        if measure in targets:
            reached[measure] = asked(programme) + _kept(programme, measure)
    return [
        Progress(str(measure.label), targets[measure], reached.get(measure, 0))
        for measure in TargetMeasure
        if measure in targets
    ]


def with_small_wins(programme: Programme) -> int:
    """How many people had one."""
    wins = JournalEntry.objects.filter(case__programme=programme, kind=EntryKind.SMALL_WIN)
    found: int = wins.aggregate(number=Count("client", distinct=True))["number"]
    return found


def _kept(programme: Programme, measure: str) -> int:
    """What people who were erased counted for."""
    row = KeptFigure.objects.filter(programme=programme, measure=measure).first()
    return row.number if row else 0


def figures_of(programme: Programme) -> dict[str, int]:
    """Every measure, whether it has a target or not."""
    reached = counted([programme])[programme.pk]
    apart = {measure: asked(programme) + _kept(programme, measure) for measure, asked in ASKED_APART.items()}
    return {str(measure): apart.get(measure, reached.get(measure, 0)) for measure in TargetMeasure}


def risen(programme: Programme) -> int:
    """How many people's latest ratings are better than their first: the same scale, the same rater, items in both."""
    rows = (
        Assessment.objects.filter(case__programme=programme)
        .order_by("client", "scale__family", "rater", "on", "id")
        .values_list("client", "scale__family", "rater", "answers", "scale__items")
    )
    better: set[Any] = set()
    line: tuple[Any, ...] = ()
    first: dict[str, int] = {}
    for client, family, rater, answers, items in rows.iterator():
        if line != (client, family, rater):
            line, first = (client, family, rater), answers
            continue
        (better.add if _change(first, answers, items) > 0 else better.discard)(line)
    return len({client for client, *_line in better})


def _change(before: dict[str, int], after: dict[str, int], items: list[dict[str, Any]]) -> int:
    """Steps upwards between two sets of answers; downwards where less is better."""
    return sum(
        (after[item["key"]] - before[item["key"]]) * (1 if item.get("rising", True) else -1)
        for item in items
        if item["key"] in before and item["key"] in after
    )


# Measures that cost more to find: only asked where they have a target.
ASKED_APART: Final[dict[TargetMeasure, Callable[[Programme], int]]] = {
    TargetMeasure.SMALL_WINS: with_small_wins,
    TargetMeasure.PROGRESS: risen,
}
