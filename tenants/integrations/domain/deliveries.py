"""Taking deliveries out of the outbox one by one, and noting what came of each.

Between `take` and `settle` nothing is open in the database. Whoever dies there leaves a lease that ends, and the
delivery is sent again under the same id. A delivery is taken when nothing earlier of its lane waits, so what belongs
to one referral arrives in order.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Count, F
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.current import required_organisation
from tenants.integrations.domain.notices import tell_managers
from tenants.integrations.domain.outbox import look_at
from tenants.integrations.domain.sending import Outcome
from tenants.integrations.domain.signing import signature
from tenants.integrations.enums import DeliveryState, EndpointState, Failure
from tenants.integrations.models import Attempt, Delivery, Endpoint, Event
from tenants.organisations.enums import WorkKind
from tenants.organisations.models import DueWork

FIRST_PAUSE: Final = 30.0  # seconds; each further one is four times as long
LONGEST_PAUSE: Final = 6 * 3600.0
IN_FLIGHT: Final = 4  # of one endpoint at a time
IN_FLIGHT_OF_ALL: Final = 8  # of one organisation
FAILING: Final = 5  # attempts in a row that failed: from now on one at a time, and pauses for all
LONGEST_QUIET: Final = 600.0
OFF_AFTER: Final = timedelta(days=3)
FIRST_PAGE: Final = 50  # of what waits, read at once
LARGEST_PAGE: Final = 10_000
LOOKED_AT: Final = 500  # lanes, to tell when to look again
LOOK_AGAIN: Final = timedelta(seconds=30)  # where there are more
_NUMBERING: Final = """
UPDATE integrations_delivery AS delivery SET number = event.number FROM integrations_event AS event
WHERE event.id = delivery.event_id AND delivery.number IS NULL
"""
GONE: Final = 410  # the receiver says that nothing more is to be sent, ever


@dataclass(frozen=True)
class Parcel:
    """All that sending needs, taken out of the database."""

    delivery_id: UUID
    endpoint_id: UUID
    lease: UUID
    number: int
    url: str
    headers: dict[str, str]
    body: bytes


def take() -> Parcel | None:
    """The delivery whose turn it is, in our hands for Delivery.LEASE; None where nothing may go out now."""
    now = timezone.now()
    with transaction.atomic():
        # The rows of the endpoints are the lock: who takes, takes alone.
        endpoints = {row.pk: row for row in Endpoint.objects.active().order_by("pk").select_for_update()}
        _number_new()
        delivery = _next(_with_room(endpoints.values(), now), now)
        if delivery is None:
            return None
        delivery.endpoint = endpoints[delivery.endpoint_id]
        if delivery.lease is not None:  # it has ended
            _log(delivery, Outcome(None, failure=Failure.INTERRUPTED))
        delivery.attempts += 1
        delivery.lease = uuid4()
        delivery.leased_until = now + Delivery.LEASE
        delivery.save(update_fields=["attempts", "lease", "leased_until"])
        return _parcel(delivery, delivery.lease, now)


def _with_room(endpoints: Iterable[Endpoint], now: datetime) -> list[UUID]:
    """Those that may be sent something more at this moment, first those that are sent least."""
    leased = Delivery.objects.filter(lease__isnull=False, leased_until__gt=now)
    under_way: dict[UUID, int] = dict(leased.values_list("endpoint").annotate(Count("pk")))
    if sum(under_way.values()) >= IN_FLIGHT_OF_ALL:
        return []
    free = [
        endpoint.pk
        for endpoint in endpoints
        if not (endpoint.quiet_until and endpoint.quiet_until > now)
        and under_way.get(endpoint.pk, 0) < (1 if endpoint.failures >= FAILING else IN_FLIGHT)
    ]
    return sorted(free, key=lambda pk: under_way.get(pk, 0))


def _next(endpoint_ids: Iterable[UUID], now: datetime) -> Delivery | None:
    for endpoint_id in endpoint_ids:
        for head in _heads(endpoint_id):
            if head.free_at <= now:
                found: Delivery = Delivery.objects.select_related("event").get(pk=head.pk)
                return found
    return None


@dataclass(frozen=True)
class _Head:
    """The first of a lane: it waits for nothing but its time."""

    pk: UUID
    free_at: datetime


def _heads(endpoint_id: UUID) -> Iterator[_Head]:
    """The first of each lane, in the order of their events: as much is read as is asked for."""
    waiting = Delivery.objects.waiting().filter(endpoint=endpoint_id).order_by("number")
    lanes: set[UUID] = set()
    after, size = 0, FIRST_PAGE
    while True:
        rows = list(
            waiting.filter(number__gt=after).values_list("pk", "lane", "number", "due_at", "leased_until")[:size]
        )
        for pk, lane, _number, due_at, leased_until in rows:
            if lane not in lanes:
                lanes.add(lane)
                yield _Head(pk, leased_until or due_at)
        if len(rows) < size:
            return
        after, size = rows[-1][2] or 0, min(size * 10, LARGEST_PAGE)


def _number_new() -> None:
    """Gives new deliveries their places. Whoever sees one sees all before it, so none comes in between later."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERING)


def _parcel(delivery: Delivery, lease: UUID, now: datetime) -> Parcel:
    event = delivery.event
    body = json.dumps(payload_of(event), separators=(",", ":")).encode()
    timestamp = int(now.timestamp())
    keys = [row.secret for row in delivery.endpoint.secrets.valid(now=now)]
    headers = {
        "webhook-id": str(event.pk),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(keys, message_id=str(event.pk), timestamp=timestamp, body=body),
    }
    return Parcel(delivery.pk, delivery.endpoint_id, lease, delivery.attempts, delivery.endpoint.url, headers, body)


def payload_of(event: Event) -> dict[str, Any]:
    """What is told of an event, here and in the feed: codes and keys, the same at every attempt."""
    return {
        "type": event.type,
        "timestamp": event.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {
            **event.data,
            "number": event.number,
            "referral": str(event.referral_id) if event.referral_id else None,
        },
    }


def settle(parcel: Parcel, outcome: Outcome) -> None:
    """Notes what came of it. Whoever lost the lease meanwhile notes a success all the same: it has arrived."""
    now = timezone.now()
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=parcel.endpoint_id)
        delivery = Delivery.objects.select_for_update().filter(pk=parcel.delivery_id).first()
        if delivery is None:
            return
        delivery.endpoint = endpoint
        _log(delivery, outcome, parcel.number)
        if delivery.state != DeliveryState.WAITING:
            return
        if outcome.failure is None:
            _finish(delivery, DeliveryState.DELIVERED, now)
            _recover(endpoint, now)
        elif delivery.lease == parcel.lease:
            _put_off(delivery, outcome, now)
            _note_failure(endpoint, outcome, now)


def _log(delivery: Delivery, outcome: Outcome, number: int | None = None) -> None:
    Attempt(
        endpoint=delivery.endpoint,
        delivery=delivery,
        number=number or delivery.attempts,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        failure=outcome.failure or "",
    ).insert()


def _finish(delivery: Delivery, state: DeliveryState, now: datetime) -> None:
    delivery.state, delivery.done_at, delivery.lease, delivery.leased_until = state, now, None, None
    delivery.save(update_fields=["state", "done_at", "lease", "leased_until"])


def _put_off(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    if now >= delivery.gives_up_at:
        _finish(delivery, DeliveryState.DEAD, now)
        return
    pause = max(pause_after(delivery.attempts), min(outcome.pause, LONGEST_PAUSE))
    delivery.due_at = min(now + timedelta(seconds=pause), delivery.gives_up_at)  # a last attempt at the very end
    delivery.lease = delivery.leased_until = None
    delivery.save(update_fields=["due_at", "lease", "leased_until"])


def pause_after(attempts: int) -> float:
    """Seconds until the next attempt: half a minute, two, eight … six hours, each a fifth shorter or longer."""
    pause = min(FIRST_PAUSE * 4.0 ** min(attempts - 1, 10), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311  # spreads work, keeps no secret


def _recover(endpoint: Endpoint, now: datetime) -> None:
    """The receiver is there again: what waits for it need not wait longer."""
    if not endpoint.failures:
        return
    if endpoint.failures >= FAILING:
        Delivery.objects.waiting().filter(endpoint=endpoint, lease=None, due_at__gt=now).update(due_at=now)
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, failing_since=None, quiet_until=None)


def _note_failure(endpoint: Endpoint, outcome: Outcome, now: datetime) -> None:
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    beyond = endpoint.failures - FAILING
    quiet = FIRST_PAUSE * 2.0 ** min(beyond, 10) if beyond >= 0 else 0.0
    if quiet := min(max(quiet, outcome.pause), LONGEST_QUIET):
        endpoint.quiet_until = now + timedelta(seconds=quiet)
    endpoint.save(update_fields=["failures", "failing_since", "quiet_until"])
    is_hopeless = outcome.status == GONE or now - endpoint.failing_since >= OFF_AFTER
    if is_hopeless and endpoint.state == EndpointState.ACTIVE:
        Endpoint.objects.filter(pk=endpoint.pk).update(state=EndpointState.OFF, version=F("version") + 1)
        record(action="webhook.switched_off", on=endpoint, by=SYSTEM)
        tell_managers(endpoint)


def give_up_old() -> int:
    """What nobody could even try for as long as one tries: its endpoint is paused, switched off or failing."""
    now = timezone.now()
    endpoints = Endpoint.objects.order_by("pk").select_for_update()  # no two of these, and nobody who takes
    stuck = [row.pk for row in endpoints if row.state != EndpointState.ACTIVE or row.failures >= FAILING]
    if not stuck:
        return 0
    old = Delivery.objects.waiting().free(now=now).filter(gives_up_at__lte=now, endpoint__in=stuck)
    count: int = old.update(state=DeliveryState.DEAD, done_at=now, lease=None, leased_until=None)
    return count


def seen_work() -> list[UUID]:
    """The notes that somebody must look in here, before looking."""
    work = DueWork.objects.filter(organisation=required_organisation().id, kind=WorkKind.WEBHOOKS)
    return list(work.values_list("pk", flat=True))


def look_again(seen: list[UUID]) -> None:
    """After looking: notes when to look next, and takes back the notes that led here."""
    with transaction.atomic():
        give_up_old()
        _number_new()
        when = _next_time(timezone.now())
        if when is not None:
            look_at(when)
        DueWork.objects.filter(pk__in=seen).delete()


def _next_time(now: datetime) -> datetime | None:
    """When something may go out next, as far as can be told now."""
    times = []
    for endpoint in Endpoint.objects.active():
        heads = list(islice(_heads(endpoint.pk), LOOKED_AT))
        if heads:
            first = min(head.free_at for head in heads)
            if len(heads) == LOOKED_AT:
                first = min(first, now + LOOK_AGAIN)
            times.append(max(first, endpoint.quiet_until or first))
    return min(times, default=None)
