"""How far a group has come: each person, each unit, each side of life. Computed, never kept: what is corrected counts.

A person has completed a group when

1. no session of the group is still to come, and at least one was held;
2. they were there (also late) at the group's share of the sessions held, three quarters unless the group says
   otherwise. A session alone with the facilitator, within the group, makes up for one that was missed;
3. sessions that they were excused from are not asked of them, but they were there at half of all.

A session was held when it is over and stands, whether or not attendance was written down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from halka.common.choices import Dimension
from tenants.caseloads.models import Client
from tenants.learning.enums import THERE, Came, Place
from tenants.learning.models import Attendance, Group, Participant, Session, SessionUnit


@dataclass(frozen=True)
class Standing:
    """One person in a group."""

    held: int
    there: int
    excused: int
    is_complete: bool
    taught: timedelta  # how long they were taught


@dataclass(frozen=True)
class UnitLine:
    """One unit: sessions that teach it, how many of them were held, and who was there for it at least once."""

    title: str
    dimension: str
    sessions: int
    held: int
    people: int

    @property
    def is_taught(self) -> bool:
        return 0 < self.sessions == self.held


def sessions_of(group: Group) -> list[Session]:
    """Those that stand, with people's own. One query."""
    return list(group.sessions.standing())


def standings(group: Group, sessions: list[Session] | None = None) -> dict[UUID, Standing]:
    """Key of the client -> how far they are. One query beside the sessions."""
    sessions = sessions_of(group) if sessions is None else sessions
    rows: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for client, session, came in Attendance.objects.filter(session__in=[each.pk for each in sessions]).values_list(
        "client", "session", "came"
    ):
        rows[client][session] = came
    clients = group.participants.values_list("client", flat=True)
    return {client: standing(group, sessions, client, rows[client]) for client in clients}


def standing_of(participant: Participant) -> Standing:
    return standings(participant.group)[participant.client_id]


def places_of(client: Client) -> list[Any]:
    """The person's groups, the newest first, each with `standing`. Three queries, however many there are."""
    places: list[Any] = list(client.learning_groups.select_related("group").order_by("-group__starts_on", "-id"))
    sessions = Session.objects.standing().filter(group__in=[place.group_id for place in places])
    by_group: dict[Any, list[Session]] = defaultdict(list)
    for session in sessions:
        by_group[session.group_id].append(session)
    came = dict(client.learning_attendance.values_list("session", "came"))
    for place in places:
        place.standing = standing(place.group, by_group[place.group_id], client.pk, came)
    return places


def standing(group: Group, sessions: Iterable[Session], client: UUID, came: dict[UUID, str]) -> Standing:
    """By the rule above."""
    common = [each for each in sessions if each.client_id is None]
    held = [each for each in common if each.is_over]
    alone = [each for each in sessions if each.client_id == client and came.get(each.pk) in THERE]
    attended = [each for each in common if came.get(each.pk) in THERE]
    excused = sum(came.get(each.pk) == Came.EXCUSED for each in held)
    there = min(len(held), len(attended) + len(alone))
    asked = len(held) - min(excused, len(held) - there)
    is_complete = (
        bool(held) and len(held) == len(common) and there * 100 >= asked * group.share and there * 2 >= len(held)
    )
    taught = sum((each.ends_at - each.starts_at for each in [*attended, *alone]), timedelta())
    return Standing(len(held), there, excused, is_complete, taught)


def units_of(group: Group) -> list[UnitLine]:
    """What the curriculum teaches, in order, with what of it has happened here. Four queries."""
    now = timezone.now()
    counted: Counter[UUID] = Counter()
    held: Counter[UUID] = Counter()
    taught_in: dict[UUID, set[UUID]] = defaultdict(set)
    rows = SessionUnit.objects.filter(session__group=group, session__cancelled_at=None, unit__isnull=False)
    for unit, session, ends_at, client in rows.values_list("unit", "session", "session__ends_at", "session__client"):
        taught_in[unit].add(session)
        if client is None:
            counted[unit] += 1
            held[unit] += ends_at <= now
    people: dict[UUID, set[UUID]] = defaultdict(set)
    present = Attendance.objects.filter(session__group=group, came__in=THERE, client__restricted_at=None)
    for session, client in present.values_list("session", "client"):
        people[session].add(client)
    units = group.curriculum.units.taught().in_order().select_related("module").short()
    return [
        UnitLine(
            unit.title,
            unit.module.dimension,
            counted[unit.pk],
            held[unit.pk],
            len(set().union(*(people[session] for session in taught_in[unit.pk]))),
        )
        for unit in units
    ]


def sides_of(lines: list[UnitLine]) -> list[dict[str, Any]]:
    """How many units of each side of life were taught."""
    sides = []
    for dimension in Dimension:
        own = [line for line in lines if line.dimension == dimension]
        if own:
            sides.append({"label": dimension.label, "done": sum(line.is_taught for line in own), "all": len(own)})
    return sides


def counted(group: Group) -> dict[str, int]:
    """People of each state, whoever may open them."""
    rows = group.participants.present().values_list("state", flat=True).order_by()
    found = Counter(rows)
    return {place.value: found[place.value] for place in Place}
