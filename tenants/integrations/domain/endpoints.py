"""What managers and their software do with webhooks. Pages and API call the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from halka.common.identifiers import uuid7
from tenants.integrations.domain.addresses import addresses_of, target_of
from tenants.integrations.domain.outbox import deliver_to, look_at, start_soon
from tenants.integrations.domain.signing import new_secret
from tenants.integrations.enums import TEST, TYPES, DeliveryState, EndpointState
from tenants.integrations.errors import TooManyEndpoints
from tenants.integrations.models import Delivery, Endpoint, EndpointSecret, Event

MOST: Final = 20  # of one organisation
OVERLAP: Final = timedelta(hours=24)
LONGEST_OVERLAP: Final = timedelta(days=7)
SIGNING_AT_ONCE: Final = 3  # secrets


@dataclass(frozen=True)
class EndpointSettings:
    """`types` as Endpoint has them; in the order of the list, each once."""

    url: str
    description: str = ""
    types: Collection[str] = field(default_factory=tuple)

    def values(self) -> dict[str, object]:
        types = [name for name in TYPES if name in self.types]
        host = target_of(self.url).authority
        return {"url": self.url, "host": host, "description": self.description, "types": types}


CHANGED: Final = ("url", "description", "types")


def add_endpoint(*, new: EndpointSettings, by: Seat) -> tuple[Endpoint, str]:
    """The endpoint and its secret, which is shown this once. Raises AddressRefused, TooManyEndpoints."""
    addresses_of(target_of(new.url))
    with transaction.atomic():
        if Endpoint.objects.kept().count() >= MOST:
            raise TooManyEndpoints(_("There are as many webhooks as there may be. Remove one that is not used."))
        endpoint = Endpoint.objects.create(**new.values())
        secret = _new_secret(endpoint)
        record(action="webhook.added", on=endpoint, by=by)
    return endpoint, secret


def change_endpoint(*, endpoint: Endpoint, new: EndpointSettings, seen_version: int, by: Seat) -> Endpoint:
    """Writes what differs. After a change of address, what waits is tried there at once.

    Raises EditedMeanwhile where the endpoint is no longer the version that `by` has seen, AddressRefused.
    """
    addresses_of(target_of(new.url))
    with transaction.atomic():
        saved = _locked(endpoint)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this webhook since you opened the page."))
        values = new.values()
        changed = [name for name in CHANGED if getattr(saved, name) != values[name]]
        if changed:
            for name, value in values.items():
                setattr(saved, name, value)
            saved.version += 1
            saved.save(update_fields=[*values, "version"])
            record(action="webhook.changed", on=saved, detail={"fields": changed}, by=by)
        if "url" in changed:
            _begin_anew(saved, timezone.now())
    return saved


def rotate_secret(*, endpoint: Endpoint, overlap: timedelta = OVERLAP, by: Seat) -> str:
    """A new secret, shown this once. The one before signs beside it for as long as `overlap` says, at most a week."""
    now = timezone.now()
    overlap = min(overlap, LONGEST_OVERLAP)
    with transaction.atomic():
        saved = _locked(endpoint)
        saved.secrets.filter(ends_at=None).update(ends_at=now + overlap)
        secret = _new_secret(saved)
        beyond = saved.secrets.valid(now=now).values_list("pk", flat=True)[SIGNING_AT_ONCE:]
        saved.secrets.filter(pk__in=list(beyond)).delete()
        if not overlap:
            saved.secrets.exclude(ends_at=None).delete()
        record(action="webhook.rotated", on=saved, detail={"hours": int(overlap.total_seconds() // 3600)}, by=by)
    return secret


def pause_endpoint(*, endpoint: Endpoint, by: Seat) -> None:
    """Nothing is sent until it goes on; what happens meanwhile waits for it, three days long."""
    with transaction.atomic():
        saved = _locked(endpoint)
        if saved.state == EndpointState.ACTIVE:
            _set_state(saved, EndpointState.PAUSED)
            record(action="webhook.paused", on=saved, by=by)


def resume_endpoint(*, endpoint: Endpoint, by: Seat) -> None:
    """What waits is sent now, in order."""
    with transaction.atomic():
        saved = _locked(endpoint)
        if saved.state != EndpointState.ACTIVE:
            _set_state(saved, EndpointState.ACTIVE)
            _begin_anew(saved, timezone.now())
            record(action="webhook.resumed", on=saved, by=by)


def remove_endpoint(*, endpoint: Endpoint, by: Seat) -> None:
    """Address and secrets are gone at once; what waited is not sent."""
    with transaction.atomic():
        saved = _locked(endpoint)
        saved.url, saved.state, saved.removed_at = "", EndpointState.PAUSED, timezone.now()
        saved.version += 1
        saved.save(update_fields=["url", "state", "removed_at", "version"])
        saved.secrets.all().delete()
        record(action="webhook.removed", on=saved, by=by)


def send_test(*, endpoint: Endpoint, by: Seat) -> Event:
    """An event of its own for this endpoint alone, sent now, however the endpoint fares."""
    with transaction.atomic():
        saved = _locked(endpoint)
        event = Event(type=TEST, source_id=uuid7(), data={"endpoint": str(saved.pk)})
        event.insert_once()
        Endpoint.objects.filter(pk=saved.pk).update(quiet_until=None)
        deliver_to([saved], event)
        record(action="webhook.tested", on=saved, by=by)
    return event


def redeliver(*, endpoint: Endpoint, delivery_id: UUID | None = None, by: Seat) -> int:
    """What was given up is tried again for three days, in order: one delivery, or all of the endpoint. How many."""
    now = timezone.now()
    with transaction.atomic():
        saved = _locked(endpoint)
        dead = Delivery.objects.dead().filter(endpoint=saved)
        if delivery_id is not None:
            dead = dead.filter(pk=delivery_id)
        count: int = dead.update(
            state=DeliveryState.WAITING, done_at=None, attempts=0, due_at=now, gives_up_at=now + Delivery.PATIENCE
        )
        if count:
            record(action="webhook.redelivered", on=saved, detail={"shown": count}, by=by)
            Endpoint.objects.filter(pk=saved.pk).update(quiet_until=None)
            _look_now(now)
    return count


def _locked(endpoint: Endpoint) -> Endpoint:
    """The endpoint read anew, in our hands. Raises Endpoint.DoesNotExist where it was removed meanwhile."""
    saved: Endpoint = Endpoint.objects.kept().select_for_update().get(pk=endpoint.pk)
    return saved


def _new_secret(endpoint: Endpoint) -> str:
    secret = new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, secret=secret)
    return secret


def _set_state(endpoint: Endpoint, state: EndpointState) -> None:
    endpoint.state = state
    Endpoint.objects.filter(pk=endpoint.pk).update(state=state, version=F("version") + 1)


def _begin_anew(endpoint: Endpoint, now: datetime) -> None:
    """As if it had never failed."""
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, failing_since=None, quiet_until=None)
    Delivery.objects.waiting().filter(endpoint=endpoint, lease=None).update(due_at=now)
    _look_now(now)


def _look_now(now: datetime) -> None:
    look_at(now)
    start_soon()
