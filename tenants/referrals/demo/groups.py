"""Groups of the demo: one that meets today, one that has ended, who came to them, and what the network learns of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from halka.authorization.roles import Seat
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.models import Client
from tenants.learning.domain import attendance, groups, sessions
from tenants.learning.domain.evidence import renew_evidence
from tenants.learning.enums import Came
from tenants.learning.models import AdoptedCurriculum, Group, Session

WORDS: Final = (Came.CAME, Came.CAME, Came.LATE, Came.CAME, Came.EXCUSED, Came.CAME, Came.CAME, Came.ABSENT)


@dataclass(frozen=True)
class DemoGroups:
    """What the groups of an organisation are called, in its own language."""

    by: str
    running: str
    ended: str
    room: str
    reason: str


GROUPS: Final = {
    "mentors": DemoGroups(
        "lumnije", "Grupi i pranverës", "Grupi i vjeshtës", "Salla e madhe, kati i parë", "Bora ka zënë rrugën."
    ),
    "pogum": DemoGroups("mojca", "Pomladna skupina", "Jesenska skupina", "Velika soba, pritličje", "Zapadel je sneg."),
    "peyvand": DemoGroups("narges", "گروه بهار", "گروه پاییز", "اتاق آبی، طبقهٔ همکف", "تعطیل رسمی است."),
}


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of an organisation that has adopted a curriculum."""
    words = GROUPS[short_name]
    by, today = seats[words.by], timezone.localdate()
    curriculum = AdoptedCurriculum.objects.taught()[0]
    people = list(Client.objects.present().reachable_by(by).order_by("sort_key", "id")[:9])
    ended = _group(curriculum, words.ended, words.room, days_ago=150, places=None, by=by)
    _join(ended, people, by)
    for number, session in enumerate(_series(ended, times=6, by=by)):
        _note(session, {client.pk: _came(number, place) for place, client in enumerate(people)}, by)
    _rate([client for client in people if not client.assessments.exists()], ended, by)
    groups.end_group(group=ended, by=by)
    running = _group(curriculum, words.running, words.room, days_ago=35, places=6, by=by)
    _join(running, people[2:], by)
    made = _series(running, times=10, by=by)
    sessions.cancel_session(session=made[2], why=words.reason, by=by)
    for number, session in enumerate(made[:5]):
        if number != 2:
            lines = attendance.lines_of(session, by)
            came = {line.client.pk: WORDS[(number + 3 * place) % len(WORDS)] for place, line in enumerate(lines)}
            _note(session, {key: word.value for key, word in came.items()}, by)
    alone = sessions.SessionDetails(
        starts_at=sessions.moment(today, time(9)),
        ends_at=sessions.moment(today, time(9, 45)),
        facilitator_id=by.membership_id,
    )
    sessions.add_session(group=running, client=people[2], details=alone, by=by)
    renew_evidence()


def _came(number: int, place: int) -> str:
    """Of the group that has ended: everybody completed it but one."""
    missed = (place == 4 and number > 2) or (number + 2 * place) % 9 == 0
    return Came.ABSENT if missed else Came.CAME


def _rate(people: list[Client], group: Group, by: Seat) -> None:
    """Before and after; most have come some way."""
    scale = next(scale for scale in scales_in_use() if scale.standard == "short")
    for place, client in enumerate(people):
        for days, further in ((-2, 0), (110, place % 3)):
            answers = {
                item["key"]: 1 + number % 2 + further if item["rising"] else 3 - number % 2 - min(1, further)
                for number, item in enumerate(scale.items)
            }
            on = group.starts_on + timedelta(days=days)
            record_assessment(client=client, scale=scale, rater=Rater.MENTOR, answers=answers, on=on, by=by)


def _group(
    curriculum: AdoptedCurriculum, name: str, room: str, *, days_ago: int, places: int | None, by: Seat
) -> Group:
    details = groups.GroupDetails(
        name=name,
        starts_on=timezone.localdate() - timedelta(days=days_ago),
        facilitator_id=by.membership_id,
        room=room,
        places=places,
    )
    return groups.add_group(curriculum=curriculum, details=details, by=by)


def _join(group: Group, people: list[Client], by: Seat) -> None:
    for client in people:
        groups.join_group(group=group, client=client, by=by)


def _series(group: Group, *, times: int, by: Seat) -> list[Session]:
    series = sessions.Series(first=group.starts_on, begins=time(14), ends=time(16), times=times, spread=True)
    return sessions.make_series(group=group, series=series, by=by)


def _note(session: Session, came: Mapping[UUID, str], by: Seat) -> None:
    attendance.write_attendance(session=session, came=came, seen_version=0, by=by)
