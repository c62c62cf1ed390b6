"""A colleague's calendar for the program on their phone: a secret address, and what stands behind it.

It names nobody who is taught: whoever finds the address learns when a room is in use.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common import icalendar
from halka.common.icalendar import Event, Method
from tenants.caseloads.policies import seat_of
from tenants.learning.models import CalendarFeed, Session

BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=400)


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


def end_left_behind(membership: UUID) -> None:
    """Who comes back to the organisation makes a new address."""
    CalendarFeed.objects.filter(colleague=membership, revoked_at=None).update(revoked_at=timezone.now())


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


def as_calendar(feed: CalendarFeed, *, name: str, host: str) -> str:
    """The sessions that the colleague leads."""
    now = timezone.now()
    sessions = Session.objects.led_by(feed.colleague_id).filter(starts_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    found = sessions.select_related("group").prefetch_related("units")
    events = (_event(session, host) for session in found)
    return icalendar.calendar(events, method=Method.PUBLISH, product="Learning", stamped=now, name=name)


def _event(session: Session, host: str) -> Event:
    alone = session.client_id is not None
    return Event(
        uid=f"{session.pk}@{host}",
        sequence=session.version,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=_("Individual session") if alone else str(session.group),
        location=session.place,
        description="" if alone else "\n".join(unit.title for unit in session.units.all()),
        is_cancelled=session.cancelled_at is not None,
    )
