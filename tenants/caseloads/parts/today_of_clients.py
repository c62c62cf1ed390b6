"""The caseload's parts of the Today page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Permission
from network_registry.membership import guide
from tenants.caseloads.models import Client
from tenants.organisations.models import Colleague

SHOWN = 6
RECENT = timedelta(days=30)
LOOKED_AT = 60  # entries: somebody opens the same few clients again and again


def first_steps(request: Any) -> dict[str, Any] | None:
    """What a new organisation does first; gone with the first client. The first-day guide says more, where it is."""
    if Client.objects.exists() or guide.is_shown(request.seat):
        return None
    return {
        "has_colleagues": Colleague.objects.filter(ended_at=None).exclude(pk=request.seat.membership_id).exists(),
        "may_invite": request.seat.can(Permission.MEMBER_MANAGE),
    }


def own_clients(request: Any) -> dict[str, Any] | None:
    """One's own clients, those changed last first; where somebody has none, everybody's."""
    clients = (
        Client.objects.present().reachable_by(request.seat).select_related("assigned_to").order_by("-changed_at", "-id")
    )
    mine = list(clients.assigned_to(request.seat)[: SHOWN + 1])
    shown = mine or list(clients[: SHOWN + 1])
    if not shown:
        return None
    return {"clients": shown[:SHOWN], "are_mine": bool(mine), "has_more": len(shown) > SHOWN}


def last_seen(request: Any) -> dict[str, Any] | None:
    """The clients whose pages the reader opened last."""
    entries = Entry.objects.filter(
        actor_user_id=request.seat.user_id, action="client.viewed", at__gt=timezone.now() - RECENT
    )
    keys = list(dict.fromkeys(entries.order_by("-at").values_list("target_id", flat=True)[:LOOKED_AT]))[:SHOWN]
    reachable = Client.objects.present().reachable_by(request.seat)
    clients = {str(client.pk): client for client in reachable.filter(pk__in=keys)} if keys else {}
    return {"clients": [clients[key] for key in keys if key in clients]} if clients else None
