"""A colleague's calendar for the program on their phone: a secret address, and what stands behind it.

It names nobody who is taught: whoever finds the address learns when a room is in use.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from tenants.caseloads.policies import seat_of
from tenants.learning.models import CalendarFeed, Session

BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=400)
OCTETS: Final = 75  # of a line
ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@transaction.atomic
def make_feed(*, by: Seat) -> str:
    """A new address; the one before ends. Returns the token, which is known now and never again."""
    _end(by)
    assert by.membership_id is not None  # pages are for colleagues
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(colleague_id=by.membership_id, token_hash=hash_of(token))
    record(action="calendar.made", on=feed, by=by)
    return token


@transaction.atomic
def end_feed(*, by: Seat) -> None:
    for feed in _end(by):
        record(action="calendar.ended", on=feed, by=by)


def feed_of(seat: Seat) -> CalendarFeed | None:
    """The address that runs."""
    return CalendarFeed.objects.filter(colleague=seat.membership_id, revoked_at=None).first()


def feed_behind(token: str) -> CalendarFeed | None:
    """None for one that has ended, and for colleagues who have gone or may not see what is taught any more."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), revoked_at=None).select_related("colleague")
    feed = feeds.first()
    if feed is None or feed.colleague is None or feed.colleague.ended_at is not None:
        return None
    return feed if seat_of(feed.colleague).can(Permission.LEARNING_VIEW) else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _end(by: Seat) -> list[CalendarFeed]:
    found = list(CalendarFeed.objects.select_for_update().filter(colleague=by.membership_id, revoked_at=None))
    CalendarFeed.objects.filter(pk__in=[feed.pk for feed in found]).update(revoked_at=timezone.now())
    return found


# --- RFC 5545 ----------------------------------------------------------------------------------------------
def as_calendar(feed: CalendarFeed, *, name: str, host: str) -> str:
    """The sessions that the colleague leads."""
    now = timezone.now()
    sessions = Session.objects.led_by(feed.colleague_id).filter(starts_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Halka//Learning//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for session in sessions.select_related("group").prefetch_related("units"):
        lines += _event(session, now, host)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _event(session: Session, now: datetime, host: str) -> Iterable[str]:
    alone = session.client_id is not None
    yield "BEGIN:VEVENT"
    yield f"UID:{session.pk}@{host}"
    yield f"DTSTAMP:{_stamp(now)}"
    yield f"SEQUENCE:{session.version}"
    yield f"DTSTART:{_stamp(session.starts_at)}"
    yield f"DTEND:{_stamp(session.ends_at)}"
    yield f"SUMMARY:{escaped(_('Individual session') if alone else str(session.group))}"
    if session.place:
        yield f"LOCATION:{escaped(session.place)}"
    if not alone and (titles := [unit.title for unit in session.units.all()]):
        yield f"DESCRIPTION:{escaped(chr(10).join(titles))}"
    yield "STATUS:CANCELLED" if session.cancelled_at else "STATUS:CONFIRMED"
    yield "END:VEVENT"


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


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
