"""Taking what waits out of an outbox, under the network's rights."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from network_registry.exchange.models import OutboxItem
from network_registry.exchange.models.carriage import Carriage

C = TypeVar("C", bound=Carriage)


def claim_next(envelope_id: UUID) -> OutboxItem | None:
    """The envelope's next item, with all that carrying it needs."""
    return claim(OutboxItem, envelope_id, "envelope__sender", "envelope__target", "to", "event__organisation")


def claim(model: type[C], lane_id: UUID, *related: str) -> C | None:
    """The lane's next item, in our hands for LEASE; None when nothing waits that is not in other hands.

    Items to one organisation come one after the other, so that nothing overtakes.
    """
    now = timezone.now()
    items: Any = model._default_manager
    waiting = items.waiting(now=now).filter(**{model.LANE: lane_id})
    with transaction.atomic():
        item = waiting.select_for_update(skip_locked=True, no_key=True).first()
        if item is None:
            return None
        items.filter(pk=item.pk).update(claimed_until=now + model.LEASE, attempts=F("attempts") + 1)
    found: C = items.select_related(*related).get(pk=item.pk)
    return found


def waiting_envelopes(limit: int) -> list[UUID]:
    """Envelopes with something that should have been delivered and was not, those that wait longest first."""
    return waiting_lanes(OutboxItem, limit)


def waiting_lanes(model: type[Carriage], limit: int) -> list[UUID]:
    items: Any = model._default_manager
    return list(dict.fromkeys(items.waiting(now=timezone.now()).values_list(model.LANE, flat=True)[:limit]))


def finish(item: Carriage) -> None:
    type(item)._default_manager.filter(pk=item.pk).update(done_at=timezone.now(), claimed_until=None)


def give_back(item: Carriage) -> None:
    """After a failure: taken again later, and later still each time, so that what never arrives holds up nobody."""
    pause = min(item.LEASE * 2 ** min(item.attempts - 1, 20), item.LONGEST_PAUSE)
    type(item)._default_manager.filter(pk=item.pk).update(claimed_until=timezone.now() + pause)
