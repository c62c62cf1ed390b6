"""Who reads and changes which text of the organisation: fetched and checked in one line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from halka.authorization.roles import Permission, Seat
from tenants.contributions.enums import State
from tenants.contributions.models import Contribution
from tenants.organisations.access import require


def readable(seat: Seat) -> Any:
    """One's own; for those who release, what waits and what nobody here is writing any more; for all, what has left."""
    seen = Q(author=seat.membership_id) | Q(round__gt=0)
    if seat.can(Permission.KNOWLEDGE_RELEASE):
        seen |= Q(state=State.OFFERED) | ~Q(author__ended_at=None)
    return Contribution.objects.filter(seen).select_related("author", "released_by")


def contribution_for(request: Any, pk: UUID, *, writing: bool = False) -> tuple[Contribution, Seat]:
    """404 where it is not there for the person, `writing` also where it is not theirs to change."""
    seat = require(request, Permission.KNOWLEDGE_WRITE)
    found: Contribution | None = readable(seat).filter(pk=pk).first()
    if found is None or (writing and not may_write(found, seat)):
        raise Http404
    return found, seat


def may_write(contribution: Contribution, seat: Seat) -> bool:
    """Whoever began it, and when they have left, those who release."""
    if contribution.author_id == seat.membership_id:
        return True
    has_left = contribution.author is None or contribution.author.ended_at is not None
    return has_left and seat.can(Permission.KNOWLEDGE_RELEASE)
