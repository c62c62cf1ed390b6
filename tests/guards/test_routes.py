"""Every route of every host, walked as everybody who must not pass.

A route is either public with a reason, or closed to the signed-out, to strangers, to members of another
organisation, and to roles without its permission.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from halka.accounts.models import User
from halka.authorization.public import is_public
from halka.authorization.roles import ROLES, SCOPES, Permission, Role, Scope
from halka.common.addresses import NETWORK_URLS, WORKSPACE_URLS
from halka.common.current import OrganisationRef
from tests.api.conftest import at, software
from tests.guards import exemptions

__all__ = ["software"]

SAMPLES = {"uuid": str(uuid4()), "int": "1", "str": "sample", "slug": "sample", "path": "sample"}


@dataclass(frozen=True)
class Route:
    """`name` is the pattern as Django prints it, `path` a sample of it."""

    name: str
    path: str
    view: Any


def routes(urlconf: str) -> list[Route]:
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver: URLResolver, name: str, path: str) -> Iterator[Route]:
    for item in resolver.url_patterns:
        pattern = str(item.pattern)
        sample = pattern
        for key, converter in getattr(item.pattern, "converters", {}).items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            sample = sample.replace(f"<{kind}:{key}>", SAMPLES.get(kind, "sample")).replace(f"<{key}>", "sample")
        if isinstance(item, URLResolver):
            yield from _walk(item, name + pattern, path + sample)
        elif isinstance(item, URLPattern):
            yield Route(name + pattern, "/" + path + sample, item.callback)


WORKSPACE = {route.name: route for route in routes(WORKSPACE_URLS)}
CLOSED = {name: route for name, route in WORKSPACE.items() if not is_public(route.view)}
NETWORK = {route.name: route for route in routes(NETWORK_URLS)}


def test_there_is_something_to_walk() -> None:
    assert {"", "clients/", "referrals/<uuid:pk>/"} <= CLOSED.keys()


def test_what_is_public_on_a_workspace_is_listed() -> None:
    assert set(WORKSPACE) - set(CLOSED) == exemptions.WORKSPACE_PUBLIC


METHODS = ("get", "post")


def statuses(client: Client, names: Iterable[str]) -> dict[str, list[int]]:
    """Route -> what it answers to each of METHODS."""
    return {name: [getattr(client, method)(CLOSED[name].path).status_code for method in METHODS] for name in names}


def test_the_signed_out_are_sent_to_sign_in(alpha: OrganisationRef, client_of: Callable[..., Client]) -> None:
    client = client_of(None, alpha)
    for name, route in CLOSED.items():
        for method in METHODS:
            answer = getattr(client, method)(route.path)
            if route.path.startswith("/api/"):
                assert answer.status_code == 401, name
            else:
                assert answer.status_code == 302, name
                assert answer["Location"].startswith("http://halka.localhost:8000/accounts/login/?next="), name


@pytest.mark.parametrize("who", ["stranger", "member of another organisation", "former member", "secretariat"])
def test_others_get_404(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    secretariat: OrganisationRef,
    member: Callable[..., User],
    client_of: Callable[..., Client],
    who: str,
) -> None:
    if who == "stranger":
        user = User.objects.create_user("stranger@example.org", "a long passphrase", name="Stranger")
    elif who == "former member":
        user = member(alpha, Role.MANAGER)
        user.memberships.update(ended_at="2026-01-01T00:00Z")
    elif who == "secretariat":
        user = member(secretariat, Role.SECRETARIAT)
    else:
        user = member(beta, Role.MANAGER)
    answers = statuses(client_of(user, alpha), CLOSED)
    assert {name: codes for name, codes in answers.items() if codes != [404, 404]} == {}


@pytest.mark.parametrize("role", Role)
def test_a_role_passes_where_its_permissions_say(
    alpha: OrganisationRef,
    secretariat: OrganisationRef,
    member: Callable[..., User],
    client_of: Callable[..., Client],
    settings: Any,
    role: Role,
) -> None:
    """The table of permissions is tests/guards/exemptions.py; a route that is missing there fails."""
    settings.DEMO = True  # second factors are another test's
    ref = secretariat if ROLES[role].network else alpha
    answers = statuses(client_of(member(ref, role), ref), CLOSED)
    assert misfits(answers, ROLES[role].permissions) == {}


def misfits(answers: dict[str, list[int]], permissions: Collection[Permission]) -> dict[str, list[int]]:
    """Those that let somebody with these permissions pass, or not, against the table."""
    wrong = {}
    for name, codes in answers.items():
        needed = [exemptions.PERMISSIONS[name], exemptions.POSTING.get(name, exemptions.PERMISSIONS[name])]
        passes = [permission is None or permission in permissions for permission in needed]
        fits = [code != 403 if may else code in (403, 405) for may, code in zip(passes, codes, strict=True)]
        if not all(fits) or (not any(passes) and 403 not in codes):
            wrong[name] = codes
    return wrong


API = {name: route for name, route in CLOSED.items() if name.startswith("api/")}


@pytest.mark.parametrize("scope", Scope)
def test_software_passes_where_its_scope_says(alpha: OrganisationRef, software: Any, scope: Scope) -> None:
    assert misfits(statuses(software(alpha, scope).api, API), SCOPES[scope]) == {}


def test_a_page_is_closed_to_every_token(alpha: OrganisationRef, software: Any) -> None:
    answers = statuses(software(alpha, *Scope).api, CLOSED.keys() - API.keys())
    assert {name: codes for name, codes in answers.items() if codes != [302, 302]} == {}


def test_software_of_another_organisation_gets_401(
    alpha: OrganisationRef, beta: OrganisationRef, software: Any
) -> None:
    foreign = at(alpha, software(beta, *Scope).token)
    assert {name: codes for name, codes in statuses(foreign, API).items() if codes != [401, 401]} == {}


def test_no_cache_keeps_what_members_see(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    user = member(alpha, Role.MANAGER)
    workspace, network = client_of(user, alpha), client_of(user)
    answers = [(name, workspace.get(route.path)) for name, route in CLOSED.items()]
    answers += [(name, network.get(NETWORK[name].path)) for name in ("", "knowledge/", "accounts/sessions/")]
    assert [name for name, answer in answers if "no-store" not in answer.headers.get("Cache-Control", "")] == []


def test_no_stale_rows_in_the_table() -> None:
    assert exemptions.PERMISSIONS.keys() == CLOSED.keys()
    assert exemptions.POSTING.keys() - CLOSED.keys() == set()
    assert exemptions.NETWORK_PUBLIC.keys() - NETWORK.keys() == set()


def test_a_network_route_is_for_the_signed_in_or_says_why_not(db: None, client_of: Callable[..., Client]) -> None:
    """On the network site the signed-out get nothing but what is public by its view or by the table."""
    client = client_of(None)
    for name, route in NETWORK.items():
        if getattr(route.view, "public_reason", "") or name in exemptions.NETWORK_PUBLIC:
            continue
        answer = client.get(route.path)
        if answer.status_code == 301:  # a slash was missing in the sample
            answer = client.get(answer["Location"])
        assert answer.status_code in (302, 401, 404, 405), name
        if answer.status_code == 302:
            assert "/accounts/login/" in answer["Location"], name
