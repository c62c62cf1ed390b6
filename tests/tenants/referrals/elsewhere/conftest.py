"""People of alpha and of beta who may be the same, and agreed to being asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums import ConsentGiven, ConsentPurpose, ConsentScope
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere.presence import change_participation
from tenants.referrals.models import Match

from .asked import ask, granted, known, owned
from .handover import life, offer, own_files

__all__ = ["ask", "granted", "known", "life", "offer", "own_files", "owned"]

ALL = [ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.OFFICIAL]


def side_of(ref: OrganisationRef, seat: Seat) -> SimpleNamespace:
    return SimpleNamespace(ref=ref, seat=seat)


@pytest.fixture
def ours(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    return side_of(alpha, seat_in(alpha, Role.CASEWORKER))


@pytest.fixture
def theirs(beta: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    return side_of(beta, seat_in(beta, Role.CASEWORKER))


@pytest.fixture
def taking_part(ours: SimpleNamespace, theirs: SimpleNamespace, tasks: Callable[[], Any]) -> None:
    for side in (ours, theirs):
        with tasks(), inside(side.ref):
            change_participation(takes_part=True, by=side.seat)


def asking(scopes: list[ConsentScope] = ALL, days: int = 100) -> NewConsent:
    return NewConsent(
        purpose=ConsentPurpose.NETWORK_CHECK,
        scopes=scopes,
        how_given=ConsentGiven.SIGNED,
        expires_on=timezone.localdate() + timedelta(days=days),
    )


@pytest.fixture
def person(tasks: Callable[[], Any]) -> Callable[..., Client]:
    """`person(side, given_name=…)`: a client of theirs who agreed to being asked about, in the care of its seat."""

    def make(side: SimpleNamespace, *, agrees: NewConsent | None = None, **details: Any) -> Client:
        with tasks(), inside(side.ref):
            client = add_client(details=ClientDetails(**details), assigned_to=side.seat.membership_id, by=side.seat)
            record_consent(client=client, new=agrees or asking(), by=side.seat)
        return client

    return make


ANA = {"given_name": "Ana", "family_name": "Šešelj", "birth_year": 1990}


@pytest.fixture
def matched(
    ours: SimpleNamespace, theirs: SimpleNamespace, taking_part: None, person: Callable[..., Client]
) -> SimpleNamespace:
    """The keys of both sides' matches of one woman."""
    here, there = person(ours, **ANA), person(theirs, **{**ANA, "family_name": "Шешељ"})
    return SimpleNamespace(here=here, there=there, ours=match_of(ours, here), theirs=match_of(theirs, there))


def match_of(side: SimpleNamespace, client: Client) -> Match:
    with inside(side.ref):
        found: Match = Match.objects.select_related("client").get(client=client.pk)
        return found
