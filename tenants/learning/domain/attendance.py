"""Who was at a session, and what that does to the learning plans of those who were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.models import Client
from tenants.learning.domain.planning import mark_progress
from tenants.learning.enums import THERE, Place, Progress
from tenants.learning.errors import NotYet, SessionCancelled
from tenants.learning.models import Attendance, Participant, PlannedUnit, Session


@dataclass(frozen=True)
class Line:
    """One person of a session; `came` is empty where nobody has said."""

    client: Client
    came: str
    noted_by: Any = None


def lines_of(session: Session, seat: Seat) -> list[Line]:
    """Those whose records the person may open, by name. Two queries."""
    written = {row.client_id: row for row in session.attendance.select_related("noted_by")}
    people = _people(session).reachable_by(seat).order_by("sort_key", "id")
    return [
        Line(client, row.came if (row := written.get(client.pk)) else "", row.noted_by if row else None)
        for client in people
    ]


def closed_count(session: Session, seat: Seat) -> int:
    """How many more there are, in the care of colleagues."""
    return _people(session).count() - _people(session).reachable_by(seat).count()


def can_be_noted(session: Session) -> bool:
    """From the day of the session on."""
    return session.cancelled_at is None and timezone.localdate(session.starts_at) <= timezone.localdate()


@transaction.atomic
def write_attendance(*, session: Session, came: Mapping[UUID, str], seen_version: int, by: Seat) -> Session:
    """For the people given that are of the session and that `by` may open; an empty word clears. Units that a person
    was there for are begun in their plan, and done with the last session that teaches them.

    Raises NotYet, SessionCancelled, EditedMeanwhile.
    """
    saved: Session = Session.objects.select_for_update(of=("self",)).select_related("group").get(pk=session.pk)
    if saved.cancelled_at is not None:
        raise SessionCancelled
    if not can_be_noted(saved):
        raise NotYet
    if saved.attendance_version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this since you opened it."))
    changed = [
        (line, came[line.client.pk])
        for line in lines_of(saved, by)
        if line.client.pk in came and came[line.client.pk] != line.came
    ]
    if changed:
        _write(saved, changed, by)
        there = [line.client for line, word in changed if word in THERE]
        _mark_units(saved, there, by)
        saved.attendance_version += 1
        saved.noted_at, saved.noted_by_id = timezone.now(), by.membership_id
        saved.save(update_fields=["attendance_version", "noted_at", "noted_by"])
        record(action="attendance.noted", on=saved, detail={"count": len(changed)}, by=by)
    return saved


def _people(session: Session) -> Any:
    """Clients of the session: who is in the group, and who has left it and was there."""
    if session.client_id:
        return Client.objects.present().filter(pk=session.client_id)
    places = Participant.objects.filter(group=session.group_id, state=Place.ENROLLED).values("client")
    return Client.objects.present().filter(Q(pk__in=places) | Q(pk__in=session.attendance.values("client")))


def _write(session: Session, changed: list[tuple[Line, str]], by: Seat) -> None:
    Attendance.objects.filter(session=session, client__in=[line.client.pk for line, _word in changed]).delete()
    rows = [
        Attendance(session=session, client=line.client, came=word, noted_by_id=by.membership_id)
        for line, word in changed
        if word
    ]
    Attendance.objects.bulk_create(rows)


def _mark_units(session: Session, clients: list[Client], by: Seat) -> None:
    """Only forwards: what was ticked off by hand stays."""
    units = {row.unit_id for row in session.units.all() if row.unit_id}
    again = _taught_later(session, units)
    on = timezone.localdate(session.starts_at)
    planned = PlannedUnit.objects.filter(client__in=clients, unit__in=units).exclude(state=Progress.DONE)
    for row in planned.order_by("client", "position"):
        state = Progress.BEGUN if row.unit_id in again else Progress.DONE
        mark_progress(planned=row, state=state, on=on, by=by)


def _taught_later(session: Session, units: set[UUID]) -> set[UUID | None]:
    if session.client_id or session.group is None:
        return set()
    later = session.group.sessions.standing().of_groups().filter(starts_at__gt=session.starts_at)
    return set(later.filter(units__unit__in=units).values_list("units__unit", flat=True))
