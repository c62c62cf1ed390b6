"""A mentor in alpha with a person of their own, and places on the team of a case."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role
from tenants.caseloads.domain.journal import NewEntry, write_entry
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Case, Consent, Programme, TeamMember
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def open_case(client, unseen_days=14):
    """A case of the client in a programme of its own."""
    programme = Programme.objects.create(name="Steps", starts_on=date(2020, 1, 1), unseen_days=unseen_days)
    consent = Consent.objects.create(
        client=client,
        purpose=ConsentPurpose.ENROLMENT,
        scopes=["identity"],
        how_given="signed",
        language="en",
        expires_on=timezone.localdate() + timedelta(days=30),
    )
    return Case.objects.create(client=client, programme=programme, consent=consent, opened_on=date(2024, 1, 1))


def put_on_team(case, seat, profession):
    return TeamMember.objects.create(case=case, colleague_id=seat.membership_id, profession=profession)


def entry(kind="call", text="Spoke about work.", **values):
    return NewEntry(**{"kind": kind, "text": text, "happened_at": timezone.now(), **values})


@pytest.fixture
def waiting(alpha, seat_in):
    """Seats of alpha by role: accounts are made before the test enters the organisation."""
    roles = (Role.MANAGER, Role.SUPERVISOR, Role.CASEWORKER, Role.VOLUNTEER, Role.VIEWER)
    return {**{role: [seat_in(alpha, role)] for role in roles}, Role.MENTOR: [seat_in(alpha, "mentor") for _ in "abc"]}


@pytest.fixture
def stranger(beta, seat_in):
    return seat_in(beta, Role.MANAGER)


@pytest.fixture
def seat(alpha, seat_in, waiting, stranger):
    """A mentor of alpha; the test runs inside of it."""
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        yield seat


@pytest.fixture
def another(seat, waiting):
    """`another(Role.VOLUNTEER)`: somebody else of alpha."""
    return lambda role=Role.CASEWORKER: waiting[role].pop()


@pytest.fixture
def person(seat):
    return ClientFactory(assigned_to_id=seat.membership_id)


@pytest.fixture
def write(seat, person):
    """`write(kind="meeting", by=other)`: an entry about the person."""

    def make(by=None, client=None, **values):
        return write_entry(client=client or person, new=entry(**values), by=by or seat)

    return make


@pytest.fixture
def desk(alpha, seat_in, client_of):
    """A mentor of alpha at the browser, with a person of their own: `ref`, `seat`, `browser`, `client`."""
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        client = ClientFactory(given_name="Agron", family_name="", assigned_to_id=seat.membership_id)
    return SimpleNamespace(
        ref=alpha, seat=seat, browser=client_of(User.objects.get(pk=seat.user_id), alpha), client=client
    )


@pytest.fixture
def colleague(desk, seat_in, client_of):
    """`colleague(Role.VOLUNTEER, "volunteer")`: somebody of alpha with a place on the team of the desk's client."""

    def make(role=Role.MENTOR, profession=None):
        seat = seat_in(desk.ref, role)
        if profession:
            with inside(desk.ref):
                case = Case.objects.filter(client=desk.client).first() or open_case(desk.client)
                put_on_team(case, seat, profession)
        return SimpleNamespace(seat=seat, browser=client_of(User.objects.get(pk=seat.user_id), desk.ref))

    return make
