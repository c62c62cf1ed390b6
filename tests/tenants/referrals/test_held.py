"""What a provisional member sends waits for the secretariat, which sees no person."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from network_registry.exchange.tasks import send_held
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import sending
from tenants.referrals.models import Referral, Step
from tests.tenants.referrals.conftest import NAME


def url(name: str, *args: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def hold(sender: SimpleNamespace, ask: Any, consent: Any, tasks: Any) -> Callable[..., Any]:
    """A referral of a provisional alpha; the key of its envelope."""

    def make(**values: Any) -> Any:
        Organisation.objects.filter(pk=sender.ref.id).update(state="provisional")
        ref = Organisation.objects.get(pk=sender.ref.id).ref()
        with tasks(), inside(ref):
            sent = sending.send_with_consent(
                client=sender.client,
                request=ask(need="A secret need", **values),
                new_consent=consent(),
                by=sender.seat,
            )
        return sent.envelope_id

    return make


@pytest.fixture
def ada(secretariat: OrganisationRef, member: Any, client_of: Any) -> Browser:
    return client_of(member(secretariat, Role.SECRETARIAT, email="ada@example.org"), secretariat)


def test_the_secretariat_sees_who_asks_whom_and_nothing_of_a_person(ada: Browser, hold: Any) -> None:
    envelope = hold()
    page = ada.get(url("held")).content.decode()
    reference = Envelope.objects.get(pk=envelope).reference
    assert reference in page
    assert "Alpha House" in page
    assert "A secret need" not in page
    assert NAME not in page
    assert "1 referral of a provisional member waits" in ada.get("/").content.decode()
    told = [message for message in mail.outbox if message.to == ["ada@example.org"]]
    assert len(told) == 1
    assert reference in told[0].subject
    assert "A secret need" not in told[0].body


def test_it_goes_out_when_it_is_released(
    ada: Browser, hold: Any, sender: Any, target: Any, secretariat: Any, tasks: Any
) -> None:
    envelope = hold()
    with inside(target.ref):
        assert not Referral.objects.exists()
        assert not Envelope.objects.exists()
    with tasks():
        assert ada.post(url("held-release", envelope)).status_code == 302
    with inside(target.ref):
        assert Referral.objects.get().need == "A secret need"
    with inside(sender.ref):
        assert Step.objects.filter(type="sent", side="secretariat").exists()
    with inside(secretariat):
        assert Entry.objects.filter(action="held.released").count() == 1
    again = ada.post(url("held-release", envelope), follow=True)
    assert "decided about it already" in again.content.decode()
    assert Envelope.objects.get(pk=envelope).reference in ada.get(url("held"), {"show": "decided"}).content.decode()


def test_it_goes_back_with_a_reason(ada: Browser, hold: Any, sender: Any, target: Any, tasks: Any) -> None:
    envelope = hold()
    assert ada.get(url("held-reject", envelope)).status_code == 200
    assert ada.post(url("held-reject", envelope), {}).status_code == 400
    mail.outbox.clear()
    with tasks():
        assert ada.post(url("held-reject", envelope), {"reason": "not_ready"}).status_code == 302
    assert Envelope.objects.get(pk=envelope).state == State.REJECTED
    with inside(sender.ref):
        assert Step.objects.get(type="rejected").reason == "not_ready"
    assert len(mail.outbox) == 1
    with inside(target.ref):
        assert not Referral.objects.exists()
    again = ada.post(url("held-reject", envelope), {"reason": "double"}, follow=True)
    assert "decided about it already" in again.content.decode()


def test_nobody_is_told_of_what_was_decided_meanwhile(ada: Browser, hold: Any, tasks: Any) -> None:
    envelope = hold()
    with tasks():
        ada.post(url("held-release", envelope))
    mail.outbox.clear()
    assert send_held.delay("secretariat", str(envelope)).get() == 0
    assert mail.outbox == []


def test_members_do_not_open_it(hold: Any, member: Any, client_of: Any, target: Any) -> None:
    envelope = hold()
    browser = client_of(member(target.ref, Role.MANAGER), target.ref)
    assert browser.get(url("held")).status_code == 403
    assert browser.post(url("held-release", envelope)).status_code == 403


def test_what_was_never_held_is_not_found(referred: Any, ada: Browser) -> None:
    made = referred(State.SENT)
    assert ada.post(url("held-release", made.envelope)).status_code == 404
    assert ada.get(url("held")).content.decode().count("<tr>") == 0


def test_the_same_number_of_queries_at_any_size(hold: Any, ada: Browser) -> None:
    ada.get(url("held"))
    counts = []
    for service in ("mentoring", "training", "practice"):
        hold(service=service)
        with CaptureQueriesContext(connection) as found:
            ada.get(url("held"))
        counts.append(len(found))
    assert counts[0] == counts[2]
