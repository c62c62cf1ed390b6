"""A programme in alpha, a person with a consent, and colleagues around them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from halka.authorization.roles import ROLES, Role
from tenants.caseloads.domain.cases import enrol
from tenants.caseloads.domain.programmes import ProgrammeDetails, add_programme
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Consent
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague
from tests.factories.caseloads import ClientFactory


@pytest.fixture
def crew(alpha, seat_in):
    """A seat in alpha for each role of its own, beside `seat`; accounts are made outside of organisations."""
    return {role: seat_in(alpha, role) for role, row in ROLES.items() if not row.network}


@pytest.fixture
def seat(alpha, seat_in, crew):
    """A mentor of alpha; the test runs inside of it."""
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        yield seat


@pytest.fixture
def helper(seat, crew):
    """A caseworker of alpha who has nothing to do with `seat`'s people."""
    return crew[Role.CASEWORKER]


@pytest.fixture
def person(seat):
    """A client of alpha, whom `seat` is responsible for."""
    return ClientFactory(assigned_to_id=seat.membership_id)


@pytest.fixture
def set_up(seat):
    """`set_up(name="Steps", targets={…})`: a programme that runs."""

    def make(name="Steps", targets=None, **details):
        details = {"starts_on": date(2020, 1, 1), **details}
        return add_programme(details=ProgrammeDetails(name=name, **details), targets=targets, by=seat)

    return make


@pytest.fixture
def programme(set_up):
    return set_up()


@pytest.fixture
def agree(seat):
    """`agree(client)`: a valid consent to take part; values of the receipt can be given."""

    def make(client, **values):
        return Consent.objects.create(
            **{
                "client": client,
                "purpose": ConsentPurpose.ENROLMENT,
                "scopes": ["identity"],
                "how_given": "signed",
                "language": "en",
                "expires_on": timezone.localdate() + timedelta(days=30),
                **values,
            }
        )

    return make


@pytest.fixture
def join(seat, agree):
    """`join(client, programme)`: a case of theirs that `by`, or else `seat`, opened."""

    def make(client, programme, by=None, **values):
        return enrol(client=client, programme=programme, consent=agree(client), by=by or seat, **values)

    return make


@pytest.fixture
def case(join, person, programme):
    return join(person, programme)


@pytest.fixture
def colleague_of():
    """The colleague of a seat, for verbs that take one."""
    return lambda seat: Colleague.objects.get(pk=seat.membership_id)
