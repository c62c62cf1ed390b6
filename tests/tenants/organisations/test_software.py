"""The organisation's own software: the verbs and the manager's pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.actions import actor_of
from halka.audit.models import Entry
from halka.authorization.roles import SCOPES, Permission, Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.organisations.domain import software as verbs
from tenants.organisations.isolation import inside
from tenants.organisations.models import Software
from tenants.organisations.tasks import remove_old_tokens

PATH = "/settings/software/"


@pytest.fixture
def manager(alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> SimpleNamespace:
    user = member(alpha, Role.MANAGER)
    seat = Seat(user.pk, user.memberships.get().pk, Role.MANAGER, user.name)
    return SimpleNamespace(ref=alpha, seat=seat, browser=client_of(user, alpha))


def add(manager: SimpleNamespace, *scopes: Scope, name: str = "Case register") -> tuple[Software, str]:
    with inside(manager.ref):
        return verbs.add_software(name=name, scopes=scopes or [Scope.REFERRALS_READ], by=manager.seat)


def acts(ref: OrganisationRef) -> list[tuple[str, dict[str, Any]]]:
    with inside(ref):
        found = Entry.objects.filter(action__startswith="software.").order_by("id")
        return list(found.values_list("action", "detail"))


# --- verbs ----------------------------------------------------------------------------------------------------------
def test_what_it_may_is_kept_in_the_tables_order(manager: SimpleNamespace) -> None:
    added, secret = add(manager, Scope.EVENTS_READ, Scope.REFERRALS_READ, Scope.EVENTS_READ)
    assert added.scopes == [Scope.REFERRALS_READ, Scope.EVENTS_READ]
    assert added.client.check_secret(secret)
    assert not added.client.check_secret("another")
    assert acts(manager.ref) == [
        ("software.added", {"name": "Case register", "scopes": ["referrals:read", "events:read"]})
    ]


def test_nothing_ticked_is_refused(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    with inside(manager.ref):
        with pytest.raises(verbs.SoftwareRefused, match="Tick at least one"):
            verbs.add_software(name="X", scopes=[], by=manager.seat)
        with pytest.raises(verbs.SoftwareRefused, match="Tick at least one"):
            verbs.change_software(software=added.pk, name="X", scopes=[], by=manager.seat)


def test_there_is_an_end(manager: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST", 1)
    first, _secret = add(manager)
    with pytest.raises(verbs.SoftwareRefused, match="too many"):
        add(manager)
    assert PATH + "add/" not in manager.browser.get(PATH).content.decode()
    refused = manager.browser.post(PATH + "add/", {"name": "X", "scopes": ["events:read"]})
    assert (refused.status_code, "too many" in refused.content.decode()) == (400, True)
    with inside(manager.ref):
        verbs.revoke_software(software=first.pk, by=manager.seat)
    add(manager)


def test_a_change_that_changes_nothing_is_no_act(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    with inside(manager.ref):
        verbs.change_software(software=added.pk, name="Case register", scopes=added.scopes, by=manager.seat)
        verbs.change_software(software=added.pk, name="Register", scopes=added.scopes, by=manager.seat)
    assert [action for action, _detail in acts(manager.ref)] == ["software.added", "software.changed"]


@pytest.mark.parametrize("hours", [-1, 73])
def test_an_overlap_has_an_end(manager: SimpleNamespace, hours: int) -> None:
    added, _secret = add(manager)
    with inside(manager.ref), pytest.raises(verbs.SoftwareRefused, match="0 to 72"):
        verbs.rotate_secret(software=added.pk, hours=hours, by=manager.seat)


def test_of_three_secrets_two_count_at_most(manager: SimpleNamespace) -> None:
    added, first = add(manager)
    with inside(manager.ref):
        _software, second = verbs.rotate_secret(software=added.pk, hours=72, by=manager.seat)
        changed, third = verbs.rotate_secret(software=added.pk, hours=72, by=manager.seat)
    assert [changed.client.check_secret(secret) for secret in (first, second, third)] == [False, True, True]
    with time_machine.travel(timezone.now() + timedelta(hours=73), tick=False):
        assert [changed.client.check_secret(secret) for secret in (first, second, third)] == [False, False, True]
    assert len(changed.client.secret) <= OAuthClient._meta.get_field("secret").max_length


def test_what_was_taken_away_stays_away(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    with inside(manager.ref):
        verbs.revoke_software(software=added.pk, by=manager.seat)
        for verb in (
            lambda: verbs.revoke_software(software=added.pk, by=manager.seat),
            lambda: verbs.rotate_secret(software=added.pk, hours=0, by=manager.seat),
            lambda: verbs.change_software(software=added.pk, name="X", scopes=list(Scope), by=manager.seat),
        ):
            with pytest.raises(verbs.SoftwareRefused, match="taken away already"):
                verb()
    saved = Software.objects.get(pk=added.pk)
    assert saved.revoked_by_name == manager.seat.name
    assert str(saved) == "Case register"


def test_of_another_organisation_nothing_is_changed(manager: SimpleNamespace, beta: OrganisationRef) -> None:
    added, _secret = add(manager)
    with inside(beta):
        assert not Software.objects.exists()
        assert not OAuthClient.objects.exists()
        for verb in (
            lambda: verbs.revoke_software(software=added.pk, by=manager.seat),
            lambda: verbs.rotate_secret(software=added.pk, hours=0, by=manager.seat),
        ):
            with pytest.raises(verbs.SoftwareRefused):
                verb()


def test_old_tokens_are_removed(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    for hours in (-1, 1):
        Token.objects.create(
            type=Token.Type.ACCESS_TOKEN, hash=f"x{hours}", client=added.client,
            expires_at=timezone.now() + timedelta(hours=hours),
        )  # fmt: skip
    assert remove_old_tokens() == 1
    assert Token.objects.get().hash == "x1"


def test_the_hasher_is_for_long_secrets_alone() -> None:
    hasher = get_hasher("halka_key")
    encoded = make_password("long and random", hasher="halka_key")
    assert check_password("long and random", encoded)
    assert hasher.safe_summary(encoded) == {"algorithm": "halka_key"}
    assert hasher.harden_runtime("x", encoded) is None
    assert make_password("a person's").split("$")[0] != "halka_key"


def test_software_has_permissions_by_its_scopes_alone() -> None:
    both = Seat(0, None, None, "X", software_id=uuid4(), scopes=frozenset({Scope.EVENTS_READ, Scope.CLIENTS_READ}))
    assert both.is_software
    assert both.permissions == SCOPES[Scope.EVENTS_READ] | SCOPES[Scope.CLIENTS_READ]
    assert not both.can(Permission.CASE_SUPERVISE)
    assert Seat(0, None, None, "X", software_id=uuid4()).permissions == frozenset()


def test_every_scope_is_in_the_table() -> None:
    assert SCOPES.keys() == set(Scope)


def test_the_audit_names_software() -> None:
    assert actor_of(Entry(actor_name="Case register", detail={"software": "x"})) == "Case register"
    assert actor_of(Entry(actor_name="Case register")) == "Halka"


# --- pages ----------------------------------------------------------------------------------------------------------
def test_an_empty_list_says_what_it_is_for(manager: SimpleNamespace) -> None:
    page = manager.browser.get(PATH).content.decode()
    assert "No software yet" in page
    assert PATH + "add/" in page


def test_the_secret_is_shown_once_with_a_first_call(manager: SimpleNamespace) -> None:
    answer = manager.browser.post(PATH + "add/", {"name": "Case register", "scopes": ["referrals:read"]})
    page = answer.content.decode()
    added = Software.objects.get()
    secret = re.search(r'data-copy="([\w-]{43})"', page)
    assert secret is not None
    assert added.client.check_secret(secret[1])
    assert f"curl -s -u &#x27;{added.client_id}:{secret[1]}&#x27;" in page
    assert "http://alpha.halka.localhost:8000/api/oauth/token" in page
    assert "no-store" in answer["Cache-Control"]
    for path in (PATH, f"{PATH}{added.pk}/", f"{PATH}{added.pk}/secret/"):
        assert secret[1] not in manager.browser.get(path).content.decode()


def test_no_box_is_ticked_beforehand(manager: SimpleNamespace) -> None:
    page = manager.browser.get(PATH + "add/").content.decode()
    assert page.count('type="checkbox"') >= len(Scope)
    assert "checked" not in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": "", "scopes": ["events:read"]}, "This field is required."),
        ({"name": "X"}, "Tick at least one thing that it may do."),
        ({"name": "X", "scopes": ["moon:read"]}, "moon:read is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(manager: SimpleNamespace, sent: dict[str, Any], told: str) -> None:
    answer = manager.browser.post(PATH + "add/", sent)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Software.objects.exists()


def test_changes_what_it_may(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    path = f"{PATH}{added.pk}/"
    assert manager.browser.get(path).content.decode().count("checked") == 1
    assert manager.browser.post(path, {"name": "Register", "scopes": ["clients:read"]}).status_code == 302
    saved = Software.objects.get()
    assert (str(saved), saved.scopes) == ("Register", [Scope.CLIENTS_READ])


def test_makes_a_new_secret(manager: SimpleNamespace) -> None:
    added, before = add(manager)
    path = f"{PATH}{added.pk}/secret/"
    assert manager.browser.get(path).status_code == 200
    assert manager.browser.post(path, {"hours": "5"}).status_code == 400
    page = manager.browser.post(path, {"hours": "0"}).content.decode()
    secret = re.search(r'data-copy="([\w-]{43})"', page)
    assert secret is not None
    client = OAuthClient.objects.get()
    assert (client.check_secret(before), client.check_secret(secret[1])) == (False, True)


def test_takes_access_away(manager: SimpleNamespace) -> None:
    added, _secret = add(manager)
    path = f"{PATH}{added.pk}/revoke/"
    assert "Take access away from Case register?" in manager.browser.get(path).content.decode()
    page = manager.browser.post(path, follow=True).content.decode()
    assert "Case register may do nothing any more." in page
    assert "Taken away" in page
    again = manager.browser.post(path, follow=True).content.decode()
    assert "taken away already" in again
    for what, sent in (("", {"name": "X", "scopes": ["events:read"]}), ("secret/", {"hours": "0"})):
        refused = manager.browser.post(f"{PATH}{added.pk}/{what}", sent)
        assert (refused.status_code, "taken away already" in refused.content.decode()) == (400, True)


def test_of_another_organisation_nothing_is_found(
    manager: SimpleNamespace, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    added, _secret = add(manager)
    other = client_of(member(beta, Role.MANAGER), beta)
    for what in ("", "secret/", "revoke/"):
        assert other.get(f"{PATH}{added.pk}/{what}").status_code == 404
        assert other.post(f"{PATH}{added.pk}/{what}").status_code == 404
    assert "Case register" not in other.get(PATH).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(manager: SimpleNamespace, django_assert_num_queries: Any, rows: int) -> None:
    for number in range(rows):
        add(manager, name=f"Register {number}")
    manager.browser.get(PATH)
    with django_assert_num_queries(8):
        manager.browser.get(PATH)
