"""What is kept how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tenants.integrations.domain.answers import remove_old_answers
from tenants.integrations.domain.deliveries import give_up_old
from tenants.integrations.models import Attempt, Delivery, Endpoint, EndpointSecret, Event

EVENTS_KEPT: Final = timedelta(days=90)
DELIVERIES_KEPT: Final = timedelta(days=30)
REMOVED_KEPT: Final = timedelta(days=1)  # longer than any transaction that may still write for it
BATCH: Final = 5_000


def sweep() -> int:
    """Removes what is over; how many rows. Numbers of events go on from where they were."""
    now = timezone.now()
    with transaction.atomic():
        give_up_old()
    removed_long_ago = Endpoint.objects.filter(removed_at__lte=now - REMOVED_KEPT)
    count = remove_old_answers()
    count += _remove_deliveries(Delivery.objects.filter(done_at__lte=now - DELIVERIES_KEPT))
    count += _remove_deliveries(Delivery.objects.filter(endpoint__in=removed_long_ago))
    count += removed_long_ago.delete()[0]
    count += EndpointSecret.objects.filter(ends_at__lte=now).delete()[0]
    needed = Exists(Delivery.objects.filter(event=OuterRef("pk")))
    old = Event.objects.filter(~needed, at__lte=now - EVENTS_KEPT).order_by("at").values_list("pk", flat=True)
    while keys := list(old[:BATCH]):
        count += Event.objects.filter(pk__in=keys).delete()[0]
    return count


def _remove_deliveries(rows: object) -> int:
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):  # type: ignore[attr-defined]
        Attempt.objects.filter(delivery__in=keys).delete()
        count += Delivery.objects.filter(pk__in=keys).delete()[0]
    return count
