from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from tests.api.conftest import allows_not, is_problem


def accept(client: Client, pk: object, **body: Any) -> Any:
    return client.post(f"/api/v1/referrals/{pk}/accept/", body, content_type="application/json")


def test_accepts_for_the_caller(
    at_target: Client, at_sender: Client, target: SimpleNamespace, referred: Callable[..., SimpleNamespace],
    tasks: Callable[[], Any],
) -> None:  # fmt: skip
    made = referred(State.OPENED)
    with tasks():
        response = accept(at_target, made.into, note="Come on Monday")
    assert response.status_code == 200
    body = response.json()
    assert (body["state"], body["steps"][0]["note"]) == ("accepted", "Come on Monday")
    assert body["owner"] == {"membership": str(target.seat.membership_id), "name": target.seat.name}
    assert [name for name, may in body["abilities"].items() if may] == ["not-started", "withdraw"]
    assert at_target.get(f"/api/v1/referrals/{made.into}/").json()["client"]["name"] == "Zorana Izmišljena"
    assert at_sender.get(f"/api/v1/referrals/{made.out}/").json()["steps"][0]["note"] == "Come on Monday"


def test_accepts_for_a_colleague(
    at_target: Client, beta: OrganisationRef, seat_in: Callable[..., Seat], referred: Callable[..., SimpleNamespace]
) -> None:
    colleague = seat_in(beta, Role.MENTOR)
    response = accept(at_target, referred(State.OPENED).into, assignee=str(colleague.membership_id))
    assert response.json()["owner"] == {"membership": str(colleague.membership_id), "name": colleague.name}


@pytest.mark.parametrize("who", ["of another organisation", "who only reads"])
def test_an_assignee_must_work_here(
    at_target: Client, alpha: OrganisationRef, beta: OrganisationRef, seat_in: Callable[..., Seat],
    referred: Callable[..., SimpleNamespace], who: str,
) -> None:  # fmt: skip
    other = seat_in(alpha, Role.MENTOR) if who == "of another organisation" else seat_in(beta, Role.VIEWER)
    made = referred(State.OPENED)
    response = accept(at_target, made.into, assignee=str(other.membership_id))
    message = f'Invalid pk "{other.membership_id}" - object does not exist.'
    fault = {"field": "assignee", "code": "does_not_exist", "message": message}
    assert is_problem(response, "invalid_fields", fields=[fault])
    assert at_target.get(f"/api/v1/referrals/{made.into}/").json()["state"] == "opened"


def test_a_note_has_an_end(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    response = accept(at_target, referred(State.OPENED).into, note="x" * 2001)
    assert [(fault["field"], fault["code"]) for fault in response.json()["fields"]] == [("note", "max_length")]


def test_a_list_is_no_answer(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    pk = referred(State.OPENED).into
    response = at_target.post(f"/api/v1/referrals/{pk}/accept/", [], content_type="application/json")
    assert response.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in response.json()["fields"]] == [("", "invalid")]


def test_what_is_no_json_is_400(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    pk = referred(State.OPENED).into
    response = at_target.post(f"/api/v1/referrals/{pk}/accept/", "{", content_type="application/json")
    assert is_problem(response, "unreadable")


def test_a_form_is_415(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    pk = referred(State.OPENED).into
    assert is_problem(at_target.post(f"/api/v1/referrals/{pk}/accept/", {"note": "x"}), "unsupported_media_type")


@pytest.mark.parametrize("state", [State.SENT, State.ACCEPTED, State.DECLINED])
def test_in_another_state_it_is_409(at_target: Client, referred: Callable[..., SimpleNamespace], state: State) -> None:
    assert is_problem(accept(at_target, referred(state).into), "referral_moved")


def test_the_sender_does_not_accept_its_own(at_sender: Client, referred: Callable[..., SimpleNamespace]) -> None:
    assert is_problem(accept(at_sender, referred(State.OPENED).out), "referral_moved")


def test_the_other_organisations_copy_does_not_exist_here(
    at_target: Client, referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(accept(at_target, referred(State.OPENED).out), "not_found")


def test_the_signed_out_get_401(
    beta: OrganisationRef, client_of: Callable[..., Client], referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(accept(client_of(None, beta), referred(State.OPENED).into), "not_signed_in")


def test_strangers_get_404(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    stranger = client_of(member(alpha, Role.MANAGER), beta)
    assert is_problem(accept(stranger, referred(State.OPENED).into), "not_found")


def test_who_may_only_read_gets_403(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    response = accept(client_of(member(beta, Role.VIEWER), beta), referred(State.OPENED).into)
    assert is_problem(response, "not_allowed", detail=allows_not("Open, accept and decline referrals"))
