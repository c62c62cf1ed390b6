"""What of a group the person at a page sees. The first line of a group's views asks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from halka.authorization.roles import Permission, Seat
from network_registry.working_groups.domain.standing import person_of
from network_registry.working_groups.models import Charter, Meeting, Person
from tenants.organisations.access import require
from tenants.organisations.enums import Kind


@dataclass(frozen=True)
class Place:
    """`person` is None for the secretariat, which reads what its groups do."""

    group: Charter
    seat: Seat
    person: Person | None
    reads_only: bool

    @property
    def may_write(self) -> bool:
        return self.person is not None and not self.reads_only and not self.group.is_closed

    @property
    def convenes(self) -> bool:
        return self.may_write and self.person is not None and self.person.is_convener


def reachable(request: Any) -> QuerySet[Charter]:
    """Groups that the organisation is in, all for the secretariat; the database says the same."""
    found = Charter.objects.with_group()
    if request.organisation.kind == Kind.SECRETARIAT:
        return found
    return found.filter(group__organisations=request.organisation.id)


def looks_after(request: Any) -> bool:
    return request.organisation.kind == Kind.SECRETARIAT and request.seat.can(Permission.NETWORK_MANAGE)


def place_for(request: Any, pk: UUID) -> Place:
    """Raises Http404 for whoever has no seat in the group, but for the secretariat's people."""
    seat = require(request, Permission.TODAY_VIEW)
    group = get_object_or_404(reachable(request), pk=pk)
    person = person_of(group.pk, seat)
    if person is None and not looks_after(request):
        raise Http404
    return Place(group, seat, person, request.organisation.reads_only)


def meeting_for(request: Any, pk: UUID, meeting: UUID) -> tuple[Meeting, Place]:
    """Raises Http404."""
    place = place_for(request, pk)
    found = get_object_or_404(Meeting, pk=meeting, group=place.group.pk)
    found.group = place.group
    return found, place


def writer_for(request: Any, pk: UUID) -> Place:
    """As `place_for`, of whoever may write there: a page for writing is not there for others. Raises Http404."""
    place = place_for(request, pk)
    if not place.may_write:
        raise Http404
    return place


def people_of(group: Charter) -> dict[UUID, Person]:
    """By key of the seat, those who have gone among them. One query."""
    return {person.pk: person for person in Person.objects.of(group.pk)}
