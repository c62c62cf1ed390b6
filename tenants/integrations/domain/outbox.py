"""Writing what is to be told, in the transaction of what it tells; that somebody must look is noted beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from halka.common.current import required_organisation
from tenants.integrations.enums import EndpointState
from tenants.integrations.models import Delivery, Endpoint, Event
from tenants.organisations.enums import WorkKind
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import DueWork


def write_deliveries(event: Event) -> None:
    """One for each endpoint that wants the event; for paused ones too, which get it when they go on."""
    wanting = [e for e in Endpoint.objects.kept().only("id", "types", "state") if e.wants(event.type)]
    if wanting:
        deliver_to(wanting, event)


def deliver_to(endpoints: Iterable[Endpoint], event: Event) -> None:
    now = timezone.now()
    endpoints = list(endpoints)
    Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            event=event,
            lane=event.envelope_id or event.referral_id or event.pk,
            due_at=now,
            gives_up_at=now + Delivery.PATIENCE,
        )
        for endpoint in endpoints
    )
    if any(endpoint.state == EndpointState.ACTIVE for endpoint in endpoints):
        look_at(now)
        start_soon()


def look_at(when: datetime) -> None:
    """Somebody is to look into this organisation's outbox at that time, whatever becomes of tasks and workers."""
    DueWork.objects.create(organisation_id=required_organisation().id, kind=WorkKind.WEBHOOKS, due_at=when)


def start_soon() -> None:
    """Not to wait for the next look, once the transaction is committed."""
    from tenants.integrations.tasks import deliver

    send_after_commit(deliver, required_organisation().short_name)
