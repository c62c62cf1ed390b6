"""A person who takes part in a programme of alpha, and somebody to work with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Case, Consent, Programme
from tenants.organisations.isolation import inside


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def seat(alpha, seat_in):
    """A caseworker; the test runs inside of alpha."""
    seat = seat_in(alpha)
    with inside(alpha):
        yield seat


@pytest.fixture
def ana(seat):
    return add_client(details=ClientDetails(given_name="Ana"), assigned_to=seat.membership_id, by=seat)


@pytest.fixture
def case(ana, seat):
    return join(ana)


def join(client, name="Way to work", days=100, **values):
    """A case of the client, made inside of their organisation."""
    today = timezone.localdate()
    programme = Programme.objects.create(name=name, starts_on=today - timedelta(days=days))
    consent = Consent.objects.create(
        client=client,
        purpose="enrolment",
        scopes=["identity"],
        how_given="signed",
        language="en",
        expires_on=today + timedelta(days=300),
    )
    return Case.objects.create(
        client=client, programme=programme, consent=consent, opened_on=today - timedelta(days=days), **values
    )
