"""Minutes: written by any member, approved by a convener, frozen for everybody from then on."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain import agenda, decisions, meetings, minutes
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.domain.decisions import DecisionDetails
from network_registry.working_groups.enums import PointState
from network_registry.working_groups.errors import Frozen, NotConvener, NotNow
from network_registry.working_groups.models import AgendaPoint, Attendance, Decision, Meeting, Minutes, MinutesNote
from tenants.organisations.isolation import inside
from tests.network_registry.working_groups.conftest import Somebody, details


def test_a_member_writes_and_a_convener_approves(
    past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody
) -> None:
    with inside(ben.ref):
        made = minutes.write_minutes(point=point.pk, text="Two per cent.", seen_version=0, by=ben.by)
        assert (made.text, made.version, made.by_id) == ("Two per cent.", 1, ben.seat)
        with pytest.raises(NotConvener):
            minutes.approve(meeting=past.pk, by=ben.by)
    with inside(ann.ref):
        with pytest.raises(EditedMeanwhile):
            minutes.write_minutes(point=point.pk, text="Three.", seen_version=0, by=ann.by)
        minutes.write_minutes(point=point.pk, text="Three.", seen_version=1, by=ann.by)
        minutes.approve(meeting=past.pk, by=ann.by)
    past.refresh_from_db()
    assert past.is_frozen
    assert past.approved_by_id == ann.seat


def test_nothing_is_approved_too_early(meeting: Meeting, past: Meeting, point: AgendaPoint, ann: Somebody) -> None:
    with inside(ann.ref):
        with pytest.raises(NotNow):
            minutes.approve(meeting=meeting.pk, by=ann.by)
        with pytest.raises(NotNow, match="Nobody"):
            minutes.approve(meeting=past.pk, by=ann.by)
        ahead = agenda.add_point(meeting=meeting.pk, details=PointDetails("Later"), by=ann.by)
        with pytest.raises(NotNow):
            minutes.write_minutes(point=ahead.pk, text="x", seen_version=0, by=ann.by)
        with pytest.raises(NotNow):
            minutes.add_note(meeting=past.pk, text="x", by=ann.by)


def test_a_proposal_has_no_minutes(past: Meeting, ben: Somebody) -> None:
    with inside(ben.ref):
        proposed = agenda.add_point(meeting=past.pk, details=PointDetails("Other"), by=ben.by)
        with pytest.raises(NotNow):
            minutes.write_minutes(point=proposed.pk, text="x", seen_version=0, by=ben.by)
        with pytest.raises(NotNow):
            decisions.decide(point=proposed.pk, details=DecisionDetails("x"), by=ben.by)


def test_attendance_is_marked_and_taken_away(past: Meeting, ann: Somebody, ben: Somebody) -> None:
    assert ann.seat
    assert ben.seat
    with inside(ben.ref):
        minutes.note_attendance(meeting=past.pk, presences={ann.seat: "present", ben.seat: "excused"}, by=ben.by)
        minutes.note_attendance(meeting=past.pk, presences={ben.seat: "", past.pk: "present"}, by=ben.by)
        minutes.note_attendance(meeting=past.pk, presences={ann.seat: "absent"}, by=ben.by)
    assert list(Attendance.objects.values_list("seat", "presence")) == [(ann.seat, "absent")]


def test_what_is_approved_is_frozen_for_the_verbs(approved: Meeting, point: AgendaPoint, ann: Somebody) -> None:
    acts: list[Any] = [
        lambda: minutes.write_minutes(point=point.pk, text="x", seen_version=1, by=ann.by),
        lambda: minutes.note_attendance(meeting=approved.pk, presences={}, by=ann.by),
        lambda: minutes.approve(meeting=approved.pk, by=ann.by),
        lambda: agenda.add_point(meeting=approved.pk, details=PointDetails("x"), by=ann.by),
        lambda: agenda.change_point(point=point.pk, details=PointDetails("x"), seen_version=1, by=ann.by),
        lambda: agenda.remove_point(point=point.pk, by=ann.by),
        lambda: agenda.move_point(point=point.pk, step=agenda.UP, by=ann.by),
        lambda: decisions.decide(point=point.pk, details=DecisionDetails("x"), by=ann.by),
        lambda: meetings.change_meeting(meeting=approved.pk, details=details(), seen_version=2, by=ann.by),
        lambda: meetings.cancel_meeting(meeting=approved.pk, by=ann.by),
    ]
    for act in acts:
        with inside(ann.ref), pytest.raises(Frozen):
            act()


def test_a_correction_is_added_and_never_changed(approved: Meeting, ann: Somebody, ben: Somebody) -> None:
    with inside(ben.ref):
        note = minutes.add_note(meeting=approved.pk, text="It was two per cent.", by=ben.by)
    assert note.by_id == ben.seat
    for who in (ann, ben):
        with inside(who.ref):
            assert MinutesNote.objects.count() == 1
            for change in (
                "UPDATE working_groups_minutesnote SET text = 'x'",
                "DELETE FROM working_groups_minutesnote",
            ):
                assert not _runs(change)
    assert not _runs("UPDATE working_groups_minutesnote SET text = 'x'")


def _runs(statement: str, *values: Any) -> bool:
    """Whether it is let through and finds a row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return bool(cursor.rowcount > 0)
    except DatabaseError:
        return False


FROZEN = [
    "UPDATE working_groups_meeting SET title = 'x'",
    "UPDATE working_groups_meeting SET approved_at = NULL, approved_by_id = NULL",
    "UPDATE working_groups_agendapoint SET title = 'x'",
    "DELETE FROM working_groups_agendapoint",
    "UPDATE working_groups_minutes SET text = 'x'",
    "UPDATE working_groups_attendance SET presence = 'absent'",
    "UPDATE working_groups_decision SET text = 'x'",
    "DELETE FROM working_groups_decision",
    "DELETE FROM working_groups_attendance",
]


def test_the_database_freezes_too(past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    """Nobody's SQL changes what was approved, the network's own least of all; what became of a decision goes on."""
    assert ann.seat
    with inside(ann.ref):
        minutes.write_minutes(point=point.pk, text="We talked.", seen_version=0, by=ann.by)
        minutes.note_attendance(meeting=past.pk, presences={ann.seat: "present"}, by=ann.by)
        decisions.decide(point=point.pk, details=DecisionDetails("Two per cent"), by=ann.by)
        for statement in FROZEN[2:]:  # all of it can be written before
            with transaction.atomic():
                point_of_return = transaction.savepoint()
                if "agendapoint" not in statement or "DELETE" not in statement:
                    assert _runs(statement), statement
                transaction.savepoint_rollback(point_of_return)
        minutes.approve(meeting=past.pk, by=ann.by)
    insert = "INSERT INTO working_groups_attendance (id, meeting_id, seat_id, presence) VALUES (%s, %s, %s, 'present')"
    for who in (ann, ben):
        with inside(who.ref):
            assert [statement for statement in FROZEN if _runs(statement)] == []
            assert not _runs(insert, str(past.group_id), str(past.pk), str(ben.seat))
            assert _runs("UPDATE working_groups_decision SET state = 'done', note = 'x'")
    changes = [statement for statement in FROZEN if statement.startswith("UPDATE")]
    assert [statement for statement in changes if _runs(statement)] == []
    assert Minutes.objects.get().text == "We talked."


def test_the_network_removes_a_group_whole(approved: Meeting, point: AgendaPoint) -> None:
    Meeting.objects.filter(pk=approved.pk).delete()
    assert not AgendaPoint.objects.filter(pk=point.pk).exists()


def test_a_note_needs_approved_minutes_in_the_database_too(past: Meeting, ann: Somebody) -> None:
    with inside(ann.ref), pytest.raises(DatabaseError), transaction.atomic():
        MinutesNote.objects.create(meeting=past, text="x", by_id=ann.seat)


def test_a_cancelled_meeting_has_no_minutes(past: Meeting, point: AgendaPoint, ann: Somebody) -> None:
    with inside(ann.ref):
        meetings.cancel_meeting(meeting=past.pk, by=ann.by)
        with pytest.raises(NotNow):
            minutes.write_minutes(point=point.pk, text="x", seen_version=0, by=ann.by)
        with pytest.raises(NotNow):
            agenda.add_point(meeting=past.pk, details=PointDetails("x"), by=ann.by)
    assert AgendaPoint.objects.get().state == PointState.ON
    assert not Decision.objects.exists()
