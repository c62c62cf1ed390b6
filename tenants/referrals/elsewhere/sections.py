"""What goes on with other organisations, on Today and on a client's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from halka.authorization.roles import Permission, Seat
from network_registry.exchange.dealing_enums import TRANSFER_UNANSWERED, AccessState, TransferState
from tenants.caseloads.models import Case, Client
from tenants.referrals.elsewhere.access import named_to
from tenants.referrals.enums import Direction
from tenants.referrals.models import Access, Match, Transfer

SHOWN = 6
NOBODY = Q(client=None)
ENDED = frozenset({TransferState.DECLINED, TransferState.WITHDRAWN, TransferState.EXPIRED, TransferState.ARRIVED})


def of_mine(seat: Seat) -> Q:
    """About clients that the reader is responsible for; supervisors also see those of nobody."""
    mine = Q(client__assigned_to=seat.membership_id)
    return mine | Q(client__assigned_to=None) if seat.can(Permission.CASE_SUPERVISE) else mine


def matches_of(seat: Seat) -> QuerySet[Match]:
    """What waits for an answer of the reader."""
    waiting: QuerySet[Match] = Match.objects.unanswered().filter(of_mine(seat), client__in=Client.objects.present())
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
    transfers = list(Transfer.objects.for_list().filter(client=client)[:SHOWN])
    accesses = list(Access.objects.for_list().filter(client=client)[:SHOWN])
    found = {"matches": matches, "transfers": transfers, "accesses": accesses}
    return found if any(found.values()) else None


def asked(request: Any) -> dict[str, Any] | None:
    """What others ask to read about the reader's clients, and about people of whom nobody has said who it is."""
    waiting = Access.objects.for_list().incoming().in_state(AccessState.ASKED).filter(of_mine(request.seat) | NOBODY)
    rows = list(named_to(waiting, request.seat)[: SHOWN + 1])
    return {"accesses": rows[:SHOWN], "has_more": len(rows) > SHOWN} if rows else None


def offered(request: Any) -> dict[str, Any] | None:
    """Cases that others would like to hand over to us."""
    waiting = Transfer.objects.for_list().incoming().in_state(*TRANSFER_UNANSWERED)
    rows = list(named_to(waiting, request.seat)[: SHOWN + 1])
    return {"transfers": rows[:SHOWN], "has_more": len(rows) > SHOWN} if rows else None


def of_case(request: Any, case: Case) -> dict[str, Any] | None:
    """Where the case was handed over to, or that it can be."""
    transfers = list(Transfer.objects.for_list().filter(case=case, direction=Direction.OUT)[:SHOWN])
    under_way = any(row.shared.state not in ENDED for row in transfers)
    may_offer = case.is_open and not under_way and request.seat.can(Permission.REFERRAL_SEND)
    return {"transfers": transfers, "may_offer": may_offer} if transfers or may_offer else None
