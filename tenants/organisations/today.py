"""What the Today page shows to those who look after the network or check its records."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from halka.audit.actions import actor_of, label_of
from halka.audit.models import Entry
from halka.authorization.roles import Permission
from tenants.organisations.enums import State
from tenants.organisations.views.network import visible_organisations

SHOWN = 8


def members_of_network(request: Any) -> dict[str, Any]:
    """How many organisations there are in each state."""
    counts = dict(visible_organisations(request).order_by().values_list("state").annotate(Count("pk")))
    return {"states": [(State(state), count) for state, count in sorted(counts.items())]}


def latest_acts(request: Any) -> dict[str, Any] | None:
    """The newest entries of the audit, for those who only check; others have their own work here."""
    if request.seat.can(Permission.CLIENT_VIEW) or request.seat.can(Permission.NETWORK_VIEW):
        return None
    entries = Entry.objects.order_by("-at", "-id")[:SHOWN]
    acts = [{"at": entry.at, "who": actor_of(entry), "what": label_of(entry.action)} for entry in entries]
    return {"acts": acts} if acts else None
