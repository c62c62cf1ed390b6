"""Referrals on other apps' pages: on Today, and on a client's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from halka.authorization.roles import Permission
from network_registry.exchange.enums import RESULTS, State
from tenants.caseloads.models import Client
from tenants.referrals.models import Referral

SHOWN = 6
OF_CLIENT = 20
NEWS = timedelta(days=14)  # so long an answer counts as new


def incoming(request: Any) -> dict[str, Any] | None:
    """What was sent to us and waits for an answer."""
    found = list(Referral.objects.for_list().incoming().in_state(State.SENT, State.OPENED)[: SHOWN + 1])
    return {"referrals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def answers(request: Any) -> dict[str, Any] | None:
    """What others answered lately to the referrals that the reader sent."""
    if request.seat.membership_id is None:
        return None
    sent = (
        Referral.objects.for_list()
        .outgoing()
        .filter(owner=request.seat.membership_id)
        .in_state(State.ACCEPTED, State.DECLINED, State.WAITLISTED, State.INFO_REQUESTED, *RESULTS)
    )
    found = list(sent.filter(envelope__moved_at__gt=timezone.now() - NEWS)[:SHOWN])
    return {"referrals": found} if found else None


def of_client(request: Any, client: Client) -> dict[str, Any]:
    """Where the client was referred to, and where they came from."""
    return {
        "referrals": Referral.objects.for_list().filter(client=client)[:OF_CLIENT],
        "client_id": client.pk,
        "may_send": request.seat.can(Permission.REFERRAL_SEND),
    }
