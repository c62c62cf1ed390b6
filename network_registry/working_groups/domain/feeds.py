"""Somebody's meetings for the program on their phone: a secret address, and what stands behind it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common import icalendar
from halka.common.addresses import HasHost, workspace_url
from halka.common.current import required_organisation
from halka.common.icalendar import Event, Method
from network_registry.working_groups.models import Meeting, MeetingFeed, Person
from tenants.organisations.models import Colleague

BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=400)


@transaction.atomic
def make_feed(*, by: Seat) -> str:
    """A new address; the one before ends. Returns the token, which is known now and never again."""
    _end(by)
    assert by.membership_id is not None  # pages are for colleagues
    token = secrets.token_urlsafe(32)
    feed = MeetingFeed.objects.create(
        membership_id=by.membership_id, organisation_id=required_organisation().id, token_hash=hash_of(token)
    )
    record(action="group_calendar.made", on=feed, by=by)
    return token


@transaction.atomic
def end_feed(*, by: Seat) -> None:
    for feed in _end(by):
        record(action="group_calendar.ended", on=feed, by=by)


def feed_of(by: Seat) -> MeetingFeed | None:
    """The address that runs."""
    return MeetingFeed.objects.filter(membership=by.membership_id, revoked_at=None).first()


def colleague_behind(token: str) -> Colleague | None:
    """Whose address it is. None for one that has ended, and for colleagues who have gone."""
    feed = MeetingFeed.objects.filter(token_hash=hash_of(token), revoked_at=None).first()
    return Colleague.objects.filter(pk=feed.membership_id, ended_at=None).first() if feed else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def as_calendar(colleague: Colleague, *, name: str) -> str:
    """Meetings of the groups in which the colleague sits now, those that were invited to."""
    now = timezone.now()
    groups = Person.objects.here().filter(membership_id=colleague.pk).values("group")
    found = Meeting.objects.filter(group__in=groups, invited_at__isnull=False)
    found = found.filter(starts_at__gte=now - BACK, starts_at__lte=now + AHEAD).select_related("group__group")
    here = required_organisation()
    events = (event_of(meeting, here, colleague.language) for meeting in found.order_by("starts_at"))
    return icalendar.calendar(events, method=Method.PUBLISH, product="Working groups", stamped=now, name=name)


def event_of(meeting: Meeting, organisation: HasHost, language: str, description: str = "") -> Event:
    """As the people of one organisation get it. Its UID is the same for all, in e-mails and in feeds."""
    return Event(
        uid=uid_of(meeting.pk),
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=f"{meeting.group.name_in(language)}: {meeting.title}",
        location=" · ".join(part for part in (meeting.place, meeting.link) if part),
        description=description,
        url=workspace_url(organisation, "wg-meeting", meeting.group_id, meeting.pk),
        is_cancelled=meeting.cancelled_at is not None,
    )


def uid_of(meeting: UUID) -> str:
    return f"{meeting}@working-groups.halka"


def _end(by: Seat) -> list[MeetingFeed]:
    found = list(MeetingFeed.objects.select_for_update().filter(membership=by.membership_id, revoked_at=None))
    MeetingFeed.objects.filter(pk__in=[feed.pk for feed in found]).update(revoked_at=timezone.now())
    return found
