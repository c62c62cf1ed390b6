"""What managers do with webhooks: each verb with its entry in the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from bench.receiver import Receiver
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from halka.common.identifiers import uuid7
from tenants.integrations.domain import endpoints as verbs
from tenants.integrations.domain.deliveries import take
from tenants.integrations.domain.endpoints import EndpointSettings
from tenants.integrations.domain.notices import roles_told
from tenants.integrations.domain.rounds import deliver_due
from tenants.integrations.domain.sweeping import sweep
from tenants.integrations.errors import AddressRefused, TooManyEndpoints
from tenants.integrations.models import Attempt, Delivery, Endpoint, EndpointSecret, Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork

Note = Callable[..., Event]


def acts() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("action", flat=True))


def test_adding(alpha: OrganisationRef, manager: Seat, receiver: Receiver) -> None:
    with inside(alpha):
        new = EndpointSettings(receiver.url, "Register", ["access.*", "referral.sent", "referral.sent"])
        endpoint, secret = verbs.add_endpoint(new=new, by=manager)
        saved = Endpoint.objects.get()
        assert (saved.url, saved.host, saved.types) == (
            receiver.url, f"127.0.0.1:{receiver.port}", ["referral.sent", "access.*"],
        )  # fmt: skip
        assert EndpointSecret.objects.get().secret == secret
        entry = Entry.objects.get()
        assert (entry.action, entry.target_id, entry.detail) == ("webhook.added", str(endpoint.pk), {})
        with connection.cursor() as cursor:
            cursor.execute("SELECT url::text || secret::text FROM integrations_endpoint, integrations_endpointsecret")
            stored = cursor.fetchone()[0]
        sealed = bytes.fromhex(stored.replace("\\x", ""))
        assert b"127.0.0.1" not in sealed
        assert secret.encode() not in sealed


def test_an_address_inside_is_refused_when_it_is_saved(alpha: OrganisationRef, manager: Seat) -> None:
    with inside(alpha):
        with pytest.raises(AddressRefused):
            verbs.add_endpoint(new=EndpointSettings("https://localhost/"), by=manager)
        assert not Endpoint.objects.exists()


def test_there_are_not_too_many(
    alpha: OrganisationRef, manager: Seat, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "MOST", 2)
    with inside(alpha):
        first, _secret = verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)
        verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)
        with pytest.raises(TooManyEndpoints):
            verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)
        verbs.remove_endpoint(endpoint=first, by=manager)
        verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)


def test_changing(alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver) -> None:
    with inside(alpha):
        new = EndpointSettings(receiver.url, "Another name", ["match.found"])
        saved = verbs.change_endpoint(endpoint=endpoint, new=new, seen_version=1, by=manager)
        assert (saved.description, saved.types, saved.version) == ("Another name", ["match.found"], 2)
        entry = Entry.objects.get(action="webhook.changed")
        assert entry.detail == {"fields": ["description", "types"]}
        with pytest.raises(EditedMeanwhile):
            verbs.change_endpoint(endpoint=endpoint, new=new, seen_version=1, by=manager)
        verbs.change_endpoint(endpoint=endpoint, new=new, seen_version=2, by=manager)
        assert Endpoint.objects.get().version == 2
        assert not DueWork.objects.exists()


def test_what_waits_goes_to_the_new_address_at_once(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note, tasks: Any
) -> None:
    receiver.answers = [500] * 5
    with inside(alpha):
        for _ in range(5):
            note()
    deliver_due(alpha)
    with tasks(), inside(alpha):
        new = EndpointSettings(f"{receiver.url}/new", endpoint.description)
        verbs.change_endpoint(endpoint=endpoint, new=new, seen_version=1, by=manager)
        assert Endpoint.objects.get().failures == 0
    assert [message.path for message in receiver.messages[5:]] == ["/hook/new"] * 5


def test_rotating(alpha: OrganisationRef, manager: Seat, endpoint: Endpoint) -> None:
    with inside(alpha):
        old = endpoint.secrets.get().secret
        new = verbs.rotate_secret(endpoint=endpoint, overlap=timedelta(days=100), by=manager)
        now = timezone.now()
        assert [row.secret for row in endpoint.secrets.valid(now=now)] == [new, old]
        ends = endpoint.secrets.get(ends_at__isnull=False).ends_at
        assert timedelta(days=6, hours=23) < ends - now <= timedelta(days=7)
        assert Entry.objects.get(action="webhook.rotated").detail == {"hours": 168}
        for _ in range(4):
            last = verbs.rotate_secret(endpoint=endpoint, by=manager)
        valid = [row.secret for row in endpoint.secrets.valid(now=now)]
        assert (valid[0], len(valid)) == (last, verbs.SIGNING_AT_ONCE)
        at_once = verbs.rotate_secret(endpoint=endpoint, overlap=timedelta(0), by=manager)
        assert [row.secret for row in endpoint.secrets.all()] == [at_once]


def test_pausing_keeps_what_happens_meanwhile(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note, tasks: Any
) -> None:
    with tasks(), inside(alpha):
        verbs.pause_endpoint(endpoint=endpoint, by=manager)
        verbs.pause_endpoint(endpoint=endpoint, by=manager)
        note("sent", of=UUID(int=1))
        note("opened", of=UUID(int=1))
        assert not DueWork.objects.exists()
    assert receiver.messages == []
    with tasks(), inside(alpha):
        verbs.resume_endpoint(endpoint=endpoint, by=manager)
        verbs.resume_endpoint(endpoint=endpoint, by=manager)
    assert [message.json["type"] for message in receiver.messages] == ["referral.sent", "referral.opened"]
    with inside(alpha):
        assert acts() == ["webhook.added", "webhook.paused", "webhook.resumed"]
        assert Endpoint.objects.get().version == 3


def test_removing(alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note) -> None:
    with inside(alpha):
        note()
        verbs.remove_endpoint(endpoint=endpoint, by=manager)
        gone = Endpoint.objects.get()
        assert (gone.url, gone.state, gone.removed_at is None) == ("", "paused", False)
        assert not EndpointSecret.objects.exists()
        assert take() is None
        for verb in (verbs.pause_endpoint, verbs.resume_endpoint, verbs.send_test, verbs.redeliver):
            with pytest.raises(Endpoint.DoesNotExist):
                verb(endpoint=endpoint, by=manager)


def test_a_test_goes_to_this_endpoint_alone_and_at_once(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, tasks: Any
) -> None:
    with tasks(), inside(alpha):
        verbs.add_endpoint(new=EndpointSettings(f"{receiver.url}/other"), by=manager)
        Endpoint.objects.filter(pk=endpoint.pk).update(quiet_until=timezone.now() + timedelta(minutes=9))
        event = verbs.send_test(endpoint=endpoint, by=manager)
    (message,) = receiver.messages
    assert (message.path, message.id, message.json["type"]) == ("/hook", str(event.pk), "test")
    assert message.json["data"]["endpoint"] == str(endpoint.pk)


def test_sending_again_what_was_given_up(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note, tasks: Any
) -> None:
    with inside(alpha):
        events = [note(state, of=UUID(int=1)) for state in ("sent", "opened", "accepted")]
        Delivery.objects.update(state="dead", done_at=timezone.now(), attempts=18)
        one = Delivery.objects.get(event=events[2])
        other, _secret = verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)
        assert verbs.redeliver(endpoint=other, delivery_id=one.pk, by=manager) == 0
        assert verbs.redeliver(endpoint=endpoint, delivery_id=uuid7(), by=manager) == 0
    with tasks(), inside(alpha):
        assert verbs.redeliver(endpoint=endpoint, delivery_id=one.pk, by=manager) == 1
    assert [message.id for message in receiver.messages] == [str(events[2].pk)]
    with tasks(), inside(alpha):
        assert verbs.redeliver(endpoint=endpoint, by=manager) == 2
    assert [message.id for message in receiver.messages[1:]] == [str(event.pk) for event in events[:2]]
    with inside(alpha):
        told = [entry.detail for entry in Entry.objects.filter(action="webhook.redelivered").order_by("at", "id")]
        assert told == [{"shown": 1}, {"shown": 2}]
        assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}


# --- what is kept how long ------------------------------------------------------------------------------------------
def test_the_sweep_removes_what_is_over_and_nothing_else(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    now = timezone.now()
    with inside(alpha):
        with time_machine.travel(now - timedelta(days=91)):
            old, kept, waiting = note(), note(), note()
        Delivery.objects.filter(event=old).update(state="delivered", done_at=now - timedelta(days=31))
        Delivery.objects.filter(event=kept).update(state="dead", done_at=now - timedelta(days=29))
        for delivery in Delivery.objects.all():
            Attempt(endpoint=endpoint, delivery=delivery, number=1).insert()
        recent = note()
        verbs.rotate_secret(endpoint=endpoint, by=manager)
        endpoint.secrets.exclude(ends_at=None).update(ends_at=now)
        assert sweep()
        assert set(Event.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk, recent.pk}
        assert set(Delivery.objects.values_list("event", flat=True)) == {kept.pk, waiting.pk, recent.pk}
        assert Attempt.objects.count() == 2
        assert endpoint.secrets.count() == 1
        assert sweep() == 0
        after = note()
        assert after.number == recent.number + 1


def test_numbers_go_on_after_everything_was_swept(alpha: OrganisationRef, note: Note) -> None:
    with inside(alpha):
        last = note().number
        Event.objects.all().delete()
        assert note().number == last + 1


def test_a_removed_webhook_is_forgotten_after_a_day(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    with inside(alpha):
        note()
        verbs.remove_endpoint(endpoint=endpoint, by=manager)
        sweep()
        assert (Endpoint.objects.count(), Delivery.objects.count()) == (1, 1)
        Endpoint.objects.update(removed_at=timezone.now() - timedelta(days=1))
        sweep()
        assert (Endpoint.objects.count(), Delivery.objects.count()) == (0, 0)


def test_managers_alone_are_told() -> None:
    """In the organisations of the network, those who run them."""
    assert roles_told() == [Role.MANAGER, Role.SECRETARIAT, Role.PROVINCIAL]
