"""What goes on with other organisations, on Today and on a client's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from halka.authorization.roles import Permission, Seat
from tenants.caseloads.models import Client
from tenants.referrals.models import Match

SHOWN = 6


def of_mine(seat: Seat) -> Q:
    """About clients that the reader is responsible for; supervisors also see those of nobody."""
    mine = Q(client__assigned_to=seat.membership_id)
    return mine | Q(client__assigned_to=None) if seat.can(Permission.CASE_SUPERVISE) else mine


def matches_of(seat: Seat) -> QuerySet[Match]:
    """What waits for an answer of the reader."""
    waiting: QuerySet[Match] = Match.objects.unanswered().filter(of_mine(seat), client__merged_into=None)
    return waiting.select_related("client").order_by("-found_at", "-id")


def found(request: Any) -> dict[str, Any] | None:
    if request.seat.membership_id is None:
        return None
    rows = list(matches_of(request.seat)[: SHOWN + 1])
    return {"matches": rows[:SHOWN], "has_more": len(rows) > SHOWN} if rows else None


def of_client(request: Any, client: Client) -> dict[str, Any] | None:
    """Where the client is known elsewhere too, or may be."""
    matches = list(
        Match.objects.filter(client=client).select_related("other").defer("other__logo").order_by("-found_at")[:SHOWN]
    )
    return {"matches": matches} if matches else None
