"""An organisation gets another name in its address; the one it had leads there, and is nobody else's ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client as Browser

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import network_url, workspace_host, workspace_url
from halka.common.current import OrganisationRef
from tenants.organisations.directory import organisation_at, organisation_named
from tenants.organisations.domain import addresses
from tenants.organisations.domain.addresses import SubdomainNotFree, check_subdomain, is_taken, move_to
from tenants.organisations.domain.lifecycle import CannotMove
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Domain, Organisation
from tests.guards.crowd import drop_spares


@pytest.fixture
def secretary(secretariat: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(secretariat, Role.SECRETARIAT)


@pytest.fixture
def moved(alpha: OrganisationRef, secretariat: OrganisationRef, secretary: Seat, tasks: Any) -> OrganisationRef:
    """alpha answers at riverside."""
    organisation_at("alpha.halka.localhost")  # is remembered
    with tasks(), inside(secretariat):
        move_to(organisation=alpha.id, subdomain="riverside", by=secretary)
    return organisation_named("alpha")


def old(ref: OrganisationRef, **options: Any) -> Browser:
    return Browser(headers={"host": workspace_host(ref.short_name), **options.pop("headers", {})}, **options)


def test_it_answers_there_and_keeps_its_short_name(
    moved: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Browser]
) -> None:
    assert (moved.short_name, moved.label, moved.host) == ("alpha", "riverside", "riverside.halka.localhost")
    assert workspace_url(moved, "today") == "http://riverside.halka.localhost:8000/"
    browser = client_of(member(moved, Role.MANAGER), moved)
    content = browser.get("/").content.decode()
    assert "http://riverside.halka.localhost:8000/" in content  # the switcher
    assert browser.get("/settings/").status_code == 200
    assert browser.post("/session/touch/").status_code == 204
    assert list(Domain.objects.filter(tenant_id=moved.id, is_primary=True).values_list("domain", flat=True)) == [
        moved.host
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_reads_is_led(moved: OrganisationRef, method: str) -> None:
    answer = getattr(old(moved), method)("/clients/?q=a%20b&page=2")
    assert answer.status_code == 301
    assert answer["Location"] == "http://riverside.halka.localhost:8000/clients/?q=a%20b&page=2"
    assert answer["Cache-Control"] == "private, max-age=3600"


def test_an_address_that_begins_like_another_host_stays_ours(moved: OrganisationRef) -> None:
    answer = old(moved).get("//elsewhere.example/clients/")
    assert answer["Location"].startswith("http://riverside.halka.localhost:8000/")


def test_what_is_sent_is_not_taken_and_says_where_to(moved: OrganisationRef) -> None:
    answer = old(moved).post("/clients/add/", {"given_name": "Ana"})
    assert answer.status_code == 410
    assert "http://riverside.halka.localhost:8000/" in answer.content.decode()
    assert "Ana" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "post"])
def test_software_is_told(moved: OrganisationRef, method: str) -> None:
    answer = getattr(old(moved, headers={"authorization": "Bearer x"}), method)("/api/v1/clients/")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert answer.json()["code"] == "moved"
    assert answer.json()["detail"] == "http://riverside.halka.localhost:8000"


def test_signing_in_leads_there(moved: OrganisationRef, member: Callable[..., User], client_of: Any) -> None:
    user = member(moved)
    told = {"login": user.email, "password": "a long passphrase"}
    assert client_of(None).post("/accounts/login/", told)["Location"] == workspace_url(moved, "today")
    back = client_of(None).post(f"/accounts/login/?next={workspace_url(moved, 'clients')}", told)
    assert back["Location"] == workspace_url(moved, "clients")
    # a link of before is good still: it leads on
    before = f"http://{workspace_host('alpha')}:8000/clients/"
    assert client_of(None).post(f"/accounts/login/?next={before}", told)["Location"] == before


def test_a_missing_second_factor_leads_back_there(
    moved: OrganisationRef, member: Any, client_of: Any, settings: Any
) -> None:
    settings.DEMO = False
    user = member(moved, Role.MANAGER, second_factor=False)
    answer = client_of(user, moved).get("/")
    assert answer["Location"] == f"{network_url('security')}?demanded=riverside"


def test_it_may_move_on_and_come_back(
    moved: OrganisationRef, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    for name in ("seaside", "alpha", "riverside"):
        with tasks(), inside(secretariat):
            move_to(organisation=moved.id, subdomain=name, by=secretary)
        found = organisation_named("alpha")
        assert found.host == f"{name}.halka.localhost"
        for host in ("seaside", "riverside"):
            led = Browser(headers={"host": f"{host}.halka.localhost"}).get("/roles/")
            if host == name:
                assert led.status_code == 302  # to the sign-in
            elif host in Organisation.objects.get(pk=moved.id).earlier_subdomains:
                assert led["Location"] == f"http://{found.host}:8000/roles/"
    kept = Organisation.objects.get(pk=moved.id)
    assert (kept.subdomain, kept.earlier_subdomains) == ("riverside", ["seaside"])
    assert Domain.objects.filter(tenant_id=moved.id, is_primary=True).count() == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [("x", "3 to 31"), ("metrics", "reserved"), ("riverside", "address already"), ("beta", "taken already")],
)
def test_names_that_cannot_be(moved: OrganisationRef, beta: OrganisationRef, name: str, why: str) -> None:
    with pytest.raises(SubdomainNotFree, match=why):
        check_subdomain(name, of=moved.id)


def test_what_it_had_is_never_anybody_elses(
    moved: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    with tasks(), inside(secretariat):
        move_to(organisation=moved.id, subdomain="seaside", by=secretary)
    for name in ("alpha", "riverside", "seaside"):
        with inside(secretariat), pytest.raises(SubdomainNotFree, match="taken"):
            move_to(organisation=beta.id, subdomain=name, by=secretary)
    # closed, its hosts removed: still
    Domain.objects.filter(tenant_id=moved.id).delete()
    Organisation.objects.filter(pk=moved.id).update(state=State.CLOSED)
    assert is_taken("riverside")


def test_two_at_once_do_not_get_the_same_name(
    alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef, secretary: Seat,
    monkeypatch: pytest.MonkeyPatch, tasks: Any,
) -> None:  # fmt: skip
    with tasks(), inside(secretariat):
        move_to(organisation=alpha.id, subdomain="riverside", by=secretary)
    monkeypatch.setattr(addresses, "is_taken", lambda *_names, **_options: False)  # asked before the other committed
    with inside(secretariat), pytest.raises(SubdomainNotFree, match="taken"):
        move_to(organisation=beta.id, subdomain="riverside", by=secretary)
    assert organisation_named("beta").host == "beta.halka.localhost"


def test_only_the_secretariat_moves(alpha: OrganisationRef, beta: OrganisationRef, seat_in: Any) -> None:
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha), pytest.raises(CannotMove):
        move_to(organisation=alpha.id, subdomain="riverside", by=manager)


@pytest.mark.parametrize("is_quicker", [False, True])
def test_no_workspace_is_opened_under_such_a_name(
    committing: None, delta: OrganisationRef, monkeypatch: pytest.MonkeyPatch, is_quicker: bool
) -> None:
    """Also where the other one commits between question and claim."""
    answers = iter([not is_quicker, True])
    monkeypatch.setattr("tenants.organisations.domain.provisioning.is_taken", lambda name: next(answers))
    try:
        with pytest.raises(ValidationError, match="exists already"):
            provision(new=NewOrganisation("delta", {"en": "Another"}))
    finally:
        drop_spares()


def test_no_role_but_the_secretariats_writes_hosts(login_walls: None, delta: OrganisationRef) -> None:
    with inside(delta), pytest.raises(DatabaseError, match="permission denied"):
        Domain.objects.bulk_create([Domain(domain="stolen.halka.localhost", tenant_id=delta.id, is_primary=False)])
    with inside(delta), pytest.raises(DatabaseError, match="permission denied"):
        Organisation.objects.filter(pk=delta.id).update(subdomain="stolen")
