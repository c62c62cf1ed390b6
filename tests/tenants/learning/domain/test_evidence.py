"""What leaves for the network: figures about five people or more, of one's own organisation alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from knowledge_base.models import Curriculum, Evidence, PublishedVersion
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.distance import Line, Point
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.models import Client
from tenants.learning import tasks
from tenants.learning.domain import groups, sessions
from tenants.learning.domain.adopting import adopt_curriculum, move_on
from tenants.learning.domain.arranging import add_unit
from tenants.learning.domain.attendance import write_attendance
from tenants.learning.domain.contents import content_of
from tenants.learning.domain.evidence import in_fives, ours, renew_evidence, renew_now, travelled
from tenants.learning.enums import Came
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit, Session
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.tenants.learning.conftest import publish_next, rewrite, unit_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)
FOUR = sessions.Series(first=date(2026, 3, 2), begins=time(14), ends=time(16), times=4, spread=True)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def taught(curriculum: AdoptedCurriculum, by: Seat, people: int) -> list[Client]:
    """A group that was held: everybody but the last one came to all, who came once. Inside of an organisation."""
    details = groups.GroupDetails(name="Spring", starts_on=date(2026, 3, 2))
    group = groups.add_group(curriculum=curriculum, details=details, by=by)
    clients = []
    for number in range(people):
        client = add_client(details=ClientDetails(given_name=f"P{number}"), assigned_to=by.membership_id, by=by)
        groups.join_group(group=group, client=client, by=by)
        clients.append(client)
    with time_machine.travel(LATER, tick=False):
        for number, session in enumerate(sessions.make_series(group=group, series=FOUR, by=by)):
            came = {client.pk: Came.CAME for client in (clients if number == 0 else clients[:-1])}
            write_attendance(session=session, came=came, seen_version=0, by=by)
    return clients


def rate(client: Client, on: date, by: Seat, rater: str = "mentor", **answers: int) -> None:
    scale = next(scale for scale in scales_in_use() if scale.standard == "short")
    with time_machine.travel(LATER, tick=False):
        record_assessment(client=client, scale=scale, rater=rater, answers=answers, on=on, by=by)


def figures() -> dict[str, tuple[Any, ...]]:
    rows = ours().values_list("unit", "groups", "people", "completed", "rated", "distance")
    return {unit: tuple(rest) for unit, *rest in rows}


def computed() -> dict[str, tuple[Any, ...]]:
    with time_machine.travel(LATER, tick=False):
        renew_evidence()
    return figures()


def test_a_group_in_figures(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        AdoptedUnit.objects.filter(key="talk").update(scale_item="talk")
        clients = taught(adopted, seat, people=8)
        for client in clients[:6]:
            rate(client, date(2026, 3, 1), seat, hope=1, talk=2)
            rate(client, date(2026, 5, 1), seat, hope=3)
            rate(client, date(2026, 3, 5), seat, "client", talk=0, hope=0)
            rate(client, date(2026, 5, 1), seat, "client", talk=1)
        rate(clients[6], date(2026, 3, 1), seat, worry=1)
        whole = (1, 10, 5, 5, 50)
        assert computed() == {
            "": whole, "hope": (1, 10, 10, 5, 50), "steps": (1, 5, 5, 5, 50), "talk": (1, 5, 5, 5, 25),
            "listen": (1, 5, 5, 5, 50), "ask": (1, 5, 5, 5, 50),
        }  # fmt: skip
        assert {row.version_id for row in ours()} == {adopted.base}


def test_fewer_than_five_do_not_leave(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    adopted: AdoptedCurriculum,
    standard: Curriculum,
    seat: Seat,
    seat_in: Callable[..., Seat],
) -> None:
    other = seat_in(beta, Role.MENTOR)
    with inside(beta):
        theirs = adopt_curriculum(version=PublishedVersion.objects.get(curriculum=standard.pk), by=other)
        for client in taught(theirs, other, people=4):
            rate(client, date(2026, 3, 1), other, hope=1)
            rate(client, date(2026, 5, 1), other, hope=4)
        assert set(computed().values()) == {(1, None, None, None, None)}
    with inside(alpha):
        assert Evidence.objects.count() == 0
        clients = taught(adopted, seat, people=5)
        assert computed()[""] == (1, 5, None, None, None)
        restrict_client(client=clients[0], by=seat)
        assert computed()[""] == (1, None, None, None, None)
        assert {row.organisation_id for row in Evidence.objects.all()} == {alpha.id}
    assert {row.organisation_id for row in Evidence.objects.all()} == {alpha.id, beta.id}


def test_each_group_counts_for_the_version_it_began_with(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, standard: Curriculum, seat: Seat
) -> None:
    with inside(alpha):
        taught(adopted, seat, people=5)
    newer = publish_next(standard, rewrite("hope", guide="Wait for an answer."))
    with inside(alpha):
        before = adopted.base
        move_on(adopted, PublishedVersion.objects.get(pk=newer.pk), seat)
        taught(adopted, seat, people=8)
        computed()
        people = dict(ours().filter(unit="").values_list("version", "people"))
    assert people == {before: 5, newer.pk: 10}


def test_what_is_our_own_or_was_not_held_is_not_told(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        hope = unit_of(adopted, "hope")
        own = add_unit(module=hope.module, content=content_of(hope) | {"title": "Fishing"}, by=seat)
        details = groups.GroupDetails(name="Spring", starts_on=date(2026, 3, 2))
        group = groups.add_group(curriculum=adopted, details=details, by=seat)
        sessions.make_series(group=group, series=FOUR, by=seat)
        assert renew_evidence() == 0
        assert own.key in {row.unit.key for each in Session.objects.all() for row in each.units.all()}
        assert set(computed()) == {"", "hope", "steps", "talk", "listen", "ask"}
        Session.objects.all().delete()
        with time_machine.travel(LATER + timedelta(days=1), tick=False):
            assert renew_evidence() == 0
        assert figures() == {}


def test_computing_anew_says_who_asked(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        taught(adopted, seat, people=5)
        with time_machine.travel(LATER, tick=True):
            for _twice in range(2):
                renew_now(curriculum=adopted, by=seat)
        assert len(figures()) == 6
        assert Entry.objects.filter(action="evidence.renewed").count() == 2


def test_every_organisation_is_asked_at_night(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        taught(adopted, seat, people=5)
    with time_machine.travel(LATER, tick=False):
        assert tasks.renew_everywhere() == Organisation.objects.count()
    assert Evidence.objects.filter(organisation=alpha.id).count() == 6


def test_people_are_counted_in_fives() -> None:
    assert [in_fives(count) for count in (0, 4, 5, 7, 8, 12, 13)] == [None, None, 5, 5, 10, 10, 15]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(1, 20), (20, 70)], 50),
        ([(1, 20), (5, 30), (20, 70)], 40),
        ([(12, 20), (20, 70)], 50),
        ([(1, 20), (5, 70)], None),
        ([(12, 20)], None),
    ],
)
def test_from_before_they_were_there_to_the_newest(points: list[tuple[int, float]], expected: float | None) -> None:
    line = Line("mentor", tuple(Point(date(2026, 3, day), value) for day, value in points))
    assert travelled(line, date(2026, 3, 10)) == expected
