"""What teaching from the standard did here, as it leaves for the network: figures of five people or more, in fives.

A row is about the version of the standard that a group began with, and one about each of its units:

- groups: those of which at least one session was held;
- people: who was there at least once, alone or with the group;
- completed: by the rule of a group (standing.py); for a unit, over the sessions that teach it;
- rated, distance: from the last rating on or before the day they were first there, or the first one after it, to their
  newest, as the mentor sees it, or as they do where the mentor did not rate twice. On the network's questions alone:
  the one that the unit names, else those of its side of life; for the whole, the mean of the sides that were taught.

Records that are restricted are not counted. What is the organisation's own, and not of the standard, is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from knowledge_base.enums import FEWEST_PEOPLE
from knowledge_base.models import Evidence
from tenants.caseloads.domain.distance import Line, network_lines
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.models import Assessment
from tenants.caseloads.scales.network import ITEMS
from tenants.learning.domain.standing import sessions_of, standing
from tenants.learning.enums import THERE
from tenants.learning.models import AdoptedCurriculum, Attendance, Group, Session, SessionUnit

FIGURES: Final = ("groups", "people", "completed", "rated", "distance")
Came = dict[UUID, dict[UUID, str]]  # client -> session -> what was written down
Lines = Mapping[tuple[str, str], Line]


@dataclass
class Tally:
    """People behind one row: this does not leave."""

    groups: int = 0
    first: dict[UUID, date] = field(default_factory=dict)  # client -> the day they were first there
    completed: set[UUID] = field(default_factory=set)
    scales: set[str] = field(default_factory=set)  # questions of the network, or sides of life
    changes: list[float] = field(default_factory=list)


@transaction.atomic
def renew_evidence() -> int:
    """Puts the organisation's rows in the place of those of before; how many there are."""
    now, rows = timezone.now(), [_row(key, tally) for key, tally in tallies().items()]
    for row in rows:
        row.computed_at = now
    Evidence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["version", "unit", "organisation"],
        update_fields=[*FIGURES, "computed_at"],
    )
    ours().filter(computed_at__lt=now).delete()
    return len(rows)


@transaction.atomic
def renew_now(*, curriculum: AdoptedCurriculum, by: Seat) -> None:
    """Without waiting for the night."""
    renew_evidence()
    record(action="evidence.renewed", on=curriculum, by=by)


def ours() -> Any:
    """The rows that the network has of the organisation."""
    return Evidence.objects.filter(organisation_id=required_organisation().id)


def tallies() -> dict[tuple[UUID, str], Tally]:
    """(version, key of a unit or "") -> who stands behind the row."""
    found: dict[tuple[UUID, str], Tally] = defaultdict(Tally)
    for group in Group.objects.all():
        _count(group, found)
    found = {key: tally for key, tally in found.items() if tally.groups}
    _rate(found.values())
    return found


def in_fives(count: int) -> int | None:
    """The nearest five, so that single people neither show nor can be subtracted; None for fewer than are told."""
    return None if count < FEWEST_PEOPLE else (count + FEWEST_PEOPLE // 2) // FEWEST_PEOPLE * FEWEST_PEOPLE


def _row(key: tuple[UUID, str], tally: Tally) -> Evidence:
    rated = in_fives(len(tally.changes))
    return Evidence(
        organisation_id=required_organisation().id,
        version_id=key[0],
        unit=key[1],
        groups=tally.groups,
        people=in_fives(len(tally.first)),
        completed=in_fives(len(tally.completed)),
        rated=rated,
        distance=None if rated is None else round(fmean(tally.changes)),
    )


def _count(group: Group, found: dict[tuple[UUID, str], Tally]) -> None:
    """Adds a group to the rows that it is a part of. Three queries."""
    sessions, came = sessions_of(group), _came(group)
    taught: dict[str, set[UUID]] = defaultdict(set)
    whole = found[group.base, ""]
    rows = SessionUnit.objects.filter(session__group=group, session__cancelled_at=None, unit__base__isnull=False)
    for key, session, question, side in rows.values_list(
        "unit__key", "session", "unit__scale_item", "unit__module__dimension"
    ):
        taught[key].add(session)
        whole.scales.add(side)
        found[group.base, key].scales.add(question if question in ITEMS else side)
    _add(whole, group, sessions, came)
    for key, keys in taught.items():
        _add(found[group.base, key], group, [each for each in sessions if each.pk in keys], came)


def _came(group: Group) -> Came:
    found: Came = defaultdict(dict)
    counted = Attendance.objects.filter(session__group=group, client__restricted_at=None, client__merged_into=None)
    for client, session, came in counted.values_list("client", "session", "came"):
        found[client][session] = came
    return found


def _add(tally: Tally, group: Group, sessions: list[Session], came: Came) -> None:
    if not any(each.client_id is None and each.is_over for each in sessions):
        return
    tally.groups += 1
    for client, words in came.items():
        days = [timezone.localdate(each.starts_at) for each in sessions if words.get(each.pk) in THERE]
        if days:
            tally.first[client] = min([*days, tally.first.get(client, days[0])])
            if standing(group, sessions, client, words).is_complete:
                tally.completed.add(client)


def _rate(tallies: Iterable[Tally]) -> None:
    assessed = Assessment.objects.filter(client__in=Attendance.objects.filter(came__in=THERE).values("client"))
    answered: dict[UUID, list[Assessment]] = defaultdict(list)
    for assessment in assessed.select_related("scale").order_by("on", "recorded_at", "id"):
        answered[assessment.client_id].append(assessment)
    tallies = list(tallies)
    for client, assessments in answered.items():
        lines = network_lines(assessments)
        for tally in tallies:
            if client in tally.first:
                tally.changes += _changes(lines, tally.scales, tally.first[client])


def _changes(lines: Lines, scales: Iterable[str], day: date) -> list[float]:
    """One number for a person who was rated before and after, else none."""
    found = [change for scale in scales if (change := _change(lines, scale, day)) is not None]
    return [fmean(found)] if found else []


def _change(lines: Lines, scale: str, day: date) -> float | None:
    for rater in (Rater.MENTOR, Rater.CLIENT):
        line = lines.get((scale, rater))
        change = travelled(line, day) if line else None
        if change is not None:
            return change
    return None


def travelled(line: Line, day: date) -> float | None:
    """Since they were first there; None where there is no rating after that, or none to set it beside."""
    begin = next((point for point in reversed(line.points) if point.on <= day), line.first)
    return line.last.value - begin.value if line.last.on > max(begin.on, day) else None
