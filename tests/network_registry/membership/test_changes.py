"""What members ask of the network: another province, another branch; the secretariat answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.membership.domain import changes
from network_registry.membership.domain.applying import check_short_name
from network_registry.membership.enums import ApplicationState, ChangeState
from network_registry.membership.errors import CannotChange, NameTaken
from network_registry.membership.models import Application, ChangeRequest, Licence
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


def organisation(ref: OrganisationRef) -> Organisation:
    return Organisation.objects.get(pk=ref.id)


def test_another_province(
    alpha: OrganisationRef, manager: Seat, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    with tasks(), inside(alpha):
        asked = changes.ask_province(province="South", reason="We moved.", by=manager)
    assert [letter.to for letter in mail.outbox] == [[User.objects.get(pk=secretary.user_id).email]]
    assert "We moved." not in mail.outbox[0].body
    with inside(alpha):
        with pytest.raises(CannotChange, match="asked already"):
            changes.ask_province(province="West", reason="x", by=manager)
        with pytest.raises(CannotChange, match="already"):
            changes.ask_province(province="North", reason="x", by=manager)
        with pytest.raises(CannotChange, match="secretariat"):
            changes.decide(request=asked.pk, is_granted=True, answer="", by=manager)
    assert organisation(alpha).province == "North"
    with tasks(), inside(secretariat):
        changes.decide(request=asked.pk, is_granted=True, answer="Welcome there.", by=secretary)
    assert organisation(alpha).province == "South"
    assert "Welcome there." in mail.outbox[1].body
    with inside(secretariat), pytest.raises(CannotChange, match="decided already"):
        changes.decide(request=asked.pk, is_granted=False, answer="", by=secretary)
    with inside(secretariat):
        assert Entry.objects.filter(action="change.granted").exists()


def test_another_branch(
    alpha: OrganisationRef, manager: Seat, branch: OrganisationRef, secretariat: OrganisationRef, secretary: Seat
) -> None:
    with inside(alpha):
        (found,) = changes.branches()
        asked = changes.ask_branch(branch=found, reason="It is nearer.", by=manager)
    with inside(secretariat):
        changes.decide(request=asked.pk, is_granted=True, answer="", by=secretary)
    assert organisation(alpha).parent_id == branch.id
    with inside(alpha), pytest.raises(CannotChange):
        changes.ask_branch(branch=found, reason="x", by=manager)


def test_no_is_an_answer_and_taking_back_is_ones_own(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    manager: Seat,
    seat_in: Callable[..., Seat],
    secretariat: OrganisationRef,
    secretary: Seat,
) -> None:
    with inside(alpha):
        first = changes.ask_province(province="South", reason="x", by=manager)
        changes.take_back(request=first.pk, by=manager)
        second = changes.ask_province(province="South", reason="x", by=manager)
    stranger = seat_in(beta, Role.MANAGER)
    with inside(beta), pytest.raises(CannotChange):
        changes.take_back(request=second.pk, by=stranger)
    with inside(secretariat):
        changes.decide(request=second.pk, is_granted=False, answer="Not now.", by=secretary)
    with inside(alpha), pytest.raises(CannotChange):
        changes.take_back(request=second.pk, by=manager)
    assert organisation(alpha).province == "North"
    states = ChangeRequest.objects.order_by("asked_at").values_list("state", flat=True)
    assert list(states) == [ChangeState.TAKEN_BACK, ChangeState.DECLINED]


def test_on_the_pages(
    alpha: OrganisationRef,
    branch: OrganisationRef,
    secretariat: OrganisationRef,
    member: Callable[..., User],
    client_of: Callable[..., Client],
    settings: Any,
) -> None:
    settings.DEMO = True
    own = client_of(member(alpha, Role.MANAGER), alpha)
    desk = client_of(member(secretariat, Role.SECRETARIAT), secretariat)
    today = timezone.localdate()
    Licence.objects.create(
        application=Application.objects.create(reference="N-1", contact_email="a@b.example"),
        organisation_id=alpha.id,
        number="L-77",
        conditions="One report a year.",
        valid_from=today,
        valid_until=today + timedelta(days=9),
        granted_by_id=secretariat.id,
        granted_by_name="x",
    )
    content = own.get("/membership/").content
    assert b"L-77" in content
    assert b"One report a year." in content
    assert own.get("/membership/ask/everything/").status_code == 404
    assert desk.get("/membership/").status_code == 404
    assert b"Nothing waits" in desk.get("/applications/requests/").content
    for kind in ("province", "branch"):
        assert own.get(f"/membership/ask/{kind}/").status_code == 200
        assert own.post(f"/membership/ask/{kind}/", {"reason": "x"}).status_code == 400
    assert own.post("/membership/ask/province/", {"province": "north", "reason": "x"}).status_code == 400
    assert own.post("/membership/ask/province/", {"province": "south", "reason": "x"}).status_code == 302
    assert own.post("/membership/ask/branch/", {"branch": str(branch.id), "reason": "y"}).status_code == 302
    province, belonging = ChangeRequest.objects.order_by("asked_at")
    assert province.province == "South"
    assert b"2 requests of members wait" in desk.get("/").content
    assert b"Alpha House" in desk.get("/applications/requests/").content
    page = f"/applications/requests/{province.pk}/"
    assert b"North" in desk.get(page).content
    assert desk.post(page, {"decline": "1", "answer": "Not now."}).status_code == 302
    assert desk.post(page, {"grant": "1"}).status_code == 400
    assert b"Declined" in desk.get(page).content
    assert b"Not now." in own.get("/membership/").content
    assert desk.get(f"/applications/requests/{belonging.pk}/").status_code == 200
    for _time in range(2):
        assert own.post(f"/membership/{belonging.pk}/take-back/").status_code == 302
    assert b"Taken back" in own.get("/membership/").content


def test_the_list_costs_the_same_for_one_and_three(
    alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef, member: Any, client_of: Any,
    settings: Any, count_queries: Any
) -> None:  # fmt: skip
    settings.DEMO = True
    desk = client_of(member(secretariat, Role.SECRETARIAT), secretariat)

    def ask(ref: OrganisationRef, kind: str) -> None:
        ChangeRequest.objects.create(organisation_id=ref.id, kind=kind, province="x", reason="x", asked_by_name="x")

    ask(alpha, "province")
    desk.get("/applications/requests/")
    one = count_queries(lambda: desk.get("/applications/requests/"))
    ask(alpha, "branch")
    ask(beta, "province")
    assert count_queries(lambda: desk.get("/applications/requests/")) == one


def test_another_address(
    alpha: OrganisationRef, beta: OrganisationRef, manager: Seat, secretariat: OrganisationRef, secretary: Seat,
    seat_in: Callable[..., Seat], tasks: Any,
) -> None:  # fmt: skip
    with inside(alpha):
        for taken in ("beta", "alpha", "www"):
            with pytest.raises(CannotChange) as refused:
                changes.ask_address(subdomain=taken, reason="x", by=manager)
            assert refused.value.field == "subdomain"
        asked = changes.ask_address(subdomain="riverside", reason="A new name.", by=manager)
        assert asked.wished == "riverside"
    with tasks(), inside(secretariat):
        changes.decide(request=asked.pk, is_granted=True, answer="", by=secretary)
    assert organisation(alpha).host == "riverside.halka.localhost"
    assert "http://riverside.halka.localhost:8000/membership/" in mail.outbox[-1].body
    assert "The address you had leads there." in mail.outbox[-1].body
    other = seat_in(beta, Role.MANAGER)
    with inside(beta), pytest.raises(CannotChange, match="taken"):
        changes.ask_address(subdomain="riverside", reason="x", by=other)


def test_an_address_that_was_promised_or_taken_meanwhile(
    alpha: OrganisationRef, beta: OrganisationRef, manager: Seat, secretariat: OrganisationRef, secretary: Seat,
    seat_in: Callable[..., Seat],
) -> None:  # fmt: skip
    with inside(alpha):
        asked = changes.ask_address(subdomain="riverside", reason="x", by=manager)
    with pytest.raises(NameTaken):
        check_short_name("riverside")  # while it waits, no applicant gets it
    application = Application.objects.create(
        reference="N-2",
        contact_email="a@b.example",
        short_name="riverside",
        state=ApplicationState.SENT,
        sent_at=timezone.now(),
    )
    with inside(secretariat), pytest.raises(CannotChange, match="applicant"):
        changes.decide(request=asked.pk, is_granted=True, answer="", by=secretary)
    application.delete()
    Organisation.objects.filter(pk=beta.id).update(earlier_subdomains=["riverside"])
    with inside(secretariat), pytest.raises(CannotChange, match="taken"):
        changes.decide(request=asked.pk, is_granted=True, answer="", by=secretary)
    assert organisation(alpha).host == "alpha.halka.localhost"
    with inside(secretariat):
        changes.decide(request=asked.pk, is_granted=False, answer="Taken.", by=secretary)


def test_another_address_on_the_pages(
    alpha: OrganisationRef, secretariat: OrganisationRef, member: Any, client_of: Any, settings: Any, tasks: Any
) -> None:
    settings.DEMO = True
    own = client_of(member(alpha, Role.MANAGER), alpha)
    page = "/membership/ask/address/"
    assert own.get(page).status_code == 200
    refused = own.post(page, {"subdomain": "Metrics", "reason": "Because."})
    assert refused.status_code == 400
    assert b"reserved" in refused.content
    assert b"Because." in refused.content
    assert own.post(page, {"subdomain": "Riverside.halka.localhost", "reason": "x"}).status_code == 302
    assert b"alpha.halka.localhost" in own.get("/membership/").content
    desk = client_of(member(secretariat, Role.SECRETARIAT), secretariat)
    decision = f"/applications/requests/{ChangeRequest.objects.get().pk}/"
    content = desk.get(decision).content
    assert b"riverside" in content
    assert b"alpha.halka.localhost" in content
    with tasks():
        assert desk.post(decision, {"grant": "1"}).status_code == 302
    assert own.get("/membership/").status_code == 301
