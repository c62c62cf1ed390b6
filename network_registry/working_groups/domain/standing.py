"""Who may do what in a group, asked fresh by every page and every verb."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection

from halka.authorization.roles import Seat
from network_registry.working_groups.errors import GroupClosed, NoSeat, NotConvener
from network_registry.working_groups.models import Charter, Person


def person_of(group_id: UUID, by: Seat) -> Person | None:
    """Whoever asks as a member of the group, as of now."""
    if by.membership_id is None:
        return None
    return Person.objects.of(group_id).here().filter(membership_id=by.membership_id).first()


def acting(group_id: UUID, by: Seat, *, convening: bool = False) -> Person:
    """As `person_of`, for changing something. Raises NoSeat, GroupClosed, NotConvener."""
    person = person_of(group_id, by)
    if person is None:
        raise NoSeat
    if Charter.objects.get(pk=group_id).is_closed:
        raise GroupClosed
    if convening and not person.is_convener:
        raise NotConvener
    return person


def seated(group_id: UUID, seat_id: UUID) -> Person:
    """Somebody else in the group now. Raises NoSeat."""
    person = Person.objects.of(group_id).here().filter(pk=seat_id).first()
    if person is None:
        raise NoSeat
    return person


def wait_for(key: UUID) -> None:
    """Until whoever else is at this meeting, group or document has committed, also where its row may only be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT working_groups_wait(%s)", [str(key)])


def own_groups(by: Seat) -> Any:
    """Groups in which the person has a seat now."""
    if by.membership_id is None:
        return Charter.objects.none()
    seats = Person.objects.here().filter(membership_id=by.membership_id)
    return Charter.objects.with_group().filter(pk__in=seats.values("group"))
