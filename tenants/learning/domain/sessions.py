"""Sessions: series and single ones, changed, cancelled and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.models import Client
from tenants.learning.domain.groups import running
from tenants.learning.errors import HasAttendance
from tenants.learning.models import AdoptedUnit, Group, Session, SessionUnit

DETAILS: Final = ("starts_at", "ends_at", "room", "facilitator_id")
MOST: Final = 60  # sessions of a series


@dataclass(frozen=True)
class SessionDetails:
    """When and where, who leads it, and the keys of its units in order."""

    starts_at: datetime
    ends_at: datetime
    room: str = ""
    facilitator_id: UUID | None = None
    units: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Series:
    """The same hours every so many weeks. The clock counts: summer time moves nothing."""

    first: date
    begins: time
    ends: time
    times: int
    every: int = 1
    room: str = ""
    facilitator_id: UUID | None = None
    spread: bool = field(default=False)  # the units of the curriculum over the sessions, in order

    def sessions(self) -> list[SessionDetails]:
        days = [self.first + timedelta(weeks=self.every * number) for number in range(min(self.times, MOST))]
        return [
            SessionDetails(moment(day, self.begins), moment(day, self.ends), self.room, self.facilitator_id)
            for day in days
        ]


def moment(day: date, clock: time) -> datetime:
    """In the time of the organisation."""
    return datetime.combine(day, clock, ZoneInfo(required_organisation().time_zone))


@transaction.atomic
def make_series(*, group: Group, series: Series, by: Seat) -> list[Session]:
    """Raises GroupEnded."""
    saved = running(group)
    plan = series.sessions()
    if series.spread:
        units = list(saved.curriculum.units.taught().in_order().values_list("pk", flat=True))
        plan = [replace(each, units=part) for each, part in zip(plan, spread(units, len(plan)), strict=True)]
    made = [_made(each, by, group=saved) for each in plan]
    record(action="session.series_made", on=saved, detail={"count": len(made)}, by=by)
    return made


@transaction.atomic
def add_session(*, group: Group | None, client: Client | None, details: SessionDetails, by: Seat) -> Session:
    """Of the whole group, or of one person. Raises GroupEnded."""
    made = _made(details, by, group=running(group) if group else None, client=client)
    record(action="session.made", on=made, by=by)
    return made


@transaction.atomic
def change_session(*, session: Session, details: SessionDetails, seen_version: int, by: Seat) -> Session:
    """Raises EditedMeanwhile."""
    saved = _locked(session)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this since you opened it."))
    if details != details_of(saved):
        for name in DETAILS:
            setattr(saved, name, getattr(details, name))
        _save(saved, by)
        if details.units != units_of(saved):
            saved.units.all().delete()
            _teach(saved, details.units)
        record(action="session.changed", on=saved, by=by)
    return saved


@transaction.atomic
def cancel_session(*, session: Session, why: str, by: Seat) -> Session:
    """It stays in the calendar, struck out. Raises HasAttendance."""
    saved = _locked(session)
    if saved.cancelled_at is None:
        if saved.attendance.exists():
            raise HasAttendance
        saved.cancelled_at, saved.cancelled_why = timezone.now(), why
        _save(saved, by)
        record(action="session.cancelled", on=saved, by=by)
    return saved


@transaction.atomic
def restore_session(*, session: Session, by: Seat) -> Session:
    saved = _locked(session)
    if saved.cancelled_at is not None:
        saved.cancelled_at, saved.cancelled_why = None, ""
        _save(saved, by)
        record(action="session.restored", on=saved, by=by)
    return saved


def details_of(session: Session) -> SessionDetails:
    return SessionDetails(**{name: getattr(session, name) for name in DETAILS}, units=units_of(session))


def units_of(session: Session) -> tuple[UUID, ...]:
    """Of those that are still taught, in order."""
    return tuple(row.unit_id for row in session.units.all() if row.unit_id)


def spread(units: Sequence[UUID], parts: int) -> list[tuple[UUID, ...]]:
    """In order and as evenly as it goes; with more parts than units some parts go on with the unit before."""
    if not units:
        return [()] * parts
    found = []
    for part in range(parts):
        first, last = part * len(units) // parts, (part + 1) * len(units) // parts
        found.append(tuple(units[first : max(last, first + 1)]))
    return found


def _locked(session: Session) -> Session:
    saved: Session = Session.objects.select_for_update(of=("self",)).select_related("group").get(pk=session.pk)
    return saved


def _made(details: SessionDetails, by: Seat, *, group: Group | None = None, client: Client | None = None) -> Session:
    values = {name: getattr(details, name) for name in DETAILS}
    made: Session = Session.objects.create(
        group=group, client=client, made_by_id=by.membership_id, changed_by_id=by.membership_id, **values
    )
    _teach(made, details.units)
    return made


def _teach(session: Session, units: Sequence[UUID]) -> None:
    titles = dict(AdoptedUnit.objects.filter(pk__in=units).values_list("pk", "title"))
    rows = [
        SessionUnit(session=session, unit_id=key, title=titles[key], position=position)
        for position, key in enumerate(units, 1)
        if key in titles
    ]
    SessionUnit.objects.bulk_create(rows)


def _save(session: Session, by: Seat) -> None:
    session.version += 1
    session.changed_by_id = by.membership_id
    session.save(force_update=True)
