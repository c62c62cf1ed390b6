"""What of the exchange is asked when somebody looks whether the installation works."""

from __future__ import annotations

from django.db.models import Min
from django.utils import timezone

from network_registry.exchange.models import OutboxItem


def outbox_age() -> dict[str, float]:
    """Seconds that the oldest item waits; no organisation is named."""
    oldest = OutboxItem.objects.filter(done_at=None).aggregate(oldest=Min("created_at"))["oldest"]
    return {"": (timezone.now() - oldest).total_seconds() if oldest else 0.0}
