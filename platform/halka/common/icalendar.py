"""Calendars as programs on phones read them: RFC 5545, and RFC 5546 where something is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

OCTETS: Final = 75  # of a line
ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
UNQUOTED: Final = str.maketrans({'"': "'", "\n": " ", "\r": " "})  # a quoted parameter has no way to escape


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Person:
    """Who invites, or is invited."""

    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """`sequence` rises with each change that matters; moments are aware. `url` leads to the page about it."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: Person | None = None
    attendees: Sequence[Person] = ()


def calendar(events: Iterable[Event], *, method: Method, product: str, stamped: datetime, name: str = "") -> str:
    """The text of a calendar. `product` is the part of Halka it comes from; `name` what a feed is called."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Halka//{product}//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"METHOD:{method}")
    if name:
        lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for event in events:
        lines += _event(event, stamped)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _event(event: Event, stamped: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_stamp(stamped)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{_stamp(event.starts_at)}"
    yield f"DTEND:{_stamp(event.ends_at)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.location:
        yield f"LOCATION:{escaped(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    if event.organizer is not None:
        yield f"ORGANIZER;CN={_quoted(event.organizer.name)}:mailto:{event.organizer.email}"
    for person in event.attendees:
        yield f"ATTENDEE;CN={_quoted(person.name)};PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{person.email}"
    yield "STATUS:CANCELLED" if event.is_cancelled else "STATUS:CONFIRMED"
    yield "END:VEVENT"


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _quoted(text: str) -> str:
    return f'"{text.translate(UNQUOTED)}"'


def escaped(text: str) -> str:
    return text.translate(ESCAPED)


def folded(line: str) -> Iterator[str]:
    """In lines of at most 75 octets, letters left whole; what goes on begins with a space."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS:
            yield part
            part = " "
        part += letter
    yield part
