"""What was opened and done during emergency accesses, out of the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from halka.audit import actions
from halka.audit.models import Entry
from tenants.caseloads.models import EmergencyAccess

SHOWN = 20


@dataclass(frozen=True)
class Act:
    what: str
    at: datetime


def acts_during(accesses: Sequence[EmergencyAccess]) -> dict[EmergencyAccess, list[Act]]:
    """What each one's colleague did with that client while it ran, in order; the asking itself left out. One query."""
    found: dict[EmergencyAccess, list[Act]] = {access: [] for access in accesses}
    if not accesses:
        return found
    entries = Entry.objects.filter(
        about_id__in=[access.client_id for access in accesses],
        actor_user_id__in=[access.colleague.user_id for access in accesses],
        at__gte=min(access.at for access in accesses),
        at__lte=max(access.until for access in accesses),
    ).exclude(action="emergency.begun")
    for entry in entries.order_by("at", "id"):
        for access in accesses:
            if (
                entry.about_id == access.client_id
                and entry.actor_user_id == access.colleague.user_id
                and access.at <= entry.at <= access.until
                and len(found[access]) < SHOWN
            ):
                found[access].append(Act(actions.label_of(entry.action), entry.at))
    return found
