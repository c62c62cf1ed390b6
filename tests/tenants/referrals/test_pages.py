"""Referrals as people see them: lists, page, sending, answering."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Consent
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.models import Referral


@pytest.fixture
def at_sender(sender: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    return client_of(User.objects.get(pk=sender.seat.user_id), sender.ref)


@pytest.fixture
def at_target(target: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    return client_of(User.objects.get(pk=target.seat.user_id), target.ref)


@pytest.fixture
def filled(target: SimpleNamespace) -> dict[str, Any]:
    """A form as a mentor fills it in."""
    return {
        "target": str(target.ref.id),
        "service": "mentoring",
        "need": "A patient mentor",
        "urgency": "normal",
        "area": "North side",
        "scopes": ["identity", "contact"],
        "how_given": "signed",
        "witness": "",
        "expires_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }


def send_address(sender: SimpleNamespace) -> str:
    return f"/clients/{sender.client.pk}/refer/"


def test_the_preview_shows_field_by_field_what_leaves_and_sends_nothing(
    at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any]
) -> None:
    page = at_sender.post(send_address(sender), {**filled, "step": "preview"}).content.decode()
    for told in ("Zorana", "Izmišljena", "+381 11 000 111", "Valjevo", "A patient mentor", "Beta Centre"):
        assert told in page
    assert "Sleeps badly" not in page
    assert Envelope.objects.count() == 0


def test_sending_from_the_preview(
    at_sender: Client, sender: SimpleNamespace, target: SimpleNamespace, filled: dict[str, Any], tasks: Any
) -> None:
    with tasks():
        answer = at_sender.post(send_address(sender), {**filled, "step": "send"})
    assert answer.status_code == 302
    with inside(target.ref):
        assert Referral.objects.get().need == "A patient mentor"
    page = at_sender.get(answer["Location"]).content.decode()
    assert "Sent" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"need": ""}, "This field is required."),
        ({"scopes": ["contact"]}, "Without a name the other organisation cannot take the person on."),
        ({"how_given": "spoken"}, "A spoken consent needs a witness."),
        ({"expires_on": "2020-01-01"}, "The consent must end after today."),
        ({"expires_on": "2099-01-01"}, "A consent lasts two years at most."),
        ({"expires_on": "soon"}, None),
        ({"target": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice."),
    ],
)
def test_bad_input_is_named_beside_the_field_and_nothing_typed_is_lost(
    at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any], change: dict[str, Any], message: str | None
) -> None:
    data = {**filled, "area": "Typed with care", **change, "step": "send"}
    answer = at_sender.post(send_address(sender), data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Typed with care" in page
    assert 'aria-invalid="true"' in page
    if message:
        assert message in page
    assert Envelope.objects.count() == 0
    with inside(sender.ref):
        assert Consent.objects.count() == 0


def test_going_back_from_the_preview_keeps_everything(
    at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any]
) -> None:
    page = at_sender.post(send_address(sender), {**filled, "step": "change"}).content.decode()
    assert "A patient mentor" in page
    assert "North side" in page


def test_a_second_open_referral_is_refused_in_words(
    referred: Any, at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any]
) -> None:
    referred(State.SENT)
    page = at_sender.post(send_address(sender), {**filled, "step": "send"}).content.decode()
    assert "This person has an open referral for the same service there already." in page
    assert Envelope.objects.count() == 1


def test_need_is_read_after_opening_and_the_person_after_accepting(referred: Any, at_target: Client) -> None:
    made = referred(State.SENT, need="A patient mentor", area="North side")
    address = f"/referrals/{made.into}/"
    page = at_target.get(address).content.decode()
    assert "A patient mentor" not in page
    assert "North side" not in page
    at_target.post(f"{address}open/")
    page = at_target.get(address).content.decode()
    assert "A patient mentor" in page
    assert "Zorana" not in page


def test_accepting_brings_the_client(
    referred: Any, at_target: Client, at_sender: Client, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.OPENED)
    address = f"/referrals/{made.into}/"
    with tasks():
        answer = at_target.post(
            f"{address}accept/", {"assignee": str(target.seat.membership_id), "note": "Come on Monday"}
        )
    assert answer.status_code == 302
    page = at_target.get(address).content.decode()
    assert "Zorana" in page
    assert "Sleeps badly" not in page
    page = at_sender.get(f"/referrals/{made.out}/").content.decode()
    assert "Accepted" in page
    assert "Come on Monday" in page


def test_declining_needs_a_reason_and_tells_it(referred: Any, at_target: Client, at_sender: Client, tasks: Any) -> None:
    made = referred(State.OPENED)
    answer = at_target.post(f"/referrals/{made.into}/decline/", {"note": "Try in spring"})
    assert "Try in spring" in answer.content.decode()
    assert Envelope.objects.get().state == State.OPENED
    with tasks():
        at_target.post(f"/referrals/{made.into}/decline/", {"reason": "no_place", "note": "Try in spring"})
    page = at_sender.get(f"/referrals/{made.out}/").content.decode()
    assert "No free place now" in page
    assert "Try in spring" in page


def test_the_second_to_answer_is_told_and_loses_nothing_typed(
    referred: Any, at_target: Client, target: SimpleNamespace
) -> None:
    made = referred(State.DECLINED)
    answer = at_target.post(
        f"/referrals/{made.into}/accept/", {"assignee": str(target.seat.membership_id), "note": "Welcome"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A colleague has answered this referral meanwhile." in page
    assert "Welcome" in page


def test_the_sender_cannot_answer_its_own_referral(referred: Any, at_sender: Client, sender: SimpleNamespace) -> None:
    made = referred(State.OPENED)
    for act in ("open", "accept", "decline", "client"):
        assert at_sender.post(f"/referrals/{made.out}/{act}/", {"reason": "no_place"}).status_code == 404
    assert Envelope.objects.get().state == State.OPENED


def test_the_other_sides_copy_is_not_here(referred: Any, at_sender: Client, at_target: Client) -> None:
    made = referred(State.ACCEPTED)
    assert at_sender.get(f"/referrals/{made.into}/").status_code == 404
    assert at_target.get(f"/referrals/{made.out}/").status_code == 404


def test_somebody_alike_is_asked_about(referred: Any, at_target: Client, target: SimpleNamespace) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    page = at_target.get(f"/referrals/{made.into}/").content.decode()
    assert "Is the person here already?" in page
    address = f"/referrals/{made.into}/client/"
    assert at_target.post(address, {"client": "no identifier"}).status_code == 404
    answer = at_target.post(address, {"client": str(known.pk)})
    assert answer["Location"] == f"/clients/{known.pk}/"
    assert at_target.post(address).status_code == 302
    with inside(target.ref):
        assert Referral.objects.get().client == known


def test_viewers_read_and_do_not_act(
    referred: Any, member: Any, client_of: Callable[..., Client], target: SimpleNamespace
) -> None:
    made = referred(State.OPENED)
    viewer = client_of(member(target.ref, Role.VIEWER), target.ref)
    page = viewer.get(f"/referrals/{made.into}/").content.decode()
    assert "/accept/" not in page
    assert viewer.post(f"/referrals/{made.into}/accept/").status_code == 403


@pytest.mark.parametrize(("side", "empty"), [("in", "No referrals here"), ("out", "Nobody referred yet")])
def test_an_empty_list_says_what_to_do(at_sender: Client, side: str, empty: str) -> None:
    assert empty in at_sender.get(f"/referrals/?side={side}").content.decode()


@pytest.mark.parametrize("side", ["in", "out"])
def test_a_list_costs_the_same_at_one_and_at_three(
    referred: Any, at_sender: Client, at_target: Client, side: str
) -> None:
    browser = at_sender if side == "out" else at_target
    referred(State.SENT)
    browser.get(f"/referrals/?side={side}")
    with CaptureQueriesContext(connection) as one:
        browser.get(f"/referrals/?side={side}")
    referred(State.SENT, service="training")
    referred(State.SENT, service="practice")
    with CaptureQueriesContext(connection) as three:
        page = browser.get(f"/referrals/?side={side}").content.decode()
    assert page.count("H-") >= 3
    assert len(three) == len(one)


def test_the_list_filters_by_state(referred: Any, at_target: Client) -> None:
    referred(State.DECLINED)
    reference = Envelope.objects.get().reference
    assert reference in at_target.get("/referrals/?state=declined").content.decode()
    assert reference not in at_target.get("/referrals/?state=sent").content.decode()


def test_the_clients_page_shows_where_the_person_was_referred(
    referred: Any, at_sender: Client, sender: SimpleNamespace
) -> None:
    address = f"/clients/{sender.client.pk}/"
    assert "Not referred to anybody yet." in at_sender.get(address).content.decode()
    referred(State.SENT)
    assert "Beta Centre" in at_sender.get(address).content.decode()


def test_opening_twice_is_told_kindly(referred: Any, at_target: Client) -> None:
    made = referred(State.OPENED)
    answer = at_target.post(f"/referrals/{made.into}/open/", follow=True)
    assert "A colleague has opened it already." in answer.content.decode()


def test_times_are_those_of_the_organisations_place(
    referred: Any, at_sender: Client, at_target: Client, sender: SimpleNamespace
) -> None:
    made = referred(State.SENT)
    EnvelopeEvent.objects.update(at="2026-01-01T00:00Z")
    Organisation.objects.filter(pk=sender.ref.id).update(time_zone="Asia/Tehran")
    assert "03:30" in at_sender.get(f"/referrals/{made.out}/").content.decode()
    assert "00:00" in at_target.get(f"/referrals/{made.into}/").content.decode()


def test_who_reads_the_person_is_written_down(
    referred: Any, at_sender: Client, at_target: Client, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    opened = referred(State.OPENED)
    at_target.get(f"/referrals/{opened.into}/")
    with inside(target.ref):
        assert not Entry.objects.filter(action="referral.viewed").exists()
    accepted = referred(State.ACCEPTED, service="training")
    at_target.get(f"/referrals/{accepted.into}/")
    at_sender.get(f"/referrals/{accepted.out}/")
    for here, pk in ((target, accepted.into), (sender, accepted.out)):
        with inside(here.ref):
            entry = Entry.objects.get(action="referral.viewed")
            assert (entry.target_id, entry.actor_user_id) == (str(pk), here.seat.user_id)


def test_the_preview_is_a_look_at_the_client(
    at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any]
) -> None:
    at_sender.post(send_address(sender), {**filled, "step": "preview"})
    with inside(sender.ref):
        assert Entry.objects.filter(action="client.viewed", target_id=str(sender.client.pk)).count() == 1
