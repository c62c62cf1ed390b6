from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from bench.receiver import Receiver, receiving
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint
from tenants.integrations.domain.events import note_event
from tenants.integrations.models import Endpoint, Event
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork, Organisation
from tests.guards.crowd import remove


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_REACH_INSIDE = True
    with receiving() as running:
        yield running


@pytest.fixture(autouse=True)
def numbered(request: pytest.FixtureRequest) -> None:
    """In tests that are rolled back, the database numbers events at once: it never comes to a commit."""
    if "db" in request.fixturenames:
        for name in ("alpha", "beta"):
            with inside(request.getfixturevalue(name)), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS number_event IMMEDIATE")


@pytest.fixture
def hooked(login_walls: None) -> Iterator[OrganisationRef]:
    """An organisation with its own login, for what is committed; it is gone after the test."""
    for left in Organisation.objects.filter(schema_name="hooked"):  # by a run that was killed
        remove(left.ref())
    made = provision(new=NewOrganisation("hooked", {"en": "Hooked"})).ref()
    yield made
    DueWork.objects.filter(organisation=made.id).delete()
    remove(made)


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def endpoint(alpha: OrganisationRef, manager: Seat, receiver: Receiver) -> Endpoint:
    with inside(alpha):
        return add_endpoint(new=EndpointSettings(receiver.url, "Our register"), by=manager)[0]


@pytest.fixture
def note() -> Callable[..., Event]:
    """`note("sent", of=key)`: an event of a referral, numbered as if it had been committed."""

    def make(state: str = "sent", *, of: UUID | None = None, **data: Any) -> Event:
        event = note_event(
            type=state if state == "test" or "." in state else f"referral.{state}",
            referral_id=of or uuid7(),
            envelope_id=of,
            source_id=uuid7(),
            data={"state": state, **data},
        )
        event.refresh_from_db()
        return event

    return make
