"""Taking items out of the outbox, under the network's rights."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils import timezone

from network_registry.exchange.models import OutboxItem


def claim_next(envelope_id: UUID) -> OutboxItem | None:
    """The envelope's next item, in our hands for OutboxItem.LEASE; None when nothing waits that is not in other hands.

    Items to one organisation come one after the other, so that nothing overtakes.
    """
    now = timezone.now()
    for item_id in OutboxItem.objects.waiting(now=now).filter(envelope=envelope_id).values_list("pk", flat=True):
        claimed = (
            OutboxItem.objects.waiting(now=now)
            .filter(pk=item_id)
            .order_by()
            .update(claimed_until=now + OutboxItem.LEASE, attempts=F("attempts") + 1)
        )
        if claimed:
            return OutboxItem.objects.select_related(
                "envelope__sender", "envelope__target", "to", "event__organisation"
            ).get(pk=item_id)
    return None


def waiting_envelopes(limit: int) -> list[UUID]:
    """Envelopes with something that should have been delivered and was not, those that wait longest first."""
    waiting = OutboxItem.objects.waiting(now=timezone.now()).values_list("envelope", flat=True)[:limit]
    return list(dict.fromkeys(waiting))


def finish(item: OutboxItem) -> None:
    OutboxItem.objects.filter(pk=item.pk).update(done_at=timezone.now(), claimed_until=None)


def give_back(item: OutboxItem) -> None:
    """After a failure: taken again later, and later still each time, so that what never arrives holds up nobody."""
    pause = min(OutboxItem.LEASE * 2 ** min(item.attempts - 1, 20), OutboxItem.LONGEST_PAUSE)
    OutboxItem.objects.filter(pk=item.pk).update(claimed_until=timezone.now() + pause)
