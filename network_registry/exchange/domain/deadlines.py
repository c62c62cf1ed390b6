"""Which deadlines count between two organisations."""

from __future__ import annotations

from uuid import UUID

from network_registry.exchange.enums import DAYS
from network_registry.exchange.models import Deadlines


def days_between(sender_id: UUID, target_id: UUID) -> dict[str, int]:
    """Of each deadline the shorter one of both sides, in days."""
    rows = list(Deadlines.objects.filter(organisation__in=[sender_id, target_id]))
    return {
        deadline.value: min([days, *(getattr(row, deadline.value) for row in rows)]) for deadline, days in DAYS.items()
    }
