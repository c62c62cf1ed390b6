"""Moves of records on Today and on a client's page."""

from __future__ import annotations

from typing import Any

from halka.authorization.roles import Permission
from network_registry.exchange.relocation_enums import RelocationState
from tenants.caseloads.models import Client
from tenants.relocations.access import moves_for
from tenants.relocations.models import Relocation

SHOWN = 6


def waiting(request: Any) -> dict[str, Any] | None:
    """Records that others would like to move to us."""
    asked = moves_for(request.seat).incoming().in_state(RelocationState.ASKED)
    rows = list(asked[: SHOWN + 1])
    return {"moves": rows[:SHOWN], "has_more": len(rows) > SHOWN} if rows else None


def of_client(request: Any, client: Client) -> dict[str, Any] | None:
    """Where the record came from or is to go, or that it can be moved."""
    moves = list(Relocation.objects.for_list().filter(client=client)[:SHOWN])
    may_ask = request.seat.can(Permission.RECORD_MOVE) and client.restricted_at is None
    return {"moves": moves, "may_ask": may_ask} if moves or may_ask else None
