"""A caseworker at work in alpha, and clients there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halka.authorization.roles import Role
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership


@pytest.fixture
def worker(alpha, member, client_of):
    """`ref`, `user`, `membership` and signed-in `browser` of a caseworker in alpha."""
    return at_work(alpha, Role.CASEWORKER, member, client_of)


def at_work(ref, role, member, client_of):
    user = member(ref, role)
    membership = Membership.objects.get(user=user, organisation_id=ref.id)
    return SimpleNamespace(ref=ref, user=user, membership=membership, browser=client_of(user, ref))


@pytest.fixture
def add(alpha, seat_in):
    """`add(given_name="Ana", …)`: a client in alpha; `assigned_to` is a membership's key."""
    seat = seat_in(alpha)

    def make(assigned_to=None, **details):
        with inside(alpha):
            return add_client(details=ClientDetails(**details), assigned_to=assigned_to, by=seat)

    return make
