"""Sessions, attendance, how far a group is, and certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone, translation

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.models import Client
from tenants.learning.domain import groups, planning, sessions
from tenants.learning.domain.arranging import add_unit, remove_unit
from tenants.learning.domain.attendance import closed_count, lines_of, write_attendance
from tenants.learning.domain.calendar import clashing, todays, week_of
from tenants.learning.domain.certificates import hours, make_certificate
from tenants.learning.domain.contents import content_of
from tenants.learning.domain.standing import places_of, sides_of, standing_of, units_of
from tenants.learning.enums import Came, Progress
from tenants.learning.errors import GroupEnded, HasAttendance, NotComplete, NotYet, SessionCancelled
from tenants.learning.models import AdoptedCurriculum, Group, Participant, PlannedUnit, Session
from tenants.organisations.isolation import inside
from tests.tenants.learning.conftest import unit_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)
FOUR = sessions.Series(first=date(2026, 3, 2), begins=time(14), ends=time(16), times=4, spread=True)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def group(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> Group:
    details = groups.GroupDetails(name="Spring", starts_on=date(2026, 3, 2), facilitator_id=seat.membership_id)
    with inside(alpha):
        return groups.add_group(curriculum=adopted, details=details, by=seat)


@pytest.fixture
def ana(alpha: OrganisationRef, group: Group, seat: Seat) -> Participant:
    return joined(alpha, group, "Ana", seat)


def joined(alpha: OrganisationRef, group: Group, name: str, by: Seat) -> Participant:
    with inside(alpha):
        client = add_client(details=ClientDetails(given_name=name), assigned_to=by.membership_id, by=by)
        return groups.join_group(group=group, client=client, by=by)


def note(session: Session, came: dict[UUID, str], by: Seat) -> Session:
    seen = Session.objects.get(pk=session.pk).attendance_version
    return write_attendance(session=session, came=came, seen_version=seen, by=by)


def test_a_series_keeps_the_hour_over_summer_time(alpha: OrganisationRef, group: Group, seat: Seat) -> None:
    skopje = replace(alpha, time_zone="Europe/Skopje")
    with inside(skopje):
        made = sessions.make_series(group=group, series=replace(FOUR, times=5), by=seat)
        assert [each.starts_at.astimezone(UTC).hour for each in made] == [13, 13, 13, 13, 12]
        assert [each.starts_at.day for each in made] == [2, 9, 16, 23, 30]


def test_units_are_spread_in_order() -> None:
    a, b, c, d, e = (uuid4() for _ in range(5))
    assert sessions.spread([a, b, c, d, e], 2) == [(a, b), (c, d, e)]
    assert sessions.spread([a, b], 3) == [(a,), (a,), (b,)]
    assert sessions.spread([], 2) == [(), ()]


def test_one_session_is_changed_cancelled_and_put_back(
    alpha: OrganisationRef, group: Group, ana: Participant, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        first, second, *_more = sessions.make_series(group=group, series=FOUR, by=seat)
        details = sessions.details_of(first)
        assert sessions.change_session(session=first, details=details, seen_version=1, by=seat).version == 1
        moved = replace(details, room="Kitchen", units=(unit_of(adopted, "ask").pk, uuid4()))
        saved = sessions.change_session(session=first, details=moved, seen_version=1, by=seat)
        assert ([str(unit) for unit in saved.units.all()], saved.place) == (["Ask"], "Kitchen")
        again = replace(sessions.details_of(saved), room="Hall")
        assert sessions.change_session(session=first, details=again, seen_version=2, by=seat).place == "Hall"
        with pytest.raises(EditedMeanwhile):
            sessions.change_session(session=first, details=moved, seen_version=1, by=seat)
        for _time in range(2):
            saved = sessions.cancel_session(session=first, why="Snow.", by=seat)
        assert (saved.cancelled_why, saved.version) == ("Snow.", 4)
        with pytest.raises(SessionCancelled):
            note(first, {ana.client_id: Came.CAME}, seat)
        for _time in range(2):
            saved = sessions.restore_session(session=first, by=seat)
        assert (saved.cancelled_at, saved.version) == (None, 5)
        note(first, {ana.client_id: Came.CAME}, seat)
        with pytest.raises(HasAttendance):
            sessions.cancel_session(session=first, why="", by=seat)
        with pytest.raises(NotYet):
            note(second, {ana.client_id: Came.CAME}, seat)
        groups.end_group(group=group, by=seat)
        for verb in (
            lambda: sessions.make_series(group=group, series=FOUR, by=seat),
            lambda: sessions.add_session(group=group, client=None, details=details, by=seat),
        ):
            with pytest.raises(GroupEnded):
                verb()


def test_attendance_ticks_off_the_units_of_a_plan(
    alpha: OrganisationRef, group: Group, ana: Participant, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    """A unit is begun as long as a later session teaches it too, and then done. What was ticked by hand stays."""
    with inside(alpha):
        client = ana.client
        for key in ("hope", "steps", "talk"):
            planning.add_unit(client=client, unit=unit_of(adopted, key), by=seat)
        hope, steps = unit_of(adopted, "hope").pk, unit_of(adopted, "steps").pk
        first, second = sessions.make_series(group=group, series=replace(FOUR, times=2, spread=False), by=seat)
        for session, units in ((first, (hope, steps)), (second, (hope,))):
            details = replace(sessions.details_of(session), units=units)
            sessions.change_session(session=session, details=details, seen_version=1, by=seat)
        note(first, {client.pk: Came.LATE}, seat)
        assert states(client) == {"Hope": "begun", "Steps": "done", "Talk": "not_begun"}
        with time_machine.travel(LATER, tick=False):
            note(second, {client.pk: Came.ABSENT}, seat)
            assert states(client)["Hope"] == Progress.BEGUN
            note(second, {client.pk: Came.CAME}, seat)
            note(second, {client.pk: ""}, seat)
        assert states(client) == {"Hope": "done", "Steps": "done", "Talk": "not_begun"}
        assert lines_of(second, seat)[0].came == ""


def states(client: Client) -> dict[str, str]:
    return dict(PlannedUnit.objects.filter(client=client).values_list("title", "state"))


def test_a_session_with_one_person_alone_makes_up_for_a_missed_one(
    alpha: OrganisationRef, group: Group, ana: Participant, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        made = sessions.make_series(group=group, series=FOUR, by=seat)
        assert not standing_of(ana).is_complete
        planning.add_unit(client=ana.client, unit=unit_of(adopted, "ask"), by=seat)
        with time_machine.travel(LATER, tick=False):
            for session in made[:2]:
                note(session, {ana.client_id: Came.CAME}, seat)
            assert not standing_of(ana).is_complete
            details = replace(sessions.details_of(made[3]), units=(unit_of(adopted, "ask").pk,))
            alone = sessions.add_session(group=group, client=ana.client, details=details, by=seat)
            note(alone, {ana.client_id: Came.CAME}, seat)
            found = standing_of(ana)
            assert (found.there, found.held, found.is_complete) == (3, 4, True)
            assert found.taught == timedelta(hours=6)
            assert states(ana.client)["Ask"] == Progress.DONE
            assert places_of(ana.client)[0].standing == found
            by_unit = {line.title: (line.sessions, line.held, line.people) for line in units_of(group)}
            assert by_unit == {
                "Hope": (1, 1, 1), "Steps": (1, 1, 1), "Talk": (1, 1, 0), "Listen": (1, 1, 0), "Ask": (1, 1, 1),
            }  # fmt: skip
            assert sum(side["done"] for side in sides_of(units_of(group))) == 5


@pytest.mark.parametrize(
    ("came", "complete"),
    [
        (["came", "late", "came", "absent"], True),
        (["came", "came", "absent", "absent"], False),
        (["came", "came", "excused", "excused"], True),
        (["came", "excused", "excused", "excused"], False),
        (["came", "came", "excused", "absent"], False),
        (["absent", "absent", "absent", "absent"], False),
    ],
)
def test_completion(
    alpha: OrganisationRef, group: Group, ana: Participant, seat: Seat, came: list[str], complete: bool
) -> None:
    with inside(alpha):
        made = sessions.make_series(group=group, series=FOUR, by=seat)
        with time_machine.travel(LATER, tick=False):
            for session, word in zip(made, came, strict=True):
                note(session, {ana.client_id: word}, seat)
            assert standing_of(ana).is_complete is complete


def test_a_colleague_writes_down_only_for_those_whose_records_they_may_open(
    alpha: OrganisationRef, group: Group, ana: Participant, seat: Seat, seat_in: Callable[..., Seat]
) -> None:
    colleague = seat_in(alpha, Role.MENTOR)
    ben = joined(alpha, group, "Ben", colleague)
    with inside(alpha):
        session = sessions.make_series(group=group, series=FOUR, by=seat)[0]
        assert [str(line.client) for line in lines_of(session, seat)] == ["Ana"]
        assert closed_count(session, seat) == 1
        note(session, {ana.client_id: Came.CAME, ben.client_id: Came.ABSENT}, seat)
        assert lines_of(session, colleague)[0].came == ""
        with pytest.raises(EditedMeanwhile):
            write_attendance(session=session, came={}, seen_version=0, by=colleague)
        assert note(session, {}, colleague).attendance_version == 1
        restrict_client(client=ana.client, by=seat)
        assert lines_of(session, seat) == []


def test_a_certificate_for_those_who_completed(
    alpha: OrganisationRef, group: Group, ana: Participant, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        session = sessions.make_series(group=group, series=replace(FOUR, times=1, spread=False), by=seat)[0]
        with pytest.raises(NotComplete):
            make_certificate(participant=ana, by=seat)
        with time_machine.travel(LATER, tick=False):
            note(session, {ana.client_id: Came.CAME}, seat)
            for language in ("en", "fa"):
                with translation.override(language):
                    assert make_certificate(participant=ana, by=seat).startswith(b"%PDF")
            details = replace(sessions.details_of(session), starts_at=LATER - timedelta(days=7), ends_at=LATER)
            more = sessions.add_session(
                group=group, client=None, details=replace(details, units=(unit_of(adopted, "hope").pk,)), by=seat
            )
            note(more, {ana.client_id: Came.CAME}, seat)
            group.facilitator = None
            assert make_certificate(participant=ana, by=seat).startswith(b"%PDF")


def test_hours_are_in_quarters() -> None:
    assert [hours(timedelta(minutes=each)) for each in (120, 90, 50, 600)] == ["2", "1.5", "0.75", "10"]


def test_the_week_and_today(
    alpha: OrganisationRef, group: Group, ana: Participant, seat: Seat, seat_in: Callable[..., Seat]
) -> None:
    other = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        first = sessions.make_series(group=group, series=FOUR, by=seat)[0]
        alone = sessions.add_session(group=None, client=ana.client, details=sessions.details_of(first), by=seat)
        assert alone.place == ""
        assert alone.leader is None
        assert [each.pk for each in todays(seat)] == [first.pk]
        assert todays(other) == []
        assert Session.objects.led_by(None).count() == 0
        week = week_of(timezone.localdate(), seat, only_own=False)
        assert [len(day["sessions"]) for day in week] == [2, 0, 0, 0, 0, 0, 0]
        week = week_of(date(2026, 3, 8), other, only_own=False)
        assert [each.pk for each in week[0]["sessions"]] == [first.pk]


def test_a_room_or_a_facilitator_is_not_in_two_places(
    alpha: OrganisationRef, group: Group, adopted: AdoptedCurriculum, seat: Seat, seat_in: Callable[..., Seat]
) -> None:
    other = seat_in(alpha, Role.MENTOR)
    details = groups.GroupDetails(name="Summer", starts_on=date(2026, 3, 2), facilitator_id=other.membership_id)
    with inside(alpha):
        made = sessions.make_series(group=group, series=replace(FOUR, room="Hall"), by=seat)
        assert clashing(made) == []
        second = groups.add_group(curriculum=adopted, details=details, by=seat)
        late = replace(FOUR, begins=time(16), ends=time(17), room="Hall")
        assert clashing(sessions.make_series(group=second, series=late, by=seat)) == []
        half = replace(FOUR, begins=time(15), ends=time(16), times=1)
        assert clashing(sessions.make_series(group=second, series=half, by=seat)) == []
        for twice in (replace(half, room="Hall"), replace(half, facilitator_id=seat.membership_id)):
            found = sessions.make_series(group=second, series=twice, by=seat)
            assert clashing(found) == found
            sessions.cancel_session(session=found[0], why="", by=seat)
            assert clashing(found) == []


def test_what_was_taught_stays_when_the_unit_goes(
    alpha: OrganisationRef, group: Group, adopted: AdoptedCurriculum, ana: Participant, seat: Seat
) -> None:
    with inside(alpha):
        hope = unit_of(adopted, "hope")
        own = add_unit(module=hope.module, content=content_of(hope) | {"title": "Fishing"}, by=seat)
        session = sessions.make_series(group=group, series=replace(FOUR, times=1, spread=False), by=seat)[0]
        details = replace(sessions.details_of(session), units=(own.pk,))
        sessions.change_session(session=session, details=details, seen_version=1, by=seat)
        remove_unit(unit=own, by=seat)
        assert [str(unit) for unit in session.units.all()] == ["Fishing"]
        note(session, {ana.client_id: Came.CAME}, seat)
        assert sessions.details_of(Session.objects.get(pk=session.pk)).units == ()
