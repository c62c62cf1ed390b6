from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from tenants.organisations.isolation import inside
from tests.api.conftest import allows_not, is_problem


def url(pk: object) -> str:
    return f"/api/v1/referrals/{pk}/open/"


def test_opens_and_answers_with_the_referral(
    at_target: Client, target: SimpleNamespace, referred: Callable[..., SimpleNamespace]
) -> None:
    made = referred()
    response = at_target.post(url(made.into))
    assert response.status_code == 200
    assert response.json() == at_target.get(f"/api/v1/referrals/{made.into}/").json()
    assert response.json()["state"] == "opened"
    assert response.json()["need"] == "Courage"
    with inside(target.ref):
        assert Entry.objects.filter(action="referral.opened").get().actor_name == target.seat.name


@pytest.mark.parametrize("state", [State.OPENED, State.ACCEPTED, State.DECLINED])
def test_in_another_state_it_is_409(at_target: Client, referred: Callable[..., SimpleNamespace], state: State) -> None:
    assert is_problem(at_target.post(url(referred(state).into)), "referral_moved")


def test_the_sender_does_not_open_its_own(at_sender: Client, referred: Callable[..., SimpleNamespace]) -> None:
    made = referred()
    assert is_problem(at_sender.post(url(made.out)), "referral_moved")
    assert at_sender.get(f"/api/v1/referrals/{made.out}/").json()["state"] == "sent"


def test_the_other_organisations_copy_does_not_exist_here(
    at_target: Client, referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(at_target.post(url(referred().out)), "not_found")


def test_the_signed_out_get_401(
    beta: OrganisationRef, client_of: Callable[..., Client], referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(client_of(None, beta).post(url(referred().into)), "not_signed_in")


def test_strangers_get_404(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    assert is_problem(client_of(member(alpha, Role.MANAGER), beta).post(url(referred().into)), "not_found")


def test_who_may_only_read_gets_403(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    response = client_of(member(beta, Role.VIEWER), beta).post(url(referred().into))
    assert is_problem(response, "not_allowed", detail=allows_not("Open, accept and decline referrals"))


def test_by_session_it_takes_the_csrf_token(
    beta: OrganisationRef, target: SimpleNamespace, referred: Callable[..., SimpleNamespace]
) -> None:
    made = referred()
    client = Client(enforce_csrf_checks=True, headers={"host": workspace_host(beta.short_name)})
    client.force_login(User.objects.get(pk=target.seat.user_id))
    assert is_problem(client.post(url(made.into), content_type="application/json"), "csrf_failed")
    headers = {"x-csrftoken": client.get("/session/state/").json()["csrf_token"]}
    assert client.post(url(made.into), content_type="application/json", headers=headers).status_code == 200
