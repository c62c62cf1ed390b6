"""The agenda of a meeting: its points in order, and what members propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain.meetings import convened
from network_registry.working_groups.domain.standing import acting, wait_for
from network_registry.working_groups.enums import POINT_TRANSITIONS, PointState
from network_registry.working_groups.errors import Frozen, NotConvener, NotNow
from network_registry.working_groups.models import AgendaPoint, Decision, Meeting, Minutes, Person
from tenants.organisations.isolation import send_after_commit

UP: Final = -1
DOWN: Final = 1
MOST_POINTS: Final = 40


@dataclass(frozen=True)
class PointDetails:
    """`minutes_planned` in minutes."""

    title: str
    details: str = ""
    minutes_planned: int | None = None


def add_point(*, meeting: UUID, details: PointDetails, by: Seat) -> AgendaPoint:
    """On the agenda, last, where a convener adds it; a proposal of everybody else's, of which the conveners are told.

    Raises NoSeat, GroupClosed, NotNow, Frozen.
    """
    from network_registry.working_groups.tasks import tell

    with transaction.atomic():
        found, person = _going_on(meeting, by)
        if found.points.count() >= MOST_POINTS:
            raise NotNow(_("This agenda is full."))
        point = AgendaPoint.objects.create(
            meeting=found,
            state=PointState.ON if person.is_convener else PointState.PROPOSED,
            order=_last(found) + 1,
            by_id=person.pk,
            organisation_id=person.organisation_id,
            **vars(details),
        )
        record(action=f"agenda_point.{'added' if person.is_convener else 'proposed'}", on=point, by=by)
        if not person.is_convener:
            send_after_commit(tell, "proposed", str(point.pk))
    return point


def change_point(*, point: UUID, details: PointDetails, seen_version: int, by: Seat) -> AgendaPoint:
    """A convener changes any, others what they proposed, until it is taken on. Raises NoSeat, GroupClosed, NotConvener,
    NotNow, Frozen, EditedMeanwhile.
    """
    with transaction.atomic():
        found = _writable(point, by)
        if found.version != seen_version:
            raise EditedMeanwhile
        for name, value in vars(details).items():
            setattr(found, name, value)
        found.version += 1
        found.save(update_fields=[*vars(details), "version"])
        record(action="agenda_point.changed", on=found, by=by)
    return found


def move_point(*, point: UUID, step: int, by: Seat) -> None:
    """Changes places with the one before (UP) or after (DOWN); nothing at either end. Raises NoSeat, GroupClosed,
    NotConvener, NotNow, Frozen.
    """
    with transaction.atomic():
        moved = AgendaPoint.objects.get(pk=point)
        convened(moved.meeting_id, by)
        rows = list(AgendaPoint.objects.filter(meeting=moved.meeting_id, state=PointState.ON))
        place = next((place for place, row in enumerate(rows) if row.pk == moved.pk), None)
        if place is None:
            raise NotNow(_("This point is not on the agenda."))
        other = place + step
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for number, row in enumerate(rows, 1):
            AgendaPoint.objects.filter(pk=row.pk).exclude(order=number).update(order=number)
        record(action="agenda_point.moved", on=moved, by=by)


def decide_point(*, point: UUID, is_taken: bool, by: Seat) -> None:
    """Takes a proposal on, last, or leaves it out. Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen."""
    to = PointState.ON if is_taken else PointState.LEFT
    with transaction.atomic():
        meeting = convened(AgendaPoint.objects.get(pk=point).meeting_id, by)
        found = AgendaPoint.objects.get(pk=point)
        if to not in POINT_TRANSITIONS[PointState(found.state)]:
            raise NotNow(_("This was decided already."))
        found.state = to
        found.order = _last(meeting) + 1
        found.version += 1
        found.save(update_fields=["state", "order", "version"])
        record(action=f"agenda_point.{'taken' if is_taken else 'left'}", on=found, by=by)


def remove_point(*, point: UUID, by: Seat) -> None:
    """While nothing was said to it. Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen."""
    with transaction.atomic():
        found = _writable(point, by)
        if Minutes.objects.filter(point=found).exists() or Decision.objects.filter(point=found).exists():
            raise NotNow(_("There are minutes or decisions to this point already."))
        record(action="agenda_point.removed", on=found, by=by)
        found.delete()


def may_change(point: AgendaPoint, person: Person | None) -> bool:
    """Whether the person could change it, as long as its meeting goes on."""
    if person is None:
        return False
    return person.is_convener or (point.state == PointState.PROPOSED and point.by_id == person.pk)


def _last(meeting: Meeting) -> int:
    return meeting.points.aggregate(last=Max("order"))["last"] or 0


def _going_on(meeting: UUID, by: Seat) -> tuple[Meeting, Person]:
    wait_for(meeting)
    found = Meeting.objects.get(pk=meeting)
    person = acting(found.group_id, by)
    if found.cancelled_at is not None:
        raise NotNow(_("This meeting was cancelled."))
    if found.is_frozen:
        raise Frozen
    return found, person


def _writable(point: UUID, by: Seat) -> AgendaPoint:
    meeting, person = _going_on(AgendaPoint.objects.get(pk=point).meeting_id, by)
    found = meeting.points.get(pk=point)
    if not may_change(found, person):
        raise NotConvener
    return found
