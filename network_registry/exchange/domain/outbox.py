"""Taking what waits out of an outbox, under the network's rights."""

from __future__ import annotations

from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection
from django.utils import timezone

from network_registry.exchange.models import OutboxItem
from network_registry.exchange.models.carriage import Carriage
from tenants.organisations.models import Organisation

C = TypeVar("C", bound=Carriage)
# What CarriageQuerySet.waiting finds, of one lane; whoever is just taking it is passed over.
CLAIM: Final = """
UPDATE {table} SET claimed_until = %(until)s, attempts = attempts + 1 WHERE id = (
    SELECT id FROM {table} AS item
    WHERE item.{lane} = %(lane)s AND item.done_at IS NULL
        AND (item.claimed_until IS NULL OR item.claimed_until < %(now)s)
        AND NOT EXISTS (
            SELECT FROM {table} AS older
            WHERE older.{lane} = %(lane)s AND older.done_at IS NULL AND older.to_id = item.to_id
                AND (older.created_at, older.id) < (item.created_at, item.id)
        )
    ORDER BY item.created_at, item.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
) RETURNING id
"""
FINISH: Final = """
UPDATE {table} AS item SET done_at = %(now)s, claimed_until = NULL WHERE id = %(id)s
RETURNING EXISTS (
    SELECT FROM {table} AS other
    WHERE other.{lane} = item.{lane} AND other.done_at IS NULL AND other.id <> item.id
)
"""


def claim_next(envelope_id: UUID) -> OutboxItem | None:
    """The envelope's next item, with all that carrying it needs."""
    item = claim(OutboxItem, envelope_id, "envelope", "event")
    if item is not None:
        envelope, event = item.envelope, item.event
        keys = {envelope.sender_id, envelope.target_id, item.to_id, event and event.organisation_id} - {None}
        found = Organisation.objects.order_by().in_bulk(list(keys))
        envelope.sender, envelope.target = found[envelope.sender_id], found[envelope.target_id]
        item.to = found[item.to_id]
        if event is not None and event.organisation_id is not None:
            event.organisation = found[event.organisation_id]
    return item


def claim(model: type[C], lane_id: UUID, *related: str) -> C | None:
    """The lane's next item, in our hands for LEASE; None when nothing waits that is not in other hands.

    Items to one organisation come one after the other, so that nothing overtakes.
    """
    now = timezone.now()
    lane: Any = model._meta.get_field(model.LANE)
    statement = CLAIM.format(table=model._meta.db_table, lane=lane.column)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"until": now + model.LEASE, "lane": lane_id, "now": now})
        row = cursor.fetchone()
    items: Any = model._default_manager
    found: C | None = items.select_related(*related).get(pk=row[0]) if row else None
    return found


def waiting_envelopes(limit: int) -> list[UUID]:
    """Envelopes with something that should have been delivered and was not, those that wait longest first."""
    return waiting_lanes(OutboxItem, limit)


def waiting_lanes(model: type[Carriage], limit: int) -> list[UUID]:
    items: Any = model._default_manager
    return list(dict.fromkeys(items.waiting(now=timezone.now()).values_list(model.LANE, flat=True)[:limit]))


def finish(item: Carriage) -> bool:
    """Whether more of its lane waits. What is written in this very moment is carried by whoever wrote it, or later."""
    lane: Any = item._meta.get_field(item.LANE)
    statement = FINISH.format(table=item._meta.db_table, lane=lane.column)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"id": item.pk, "now": timezone.now()})
        (more,) = cursor.fetchone()
    return bool(more)


def give_back(item: Carriage) -> None:
    """After a failure: taken again later, and later still each time, so that what never arrives holds up nobody."""
    pause = min(item.LEASE * 2 ** min(item.attempts - 1, 20), item.LONGEST_PAUSE)
    type(item)._default_manager.filter(pk=item.pk).update(claimed_until=timezone.now() + pause)
