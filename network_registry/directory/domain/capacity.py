"""Free places now: confirmed by whoever answers referrals, in one go or with one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.directory.errors import CapacityMeanwhile
from network_registry.directory.models import Entry, Offer

FRESH = timedelta(days=7)  # so long a confirmed number can be relied on
STALE = timedelta(days=30)  # then it is hardly more than a memory


@dataclass(frozen=True)
class Capacity:
    """What one offer has now; None where nobody knows."""

    offer_id: UUID
    free_places: int | None
    waiting_weeks: int | None
    seen_version: int


def confirm_capacities(*, rows: Sequence[Capacity], by: Seat) -> int:
    """Writes all of them as confirmed now, or none; how many offers there are.

    Raises CapacityMeanwhile when others were written after they were shown, and say something else.
    """
    own = Offer.objects.filter(organisation_id=required_organisation().id)
    with transaction.atomic():
        saved = {offer.pk: offer for offer in own.filter(pk__in=[row.offer_id for row in rows]).select_for_update()}
        rows = [row for row in rows if row.offer_id in saved]
        others = {row.offer_id: saved[row.offer_id] for row in rows if _is_conflict(row, saved[row.offer_id])}
        if others:
            raise CapacityMeanwhile(_("Somebody else has confirmed free places meanwhile."), others)
        for row in rows:
            write_capacity(saved[row.offer_id], row.free_places, row.waiting_weeks)
        if rows:
            record(action="capacity.confirmed", detail={"offers": len(rows)}, by=by)
    return len(rows)


def _is_conflict(row: Capacity, saved: Offer) -> bool:
    return saved.version != row.seen_version and (saved.free_places, saved.waiting_weeks) != (
        row.free_places,
        row.waiting_weeks,
    )


def write_capacity(offer: Offer, free_places: int | None, waiting_weeks: int | None) -> None:
    """Confirmed now, and found by the search at once. The caller holds the transaction and the row."""
    now = timezone.now()
    if (offer.free_places, offer.waiting_weeks) != (free_places, waiting_weeks):
        offer.version += 1
    offer.free_places, offer.waiting_weeks = free_places, waiting_weeks
    offer.confirmed_at = offer.changed_at = now
    offer.save(update_fields=["free_places", "waiting_weeks", "confirmed_at", "changed_at", "version"])
    Entry.objects.filter(offer=offer).update(free_places=free_places)


def is_fresh(confirmed_at: datetime | None) -> bool:
    return confirmed_at is not None and timezone.now() - confirmed_at <= FRESH


def is_stale(confirmed_at: datetime | None) -> bool:
    return confirmed_at is None or timezone.now() - confirmed_at > STALE
