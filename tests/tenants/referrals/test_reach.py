"""A referral names a person: it is closed to whom their record is closed, on pages and in the API."""

from __future__ import annotations

import pytest

from halka.authorization.roles import Role
from network_registry.exchange.enums import State
from tenants.organisations.isolation import inside
from tests.tenants.referrals.conftest import NAME


@pytest.fixture
def closed(referred, sender):
    """A referral of a client whom the sender's mentor is responsible for."""
    made = referred(State.SENT)
    with inside(sender.ref):
        type(sender.client).objects.update(assigned_to=sender.seat.membership_id)
    return made


def test_the_page_is_closed_like_the_record(closed, sender, member, client_of):
    pk = closed.out
    others = client_of(member(sender.ref, Role.CASEWORKER), sender.ref)
    answer = others.get(f"/referrals/{pk}/")
    assert answer.status_code == 403
    assert NAME not in answer.content.decode()
    assert f"{sender.seat.name} is responsible." in answer.content.decode()
    assert others.get(f"/api/v1/referrals/{pk}/").status_code == 403
    lead = client_of(member(sender.ref, Role.SUPERVISOR), sender.ref)
    assert NAME in lead.get(f"/referrals/{pk}/").content.decode()


def test_lists_leave_the_name_out(closed, sender, member, client_of):
    others = client_of(member(sender.ref, Role.CASEWORKER), sender.ref)
    text = others.get("/referrals/?side=out").content.decode()
    assert NAME not in text
    assert "In a colleague's care" in text or "In a colleague&#x27;s care" in text
    assert others.get("/api/v1/referrals/").json()["results"][0]["client"] is None
    lead = client_of(member(sender.ref, Role.SUPERVISOR), sender.ref)
    assert NAME in lead.get("/referrals/?side=out").content.decode()
    assert lead.get("/api/v1/referrals/").json()["results"][0]["client"]["name"] == NAME
