"""RFC 5545 as programs read it: what is escaped, what is folded, what is sent to whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from halka.common.icalendar import OCTETS, Event, Method, Person, calendar, escaped, folded

AT = datetime(2026, 11, 3, 12, 0, tzinfo=timezone(timedelta(hours=3, minutes=30)))
NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def test_long_lines_are_folded_between_letters() -> None:
    line = "SUMMARY:" + "گروه آموزش مهارت‌های شغلی، دوره " * 6
    parts = list(folded(line))
    assert all(len(part.encode()) <= OCTETS for part in parts)
    assert len(parts) > 1
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])


def test_what_means_something_to_programs_is_escaped() -> None:
    assert escaped("a;b,c\\d\r\ne") == "a\\;b\\,c\\\\d\\ne"


def test_a_feed_says_what_it_is_called_and_no_more_than_is_known() -> None:
    text = calendar(
        [Event("1@a.example", 2, AT, AT + timedelta(hours=1), "Plain")],
        method=Method.PUBLISH, product="Test", stamped=NOW, name="Mine; all",
    )  # fmt: skip
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert "METHOD:PUBLISH" in lines
    assert "X-WR-CALNAME:Mine\\; all" in lines
    assert lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")] == [
        "BEGIN:VEVENT", "UID:1@a.example", "DTSTAMP:20261101T080000Z", "SEQUENCE:2", "DTSTART:20261103T083000Z",
        "DTEND:20261103T093000Z", "SUMMARY:Plain", "STATUS:CONFIRMED",
    ]  # fmt: skip


def test_an_invitation_names_who_invites_and_who_is_invited() -> None:
    event = Event(
        "1@a.example", 3, AT, AT + timedelta(hours=1), "Meeting", "Room 1", "One\nTwo", "https://a.example/1/", True,
        Person('The "group"\nX', "halka@a.example"), [Person("Mira", "mira@b.example")],
    )  # fmt: skip
    text = calendar([event], method=Method.CANCEL, product="Test", stamped=NOW).replace("\r\n ", "")
    lines = text.split("\r\n")
    assert "METHOD:CANCEL" in lines
    assert not any(line.startswith("X-WR-CALNAME") for line in lines)
    assert lines[lines.index("SUMMARY:Meeting") + 1 : lines.index("END:VEVENT")] == [
        "LOCATION:Room 1",
        "DESCRIPTION:One\\nTwo",
        "URL:https://a.example/1/",
        "ORGANIZER;CN=\"The 'group' X\":mailto:halka@a.example",
        'ATTENDEE;CN="Mira";PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:mira@b.example',
        "STATUS:CANCELLED",
    ]
