"""Taking items out of the outbox, under the network's rights."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils import timezone

from network_registry.exchange.models import OutboxItem


def claim(item_id: UUID) -> OutboxItem | None:
    """The item, in our hands for OutboxItem.LEASE, or None when it is delivered or in other hands."""
    now = timezone.now()
    claimed = (
        OutboxItem.objects.waiting(now=now)
        .filter(pk=item_id)
        .order_by()
        .update(claimed_until=now + OutboxItem.LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:
        return None
    return OutboxItem.objects.select_related("envelope__sender", "envelope__target").get(pk=item_id)


def finish(item: OutboxItem) -> None:
    OutboxItem.objects.filter(pk=item.pk).update(done_at=timezone.now(), claimed_until=None)


def give_back(item: OutboxItem) -> None:
    """After a failure: taken again later, and later still each time, so that what never arrives holds up nobody."""
    pause = min(OutboxItem.LEASE * 2 ** min(item.attempts - 1, 20), OutboxItem.LONGEST_PAUSE)
    OutboxItem.objects.filter(pk=item.pk).update(claimed_until=timezone.now() + pause)
