from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from tests.api.conftest import allows_not, is_problem


def decline(client: Client, pk: object, **body: Any) -> Any:
    return client.post(f"/api/v1/referrals/{pk}/decline/", body, content_type="application/json")


def test_declines_with_a_reason(
    at_target: Client, at_sender: Client, referred: Callable[..., SimpleNamespace], tasks: Callable[[], Any]
) -> None:
    made = referred(State.OPENED)
    with tasks():
        response = decline(at_target, made.into, reason="outside_area", note="Try the centre in town")
    assert response.status_code == 200
    body = response.json()
    assert (body["state"], body["reason"]) == ("declined", "outside_area")
    assert body["steps"][0]["reason"] == "outside_area"
    assert (body["client"], body["disclosed"]) == (None, [])
    seen = at_sender.get(f"/api/v1/referrals/{made.out}/").json()
    assert (seen["state"], seen["reason"]) == ("declined", "outside_area")
    assert seen["steps"][0]["note"] == "Try the centre in town"


@pytest.mark.parametrize(("body", "code"), [({}, "required"), ({"reason": "mood"}, "invalid_choice")])
def test_without_a_known_reason_it_is_422(
    at_target: Client, referred: Callable[..., SimpleNamespace], body: dict[str, str], code: str
) -> None:
    response = decline(at_target, referred(State.OPENED).into, **body)
    (fault,) = response.json()["fields"]
    assert (fault["field"], fault["code"]) == ("reason", code)
    assert is_problem(response, "invalid_fields", fields=[fault])


@pytest.mark.parametrize("state", [State.SENT, State.ACCEPTED, State.DECLINED])
def test_in_another_state_it_is_409(at_target: Client, referred: Callable[..., SimpleNamespace], state: State) -> None:
    assert is_problem(decline(at_target, referred(state).into, reason="no_place"), "referral_moved")


def test_the_sender_does_not_decline_its_own(at_sender: Client, referred: Callable[..., SimpleNamespace]) -> None:
    assert is_problem(decline(at_sender, referred(State.OPENED).out, reason="no_place"), "referral_moved")


def test_the_other_organisations_copy_does_not_exist_here(
    at_target: Client, referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(decline(at_target, referred(State.OPENED).out, reason="no_place"), "not_found")


def test_the_signed_out_get_401(
    beta: OrganisationRef, client_of: Callable[..., Client], referred: Callable[..., SimpleNamespace]
) -> None:
    pk = referred(State.OPENED).into
    assert is_problem(decline(client_of(None, beta), pk, reason="no_place"), "not_signed_in")


def test_strangers_get_404(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    stranger = client_of(member(alpha, Role.MANAGER), beta)
    assert is_problem(decline(stranger, referred(State.OPENED).into, reason="no_place"), "not_found")


def test_who_may_only_read_gets_403(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    response = decline(client_of(member(beta, Role.VIEWER), beta), referred(State.OPENED).into, reason="no_place")
    assert is_problem(response, "not_allowed", detail=allows_not("Open, accept and decline referrals"))
