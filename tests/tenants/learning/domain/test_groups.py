from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.domain.merging import Kept, MergeImpossible, merge_clients
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.models import Client
from tenants.learning.domain import groups, sessions
from tenants.learning.domain.adopting import end_adoption
from tenants.learning.domain.attendance import write_attendance
from tenants.learning.enums import Came, Place
from tenants.learning.errors import CurriculumEnded, GroupEnded, InGroupAlready
from tenants.learning.models import AdoptedCurriculum, Attendance, Group, Participant, Session
from tenants.organisations.isolation import inside

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
Person = Callable[[str], Client]


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def group(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> Group:
    """With two places."""
    details = groups.GroupDetails(
        name="Spring", starts_on=date(2026, 3, 2), places=2, facilitator_id=seat.membership_id
    )
    with inside(alpha):
        return groups.add_group(curriculum=adopted, details=details, by=seat)


@pytest.fixture
def person(alpha: OrganisationRef, seat: Seat) -> Person:
    return lambda name: add_client(details=ClientDetails(given_name=name), assigned_to=seat.membership_id, by=seat)


def places(group: Group) -> dict[str, str]:
    rows = Participant.objects.filter(group=group).select_related("client")
    return {row.client.given_name: row.state for row in rows}


def one_session(group: Group, by: Seat) -> Session:
    series = sessions.Series(first=date(2026, 3, 2), begins=time(8), ends=time(10), times=1)
    return sessions.make_series(group=group, series=series, by=by)[0]


def test_who_comes_after_the_last_place_waits_and_moves_up(
    alpha: OrganisationRef, group: Group, seat: Seat, person: Person
) -> None:
    with inside(alpha):
        rows = [groups.join_group(group=group, client=person(name), by=seat) for name in ("Ana", "Ben", "Cid", "Dea")]
        assert places(group) == {"Ana": "enrolled", "Ben": "enrolled", "Cid": "waiting", "Dea": "waiting"}
        with pytest.raises(InGroupAlready):
            groups.join_group(group=group, client=rows[2].client, by=seat)
        for _twice in range(2):
            groups.leave_group(participant=rows[0], by=seat)
        assert places(group) == {"Ben": "enrolled", "Cid": "enrolled", "Dea": "waiting"}
        more = replace(details_of(group), places=None)
        groups.change_group(group=group, details=more, seen_version=1, by=seat)
        assert places(group)["Dea"] == Place.ENROLLED
        assert Entry.objects.filter(action="group.moved_up").count() == 2


def details_of(group: Group) -> groups.GroupDetails:
    return groups.GroupDetails(**{name: getattr(group, name) for name in groups.DETAILS})


def test_whoever_was_there_leaves_a_trace_and_may_come_back(
    alpha: OrganisationRef, group: Group, seat: Seat, person: Person
) -> None:
    with inside(alpha):
        row = groups.join_group(group=group, client=person("Ana"), by=seat)
        session = one_session(group, seat)
        write_attendance(session=session, came={row.client_id: Came.CAME}, seen_version=0, by=seat)
        groups.leave_group(participant=row, by=seat)
        groups.leave_group(participant=row, by=seat)
        assert places(group) == {"Ana": "left"}
        back = groups.join_group(group=group, client=row.client, by=seat)
        assert (back.pk, back.state, back.left_on) == (row.pk, Place.ENROLLED, None)


def test_an_ended_group_takes_nobody_until_it_is_taken_up_again(
    alpha: OrganisationRef, group: Group, seat: Seat, person: Person
) -> None:
    with inside(alpha):
        waiting = [groups.join_group(group=group, client=person(name), by=seat) for name in ("Ana", "Ben", "Cid")]
        groups.end_group(group=group, by=seat)
        groups.end_group(group=group, by=seat)
        with pytest.raises(GroupEnded):
            groups.join_group(group=group, client=person("Dea"), by=seat)
        groups.leave_group(participant=waiting[0], by=seat)
        assert places(group)["Cid"] == Place.WAITING
        groups.reopen_group(group=group, by=seat)
        groups.reopen_group(group=group, by=seat)
        assert Group.objects.running().count() == 1


def test_a_group_is_changed_by_one_at_a_time(alpha: OrganisationRef, group: Group, seat: Seat) -> None:
    with inside(alpha):
        same = groups.change_group(group=group, details=details_of(group), seen_version=1, by=seat)
        assert same.version == 1
        named = replace(details_of(group), name="Summer")
        assert groups.change_group(group=group, details=named, seen_version=1, by=seat).version == 2
        with pytest.raises(EditedMeanwhile):
            groups.change_group(group=group, details=named, seen_version=1, by=seat)


def test_there_is_no_new_group_of_what_is_no_longer_taught(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, group: Group, seat: Seat
) -> None:
    with inside(alpha):
        end_adoption(curriculum=adopted, by=seat)
        adopted.refresh_from_db()
        with pytest.raises(CurriculumEnded):
            groups.add_group(curriculum=adopted, details=details_of(group), by=seat)


def test_a_restricted_record_holds_no_place(alpha: OrganisationRef, group: Group, seat: Seat, person: Person) -> None:
    with inside(alpha):
        rows = [groups.join_group(group=group, client=person(name), by=seat) for name in ("Ana", "Ben")]
        restrict_client(client=rows[0].client, by=seat)
        assert groups.taken(group) == 1
        assert groups.has_room(group)


def test_erasing_takes_places_own_sessions_and_attendance_along(
    alpha: OrganisationRef, group: Group, seat: Seat, person: Person
) -> None:
    with inside(alpha):
        row, other = (groups.join_group(group=group, client=person(name), by=seat) for name in ("Ana", "Ben"))
        common = one_session(group, seat)
        came = {row.client_id: Came.CAME, other.client_id: Came.LATE}
        write_attendance(session=common, came=came, seen_version=0, by=seat)
        details = replace(sessions.details_of(common), units=())
        own = sessions.add_session(group=group, client=row.client, details=details, by=seat)
        rows = rows_about(row.client)
        assert rows[Session] == {own.pk}
        assert {Participant, Attendance} < set(rows)
        erase_client(client=row.client, reason="asked", by=seat)
        assert list(Session.objects.values_list("pk", flat=True)) == [common.pk]
        assert [each.client_id for each in Attendance.objects.all()] == [other.client_id]
        assert places(group) == {"Ben": "enrolled"}


def test_two_records_in_the_same_group_are_merged_once_one_is_taken_out(
    alpha: OrganisationRef, group: Group, seat: Seat, person: Person
) -> None:
    with inside(alpha):
        ana, anna = person("Ana"), person("Anna")
        groups.join_group(group=group, client=ana, by=seat)
        twice = groups.join_group(group=group, client=anna, by=seat)
        result = Kept(ClientDetails(given_name="Ana"), seat.membership_id)
        with pytest.raises(MergeImpossible, match="in the same group"):
            merge_clients(keep=ana, absorb=anna, result=result, seen_versions=(1, 1), by=seat)
        session = one_session(group, seat)
        write_attendance(session=session, came={anna.pk: Came.LATE}, seen_version=0, by=seat)
        write_attendance(session=session, came={anna.pk: ""}, seen_version=1, by=seat)
        groups.leave_group(participant=twice, by=seat)
        merge_clients(keep=ana, absorb=anna, result=result, seen_versions=(1, 1), by=seat)
        assert places(group) == {"Ana": "enrolled"}
