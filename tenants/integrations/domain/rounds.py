"""The round of one organisation's outbox, and whose turn it is of all. Outside of every organisation."""

from __future__ import annotations

import time
from typing import Final

from django.utils import timezone

from halka.common.current import OrganisationRef
from tenants.integrations.domain import deliveries
from tenants.integrations.domain.sending import post
from tenants.integrations.models import Delivery
from tenants.organisations.enums import State, WorkKind
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork, Organisation

LONGEST: Final = 60.0  # seconds; what is left is the next round's
MOST_ROWS: Final = 10_000


def deliver_due(organisation: OrganisationRef) -> tuple[int, bool]:
    """Sends what is due; how many were sent, and whether there may be more at once.

    The organisation is entered for what is noted, and left while something is sent.
    """
    end = time.monotonic() + LONGEST
    with inside(organisation):
        seen = deliveries.seen_work()
    sent = 0
    while has_time := time.monotonic() < end:
        with inside(organisation):
            parcel = deliveries.take()
        if parcel is None:
            break
        outcome = post(parcel.url, parcel.headers, parcel.body)
        with inside(organisation):
            deliveries.settle(parcel, outcome)
        sent += 1
    with inside(organisation):
        deliveries.look_again(seen)
    return sent, not has_time


def whose_turn() -> list[str]:
    """Short names of organisations with something due, found without looking into any; asked again after a lease."""
    now = timezone.now()
    due = DueWork.objects.filter(kind=WorkKind.WEBHOOKS, due_at__lte=now)
    due.exclude(organisation__in=Organisation.objects.exclude(state=State.CLOSED)).delete()
    rows = dict(due.order_by("due_at").values_list("pk", "organisation__schema_name")[:MOST_ROWS])
    DueWork.objects.filter(pk__in=rows).update(due_at=now + Delivery.LEASE)
    return list(dict.fromkeys(rows.values()))
