"""Calling meetings, their agenda, invitations with a calendar entry, answers, the address for phones."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from halka.accounts.models import User
from halka.common.errors import EditedMeanwhile
from halka.common.icalendar import Method
from network_registry.working_groups.domain import agenda, feeds, meetings, minutes, writing
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.enums import PointState
from network_registry.working_groups.errors import NoSeat, NotConvener, NotNow
from network_registry.working_groups.models import AgendaPoint, Charter, Meeting
from tenants.organisations.directory import forget_hosts
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tests.network_registry.working_groups.conftest import Somebody, details


def calendar_of(message: Any) -> list[str]:
    """Lines of the attached entry, unfolded."""
    (part,) = message.attachments
    assert part.get_content_type() == "text/calendar"
    text = part.get_payload(decode=True).decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def values_of(lines: list[str], name: str) -> list[str]:
    return [line.partition(":")[2] for line in lines if re.match(rf"{name}[:;]", line)]


def test_conveners_alone_call_meetings(group: Charter, ben: Somebody, meeting: Meeting) -> None:
    assert not meeting.is_over
    with inside(ben.ref):
        with pytest.raises(NotConvener):
            meetings.call_meeting(group=group.pk, details=details(), by=ben.by)
        with pytest.raises(NotConvener):
            meetings.invite(meeting=meeting.pk, by=ben.by)


def test_an_invitation_goes_to_everybody_in_their_language(
    group: Charter, meeting: Meeting, ann: Somebody, ben: Somebody, tasks: Any
) -> None:
    User.objects.filter(pk=ben.user.pk).update(language="fa", calendar="jalali")
    with tasks(), inside(ann.ref):
        agenda.add_point(meeting=meeting.pk, details=PointDetails("Interest; rates"), by=ann.by)
        meetings.invite(meeting=meeting.pk, by=ann.by)
    messages = {message.to[0]: message for message in mail.outbox}
    assert messages.keys() == {ann.user.email, ben.user.email}
    own, persian = messages[ann.user.email], messages[ben.user.email]
    assert "Interest; rates" in own.body
    assert f"http://alpha.halka.localhost:8000/working-groups/{group.pk}/meetings/{meeting.pk}/" in own.body
    assert "http://beta.halka.localhost:8000" in persian.body
    lines = calendar_of(persian)
    assert "METHOD:REQUEST" in lines
    assert values_of(lines, "SEQUENCE") == ["0"]
    assert values_of(lines, "UID") == [f"{meeting.pk}@working-groups.halka"]
    assert values_of(lines, "DTSTART") == [meeting.starts_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")]
    assert values_of(lines, "SUMMARY") == ["وام‌ها: First meeting"]
    assert values_of(lines, "DESCRIPTION") == ["Interest\\; rates"]
    assert values_of(lines, "LOCATION") == ["Room 1 · https://meet.example/1"]
    assert values_of(lines, "ATTENDEE") == [f"mailto:{ben.user.email}"]
    assert values_of(lines, "ORGANIZER") == ["mailto:noreply@halka.localhost"]
    assert 'method="REQUEST"' in persian.message().as_string()


def test_changes_and_the_end_follow_with_a_higher_sequence(
    meeting: Meeting, ann: Somebody, ben: Somebody, tasks: Any
) -> None:
    same = details(**{name: getattr(meeting, name) for name in meetings.TOLD})
    new = replace(same, place="Room 2")
    steps: list[Any] = [
        lambda: meetings.invite(meeting=meeting.pk, by=ann.by),
        lambda: meetings.change_meeting(meeting=meeting.pk, details=same, seen_version=1, by=ann.by),  # tells nobody
        lambda: meetings.change_meeting(meeting=meeting.pk, details=new, seen_version=2, by=ann.by),
        lambda: meetings.invite(meeting=meeting.pk, by=ann.by),
        lambda: meetings.cancel_meeting(meeting=meeting.pk, by=ann.by),
    ]
    for step in steps:
        with tasks(), inside(ann.ref):
            step()
    with inside(ann.ref), pytest.raises(NotNow):
        meetings.cancel_meeting(meeting=meeting.pk, by=ann.by)
    own = [calendar_of(message) for message in mail.outbox if message.to == [ben.user.email]]
    told = [
        (values_of(lines, "SEQUENCE")[0], values_of(lines, "METHOD")[0], values_of(lines, "STATUS")[0]) for lines in own
    ]
    assert told == [
        ("0", "REQUEST", "CONFIRMED"), ("1", "REQUEST", "CONFIRMED"), ("2", "REQUEST", "CONFIRMED"),
        ("3", "CANCEL", "CANCELLED"),
    ]  # fmt: skip
    assert "Room 2" in values_of(own[1], "LOCATION")[0]


def test_nobody_is_told_of_what_they_were_not_invited_to(meeting: Meeting, ann: Somebody, tasks: Any) -> None:
    with tasks(), inside(ann.ref):
        meetings.change_meeting(meeting=meeting.pk, details=details(title="New"), seen_version=1, by=ann.by)
        with pytest.raises(EditedMeanwhile):
            meetings.change_meeting(meeting=meeting.pk, details=details(), seen_version=1, by=ann.by)
        meetings.cancel_meeting(meeting=meeting.pk, by=ann.by)
    assert mail.outbox == []


def test_an_older_message_is_not_sent_after_a_newer_one(meeting: Meeting, ann: Somebody) -> None:
    Meeting.objects.update(sequence=2)
    assert writing.send_invitations(meeting.pk, 1, Method.REQUEST) == 0
    assert writing.send_invitations(meeting.pk, 2, Method.REQUEST) == 1


def test_a_past_meeting_is_not_invited_to(past: Meeting, ann: Somebody) -> None:
    with inside(ann.ref):
        with pytest.raises(NotNow):
            meetings.invite(meeting=past.pk, by=ann.by)
        with pytest.raises(NotNow):
            meetings.answer(meeting=past.pk, reply="yes", by=ann.by)


def test_everybody_answers_for_themselves(meeting: Meeting, ben: Somebody) -> None:
    with inside(ben.ref):
        meetings.answer(meeting=meeting.pk, reply="maybe", by=ben.by)
        meetings.answer(meeting=meeting.pk, reply="no", by=ben.by)
    assert [(row.seat_id, row.reply) for row in meeting.answers.all()] == [(ben.seat, "no")]


def test_points_are_moved_taken_and_left_out(meeting: Meeting, ann: Somebody, ben: Somebody, tasks: Any) -> None:
    with inside(ann.ref):
        one, two = (
            agenda.add_point(meeting=meeting.pk, details=PointDetails(title), by=ann.by) for title in ("One", "Two")
        )
    with tasks(), inside(ben.ref):
        three = agenda.add_point(meeting=meeting.pk, details=PointDetails("Three", "Why", 5), by=ben.by)
        assert three.state == PointState.PROPOSED
        with pytest.raises(NotConvener):
            agenda.change_point(point=one.pk, details=PointDetails("x"), seen_version=1, by=ben.by)
        with pytest.raises(NotConvener):
            agenda.move_point(point=one.pk, step=agenda.DOWN, by=ben.by)
        changed = agenda.change_point(point=three.pk, details=PointDetails("Third"), seen_version=1, by=ben.by)
        with pytest.raises(EditedMeanwhile):
            agenda.change_point(point=three.pk, details=PointDetails("x"), seen_version=1, by=ben.by)
    assert changed.title == "Third"
    assert [message.to for message in mail.outbox] == [[ann.user.email]]
    with inside(ann.ref):
        with pytest.raises(NotNow):
            agenda.move_point(point=three.pk, step=agenda.UP, by=ann.by)
        agenda.decide_point(point=three.pk, is_taken=False, by=ann.by)
        agenda.decide_point(point=three.pk, is_taken=True, by=ann.by)
        with pytest.raises(NotNow):
            agenda.decide_point(point=three.pk, is_taken=False, by=ann.by)
        agenda.move_point(point=three.pk, step=agenda.UP, by=ann.by)
        agenda.move_point(point=one.pk, step=agenda.UP, by=ann.by)
        agenda.move_point(point=two.pk, step=agenda.DOWN, by=ann.by)
        assert [str(row) for row in meeting.points.all()] == ["One", "Third", "Two"]
        agenda.remove_point(point=one.pk, by=ann.by)
        assert meeting.points.count() == 2
    with inside(ben.ref), pytest.raises(NotConvener):
        agenda.remove_point(point=three.pk, by=ben.by)
    assert not agenda.may_change(three, None)


def test_a_proposal_is_taken_back(meeting: Meeting, ann: Somebody, ben: Somebody, tasks: Any) -> None:
    with tasks(), inside(ben.ref):
        point = agenda.add_point(meeting=meeting.pk, details=PointDetails("Three"), by=ben.by)
        agenda.remove_point(point=point.pk, by=ben.by)
    assert mail.outbox == []


def test_what_was_talked_about_stays_on_the_agenda(point: AgendaPoint, ann: Somebody) -> None:
    with inside(ann.ref):
        minutes.write_minutes(point=point.pk, text="x", seen_version=0, by=ann.by)
        with pytest.raises(NotNow):
            agenda.remove_point(point=point.pk, by=ann.by)


def test_an_agenda_is_full_one_day(meeting: Meeting, ann: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "MOST_POINTS", 0)
    with inside(ann.ref), pytest.raises(NotNow):
        agenda.add_point(meeting=meeting.pk, details=PointDetails("x"), by=ann.by)


def test_the_day_of_a_meeting_is_that_of_its_place(meeting: Meeting) -> None:
    meeting.starts_at = meeting.starts_at.astimezone(UTC).replace(hour=23, minute=30)
    assert meeting.day == (meeting.starts_at + timedelta(days=1)).date()


def test_a_phone_follows_ones_meetings(meeting: Meeting, past: Meeting, ann: Somebody, ben: Somebody) -> None:
    with inside(ben.ref):
        first = feeds.make_feed(by=ben.by)
        token = feeds.make_feed(by=ben.by)
        assert feeds.colleague_behind(first) is None
        assert feeds.feed_of(ben.by) is not None
    browser = ben.browser
    browser.logout()
    path = f"/working-groups/calendar/{token}.ics"
    assert "BEGIN:VEVENT" not in browser.get(path).content.decode()  # nobody is invited yet
    with inside(ann.ref):
        meetings.invite(meeting=meeting.pk, by=ann.by)
    answer = browser.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:{meeting.pk}@working-groups.halka" in text
    assert browser.get(f"/working-groups/calendar/{first}.ics").status_code == 404
    with inside(ben.ref):
        feeds.end_feed(by=ben.by)
        feeds.end_feed(by=ben.by)
    assert browser.get(path).status_code == 404


def test_a_phone_is_shown_nothing_of_a_group_that_one_has_left(meeting: Meeting, ann: Somebody) -> None:
    with inside(ann.ref):
        meetings.invite(meeting=meeting.pk, by=ann.by)
        token = feeds.make_feed(by=ann.by)
    path = f"/working-groups/calendar/{token}.ics"
    meeting.group.group.organisations.remove(ann.ref.id)
    assert "VEVENT" not in ann.get(path).content.decode()
    Membership.objects.filter(user=ann.user).update(ended_at=timezone.now())
    assert ann.get(path).status_code == 404


def test_a_phone_is_shown_nothing_of_a_suspended_organisation(ben: Somebody) -> None:
    with inside(ben.ref):
        path = f"/working-groups/calendar/{feeds.make_feed(by=ben.by)}.ics"
    assert ben.get(path).status_code == 200
    Organisation.objects.filter(pk=ben.ref.id).update(state="suspended")
    forget_hosts(ben.ref.id)
    assert ben.get(path).status_code == 404


def test_whoever_has_no_seat_does_nothing(meeting: Meeting, secretary: Somebody, ann: Somebody) -> None:
    with inside(secretary.ref), pytest.raises(NoSeat):
        meetings.answer(meeting=meeting.pk, reply="yes", by=secretary.by)
