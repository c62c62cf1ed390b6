from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from tests.api.conftest import is_problem


def test_tells_who_and_where(target: SimpleNamespace, at_target: Client) -> None:
    user = User.objects.get(pk=target.seat.user_id)
    response = at_target.get("/api/v1/me/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "account": {"name": user.name, "email": user.email, "language": "en", "calendar": "gregorian"},
        "software": None,
        "seat": {"membership": str(target.seat.membership_id), "role": "caseworker", "is_support": False},
        "organisation": {
            "id": str(target.ref.id),
            "short_name": "beta",
            "name": "Beta Centre",
            "kind": "agency",
            "state": "active",
            "language": "sr",
        },
        "permissions": [
            "capacity.confirm",
            "client.edit",
            "client.lookup",
            "client.view",
            "data.export",
            "directory.view",
            "disclosure.view",
            "event.view",
            "journal.write",
            "knowledge.write",
            "learning.view",
            "member.view",
            "record.move",
            "referral.answer",
            "referral.send",
            "referral.view",
            "today.view",
        ],
    }


@pytest.mark.parametrize("path", ["/api/v1/me/", "/api/v1/schema/", "/api/v1/nothing/"])
def test_the_signed_out_get_401(alpha: OrganisationRef, client_of: Callable[..., Client], path: str) -> None:
    response = client_of(None, alpha).get(path)
    assert is_problem(response, "not_signed_in")
    assert response["WWW-Authenticate"] == 'Bearer realm="halka", Session realm="halka"'


@pytest.mark.parametrize("path", ["/api/v1/me/", "/api/v1/schema/", "/api/v1/nothing/"])
def test_strangers_get_404(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    path: str,
) -> None:  # fmt: skip
    assert is_problem(client_of(member(beta), alpha).get(path), "not_found")


def test_an_address_of_nothing_is_404(at_target: Client) -> None:
    for method in (at_target.get, at_target.post, at_target.delete):
        assert is_problem(method("/api/v1/nothing/at/all"), "not_found")


def test_other_methods_are_405(at_target: Client) -> None:
    response = at_target.put("/api/v1/me/", {}, content_type="application/json")
    assert is_problem(response, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD"


def test_only_json_is_given(at_target: Client) -> None:
    response = at_target.get("/api/v1/me/", headers={"accept": "text/html"})
    assert is_problem(response, "not_acceptable")


def test_who_owes_a_second_factor_is_told(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    response = client_of(member(alpha, Role.MANAGER, second_factor=False), alpha).get("/api/v1/me/")
    assert is_problem(response, "second_factor_missing")


def test_problems_speak_the_callers_language(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    from django.utils import translation
    from django.utils.translation import gettext

    response = client_of(member(alpha, language="fa"), alpha).get("/api/v1/nothing/")
    with translation.override("fa"):
        assert response.json()["title"] == gettext("There is nothing here.")
    assert response.json()["code"] == "not_found"
