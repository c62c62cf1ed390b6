"""Background work: thin, in the right organisation, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from bench.receiver import Receiver
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from tenants.integrations import tasks as ours
from tenants.integrations.domain import rounds
from tenants.integrations.models import Endpoint, Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork, Organisation

Note = Callable[..., Event]


def test_outstanding_deliveries_are_found_and_sent(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    with inside(alpha):
        note()
    assert ours.deliver_outstanding() == 1
    assert len(receiver.messages) == 1
    assert ours.deliver_outstanding() == 0


def test_an_organisation_that_is_being_migrated_is_asked_later(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    with inside(alpha):
        note()
    Organisation.objects.filter(pk=alpha.id).update(schema_version="another")
    assert ours.deliver("alpha") == 0
    assert receiver.messages == []
    assert DueWork.objects.exists()


def test_a_round_that_was_cut_is_followed_by_another(alpha: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds_left = [(3, True), (2, False)]
    monkeypatch.setattr(rounds, "deliver_due", lambda organisation: rounds_left.pop(0))
    assert ours.deliver("alpha") == 3
    assert rounds_left == []


def test_every_open_organisation_is_swept(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    Organisation.objects.filter(pk=beta.id).update(state="closed")
    assert ours.sweep_everywhere() == Organisation.objects.exclude(state="closed").count()


def test_managers_read_it_in_their_own_language(
    alpha: OrganisationRef, endpoint: Endpoint, member: Any, seat_in: Callable[..., Seat]
) -> None:
    persian = member(alpha, Role.MANAGER, language="fa", name="Narges")
    gone = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        seats = {persian.memberships.get().pk, gone.membership_id}
        told = ours.send_notices("alpha", str(endpoint.pk), [str(pk) for pk in seats])
    assert told == 2
    assert {message.to[0] for message in mail.outbox} >= {persian.email}
    assert all("Our register" in message.subject for message in mail.outbox)
