"""Tokens of software: whose they are, where they open, and when they end."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.idp.oidc.models import Token
from django.contrib.auth.hashers import identify_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Scope
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from tenants.caseloads.models import Client as Person
from tenants.organisations.domain.software import change_software, revoke_software, rotate_secret
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, Software
from tests.api.conftest import at, is_problem, token_of

Make = Callable[..., SimpleNamespace]


@pytest.fixture
def case_system(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.REFERRALS_READ, Scope.CLIENTS_READ)


def test_a_token_opens_its_own_organisation(case_system: SimpleNamespace) -> None:
    me = case_system.api.get("/api/v1/me/")
    assert me.status_code == 200
    assert me.json()["account"] is None
    assert me.json()["seat"] is None
    assert me.json()["software"] == {
        "id": str(case_system.pk), "name": "Case system", "scopes": ["clients:read", "referrals:read"],
    }  # fmt: skip
    assert me.json()["organisation"]["short_name"] == "alpha"
    assert me.json()["permissions"] == ["client.view", "member.view", "referral.view"]


def test_a_token_is_told_as_oauth_tells_it(case_system: SimpleNamespace) -> None:
    answer = token_of(case_system.ref, case_system.client_id, case_system.secret)
    assert answer.status_code == 200
    told = answer.json()
    assert told.keys() == {"access_token", "expires_in", "scope", "token_type"}
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3600)
    assert set(told["scope"].split()) == {"referrals:read", "clients:read"}
    assert answer["Cache-Control"] == "no-store"
    assert answer["RateLimit-Limit"] == "60"
    assert not Token.objects.filter(hash=told["access_token"]).exists()


def test_less_may_be_asked_for(case_system: SimpleNamespace) -> None:
    told = token_of(case_system.ref, case_system.client_id, case_system.secret, scope="clients:read").json()
    assert told["scope"] == "clients:read"
    me = at(case_system.ref, told["access_token"]).get("/api/v1/me/").json()
    assert me["software"]["scopes"] == ["clients:read"]


def test_more_may_not(case_system: SimpleNamespace) -> None:
    answer = token_of(case_system.ref, case_system.client_id, case_system.secret, scope="clients:write")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_basic_is_understood(case_system: SimpleNamespace) -> None:
    words = b64encode(f"{case_system.client_id}:{case_system.secret}".encode()).decode()
    client = Client(headers={"host": workspace_host("alpha"), "authorization": f"Basic {words}"})
    answer = client.post("/api/oauth/token", {"grant_type": "client_credentials"})
    assert answer.status_code == 200


@pytest.mark.parametrize("grant", ["", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"])
def test_other_grants_are_refused(case_system: SimpleNamespace, grant: str) -> None:
    answer = token_of(case_system.ref, case_system.client_id, case_system.secret, grant_type=grant)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


def test_a_resource_must_be_an_address(case_system: SimpleNamespace) -> None:
    answer = token_of(case_system.ref, case_system.client_id, case_system.secret, resource="nothing")
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_target"})


def test_only_post_gets_a_token(case_system: SimpleNamespace) -> None:
    assert Client(headers={"host": workspace_host("alpha")}).get("/api/oauth/token").status_code == 405


def test_on_anothers_host_a_client_is_unknown(case_system: SimpleNamespace, beta: OrganisationRef) -> None:
    right_secret = token_of(beta, case_system.client_id, case_system.secret)
    nobody = token_of(beta, "nobody", "x")
    wrong_secret = token_of(case_system.ref, case_system.client_id, "wrong")
    assert right_secret.status_code == nobody.status_code == wrong_secret.status_code == 401
    assert right_secret.json() == nobody.json() == wrong_secret.json() == {"error": "invalid_client"}
    assert right_secret["WWW-Authenticate"] == nobody["WWW-Authenticate"] == wrong_secret["WWW-Authenticate"]


def test_on_anothers_host_a_token_is_unknown(case_system: SimpleNamespace, beta: OrganisationRef) -> None:
    """Though beta has software too. The same answer, by the same number of queries, as to a token that never was."""
    with CaptureQueriesContext(
        connection,
    ) as of_alpha:
        foreign = at(beta, case_system.token).get("/api/v1/me/")
    with CaptureQueriesContext(connection) as of_nobody:
        unknown = at(beta, "nothing").get("/api/v1/me/")
    for answer in (foreign, unknown):
        assert is_problem(answer, "invalid_token")
        assert answer["WWW-Authenticate"] == 'Bearer realm="halka", error="invalid_token"'
        del answer.headers["X-Request-ID"]  # each has its own
    assert foreign.headers == unknown.headers
    assert len(of_alpha) - len(of_nobody) in (0, 1)  # the first request on a host asks whose it is
    assert at(beta, case_system.token).get("/api/v1/nothing/").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer x y", "Token x", "\x7f"])
def test_what_is_no_token_is_401(case_system: SimpleNamespace, header: str) -> None:
    answer = Client(headers={"host": workspace_host("alpha"), "authorization": header}).get("/api/v1/me/")
    assert is_problem(answer, "invalid_token")


def test_a_token_ends_after_an_hour(case_system: SimpleNamespace) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert case_system.api.get("/api/v1/me/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert is_problem(case_system.api.get("/api/v1/me/"), "invalid_token")


def test_a_token_ends_with_its_software(case_system: SimpleNamespace) -> None:
    with inside(case_system.ref):
        revoke_software(software=case_system.pk, by=case_system.by)
    assert is_problem(case_system.api.get("/api/v1/me/"), "invalid_token")
    assert token_of(case_system.ref, case_system.client_id, case_system.secret).status_code == 401


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_a_token_ends_with_its_organisation(case_system: SimpleNamespace, state: State) -> None:
    """At once, though the host is remembered as it was."""
    assert case_system.api.get("/api/v1/me/").status_code == 200
    Organisation.objects.filter(pk=case_system.ref.id).update(state=state)
    assert is_problem(case_system.api.get("/api/v1/me/"), "invalid_token")
    assert token_of(case_system.ref, case_system.client_id, case_system.secret).status_code == 401


def test_software_of_a_suspended_organisation_changes_nothing(alpha: OrganisationRef, software: Make) -> None:
    """As its people, and reads nothing either: nobody looks at what software copies meanwhile."""
    writing = software(alpha, Scope.CLIENTS_READ, Scope.CLIENTS_WRITE)
    person = {"given_name": "Zorana", "family_name": "Izmišljena"}

    def add() -> Any:
        return writing.api.post(
            "/api/v1/clients/", person, content_type="application/json", headers={"Idempotency-Key": uuid4().hex}
        )

    assert add().status_code == 201
    Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED)
    assert is_problem(add(), "invalid_token")
    with inside(alpha):
        assert Person.objects.count() == 1
    Organisation.objects.filter(pk=alpha.id).update(state=State.ACTIVE)
    assert add().status_code == 201


def test_a_scope_that_is_taken_back_ends_at_once(case_system: SimpleNamespace) -> None:
    with inside(case_system.ref):
        change_software(software=case_system.pk, name="New name", scopes=[Scope.CLIENTS_READ], by=case_system.by)
    me = case_system.api.get("/api/v1/me/").json()["software"]
    assert (me["name"], me["scopes"]) == ("New name", ["clients:read"])


def test_a_scope_that_is_added_counts_from_the_next_token_on(case_system: SimpleNamespace) -> None:
    with inside(case_system.ref):
        change_software(software=case_system.pk, name="Case system", scopes=list(Scope), by=case_system.by)
    assert case_system.api.get("/api/v1/me/").json()["software"]["scopes"] == ["clients:read", "referrals:read"]


def test_a_scope_that_is_no_more_is_left_out(case_system: SimpleNamespace) -> None:
    Token.objects.update(scopes="referrals:read\nmoon:read")
    Software.objects.get(pk=case_system.pk).client.__class__.objects.update(scopes="referrals:read\nmoon:read")
    assert case_system.api.get("/api/v1/me/").json()["software"]["scopes"] == ["referrals:read"]


@pytest.mark.parametrize(("hours", "after", "status"), [(0, 0, 401), (24, 23, 200), (24, 25, 401)])
def test_the_secret_before_counts_for_the_overlap(
    case_system: SimpleNamespace, hours: int, after: int, status: int
) -> None:
    with inside(case_system.ref):
        _found, secret = rotate_secret(software=case_system.pk, hours=hours, by=case_system.by)
    with time_machine.travel(timezone.now() + timedelta(hours=after), tick=False):
        assert token_of(case_system.ref, case_system.client_id, case_system.secret).status_code == status
        assert token_of(case_system.ref, case_system.client_id, secret).status_code == 200


def test_tokens_go_on_when_the_secret_is_new(case_system: SimpleNamespace) -> None:
    with inside(case_system.ref):
        rotate_secret(software=case_system.pk, hours=0, by=case_system.by)
    assert case_system.api.get("/api/v1/me/").status_code == 200


def test_a_secret_is_kept_as_a_fast_hash_alone(case_system: SimpleNamespace) -> None:
    encoded = Software.objects.get(pk=case_system.pk).client.secret
    assert case_system.secret not in encoded
    assert identify_hasher(encoded).algorithm == "halka_key"
    assert len(case_system.secret) >= 43


def test_no_session_counts_beside_a_token(
    alpha: OrganisationRef, case_system: SimpleNamespace, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    """A browser's sign-in neither helps a bad token nor speaks for a good one, and is not even looked up."""
    signed_in = client_of(member(alpha, Role.MANAGER), alpha)
    bad = signed_in.get("/api/v1/me/", headers={"authorization": "Bearer nothing"})
    assert is_problem(bad, "invalid_token")
    with CaptureQueriesContext(connection) as queries:
        good = signed_in.get("/api/v1/me/", headers={"authorization": f"Bearer {case_system.token}"})
    assert good.json()["account"] is None
    assert not [query for query in queries if "session" in query["sql"] or "accounts_user" in query["sql"]]
    assert not good.cookies


def test_a_token_opens_no_page(case_system: SimpleNamespace) -> None:
    for path in ("/", "/clients/", "/settings/"):
        assert case_system.api.get(path).status_code == 302


def test_no_csrf_for_software(case_system: SimpleNamespace) -> None:
    strict = Client(
        headers={"host": workspace_host("alpha"), "authorization": f"Bearer {case_system.token}"},
        enforce_csrf_checks=True,
    )
    answer = strict.post("/api/v1/referrals/01990000-aaaa-7aaa-8aaa-aaaaaaaaaaaa/open/")
    assert is_problem(
        answer, "insufficient_scope", detail="This software may not: “Open, accept and decline referrals”."
    )
    assert answer["WWW-Authenticate"] == 'Bearer realm="halka", error="insufficient_scope", scope="referrals:write"'


def test_problems_speak_the_language_of_the_request(case_system: SimpleNamespace) -> None:
    answer = case_system.api.get("/api/v1/nothing/", headers={"accept-language": "fa"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert answer.json()["title"] != "There is nothing here."


def test_when_it_was_used_is_noted_once_a_minute(case_system: SimpleNamespace) -> None:
    start = timezone.now().replace(microsecond=0)
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            case_system.api.get("/api/v1/me/")
        assert Software.objects.get(pk=case_system.pk).last_used_at == start + timedelta(seconds=noted)


@pytest.mark.parametrize("who", ["client", "address"])
def test_asking_too_often_is_429(case_system: SimpleNamespace, settings: Any, who: str) -> None:
    settings.API_TOKENS_PER_MINUTE = 2
    with time_machine.travel(timezone.now().replace(second=10), tick=False):
        for number in range(2):
            token_of(case_system.ref, case_system.client_id if who == "client" else f"nobody{number}", "x")
        client = Client(
            headers={"host": workspace_host("alpha")}, REMOTE_ADDR="127.0.0.9" if who == "client" else "127.0.0.1"
        )
        answer = client.post(
            "/api/oauth/token",
            {"grant_type": "client_credentials", "client_id": case_system.client_id, "client_secret": "x"},
        )
        assert is_problem(answer, "too_many_requests")
        assert answer["Retry-After"] == answer["RateLimit-Reset"] == "50"
    with time_machine.travel(timezone.now().replace(second=10) + timedelta(minutes=1), tick=False):
        assert token_of(case_system.ref, case_system.client_id, case_system.secret).status_code == 200
