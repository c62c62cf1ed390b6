"""Lists of referrals, and referrals on Today, on a client's page and on a case's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Role
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.organisations.isolation import inside
from tenants.referrals.domain.sending import draft_referral
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral
from tenants.referrals.turns import TURNS, Turn
from tests.tenants.referrals.conftest import NAME


@pytest.mark.parametrize(
    ("side", "empty"), [("in", "No referrals here"), ("out", "Nobody referred yet"), ("drafts", "No drafts")]
)
def test_an_empty_list_says_what_to_do(at_sender: Client, side: str, empty: str) -> None:
    assert empty in at_sender.get(f"/referrals/?side={side}").content.decode()


@pytest.mark.parametrize("side", ["in", "out", "drafts"])
def test_a_list_costs_the_same_at_one_and_at_three(
    referred: Any, at_sender: Client, at_target: Client, sender: SimpleNamespace, ask: Any, side: str
) -> None:
    browser = at_target if side == "in" else at_sender

    def add(service: str) -> None:
        if side == "drafts":
            with inside(sender.ref):
                draft_referral(client=sender.client, request=ask(service=service), by=sender.seat)
        else:
            referred(State.SENT, service=service)

    add("mentoring")
    browser.get(f"/referrals/?side={side}")
    with CaptureQueriesContext(connection) as one:
        browser.get(f"/referrals/?side={side}")
    add("training")
    add("practice")
    with CaptureQueriesContext(connection) as three:
        page = browser.get(f"/referrals/?side={side}").content.decode()
    assert page.count("H-") >= 3
    assert len(three) == len(one)


def test_every_state_is_somebodys_turn() -> None:
    for direction, hidden in (
        (Direction.OUT, {State.DRAFT}),
        (Direction.IN, {State.DRAFT, State.HELD}),
    ):
        states = [state for group in TURNS[direction].values() for state in group]
        assert len(states) == len(set(states))
        assert set(states) >= set(State) - hidden


@pytest.mark.parametrize(
    ("state", "ours", "theirs"),
    [
        (State.SENT, "them", "us"),
        (State.INFO_REQUESTED, "us", "them"),
        (State.STARTED, "under_way", "under_way"),
        (State.NOT_STARTED, "us", "them"),
        (State.DECLINED, "ended", "ended"),
    ],
)
def test_the_list_tells_whose_turn_it_is(
    referred: Any, at_sender: Client, at_target: Client, state: State, ours: str, theirs: str
) -> None:
    referred(state)
    reference = Envelope.objects.get().reference
    for browser, side, found in ((at_sender, "out", ours), (at_target, "in", theirs)):
        for turn in Turn.values:
            page = browser.get(f"/referrals/?side={side}&turn={turn}").content.decode()
            assert (reference in page) == (turn == found), (side, turn)


def test_a_copy_to_be_settled_waits_for_the_recipient(referred: Any, at_target: Client) -> None:
    referred(State.WITHDRAWN)
    Envelope.objects.update(remains="waiting")
    reference = Envelope.objects.get().reference
    assert reference in at_target.get("/referrals/?turn=us").content.decode()
    assert reference not in at_target.get("/referrals/?turn=ended").content.decode()
    Envelope.objects.update(remains="erased")
    assert reference not in at_target.get("/referrals/?turn=us").content.decode()
    assert reference in at_target.get("/referrals/?turn=ended").content.decode()


def test_the_list_narrows_down_by_service_organisation_and_ones_own(
    referred: Any, at_sender: Client, sender: SimpleNamespace, target: SimpleNamespace, member: Any, client_of: Any
) -> None:
    referred(State.SENT)
    reference = Envelope.objects.get().reference

    def finds(browser: Client, query: str) -> bool:
        return reference in browser.get(f"/referrals/?side=out&{query}").content.decode()

    assert finds(at_sender, "service=mentoring")
    assert not finds(at_sender, "service=training")
    assert finds(at_sender, f"other={target.ref.id}")
    assert finds(at_sender, f"other={sender.ref.id}")  # nothing of that organisation is here: not a filter
    assert finds(at_sender, "mine=on")
    assert not finds(client_of(member(sender.ref, Role.CASEWORKER), sender.ref), "mine=on")
    assert finds(at_sender, "turn=yesterday&service=nothing&from=broken")
    page = at_sender.get("/referrals/?side=out&service=training").content.decode()
    assert "No referral is like this now." in page


def test_drafts_have_a_list_of_their_own(at_sender: Client, sender: SimpleNamespace, ask: Any) -> None:
    with inside(sender.ref):
        draft = draft_referral(client=sender.client, request=ask(), by=sender.seat)
    reference = draft.envelope.reference
    assert reference in at_sender.get("/referrals/?side=drafts").content.decode()
    assert reference not in at_sender.get("/referrals/?side=out").content.decode()


def test_lists_of_others_show_nothing(
    referred: Any, member: Any, client_of: Any, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    referred(State.SENT)
    reference = Envelope.objects.get().reference
    assert reference not in client_of(member(target.ref), target.ref).get("/referrals/?side=out").content.decode()
    assert reference not in client_of(member(sender.ref), sender.ref).get("/referrals/?side=in").content.decode()


# --- other pages -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (State.INFO_REQUESTED, "They asked you something"),
        (State.NOT_STARTED, "Results to acknowledge"),
        (State.ACCEPTED, "Answers to your referrals"),
        (State.WAITLISTED, "Answers to your referrals"),
    ],
)
def test_today_tells_the_one_who_sent(
    referred: Any, at_sender: Client, member: Any, client_of: Any, sender: SimpleNamespace, state: State, heading: str
) -> None:
    referred(state)
    assert heading in at_sender.get("/").content.decode()
    assert heading not in client_of(member(sender.ref, Role.CASEWORKER), sender.ref).get("/").content.decode()


def test_today_shows_drafts_and_lets_answers_grow_old(
    referred: Any, at_sender: Client, sender: SimpleNamespace, ask: Any, client_of: Any
) -> None:
    referred(State.DECLINED)
    with inside(sender.ref):
        draft_referral(client=sender.client, request=ask(service="training"), by=sender.seat)
    page = at_sender.get("/").content.decode()
    assert "Your drafts of referrals" in page
    assert "Answers to your referrals" in page
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        browser = client_of(User.objects.get(pk=sender.seat.user_id), sender.ref)
        page = browser.get("/").content.decode()
    assert "Your drafts of referrals" in page
    assert "Answers to your referrals" not in page


def test_the_clients_page_shows_where_the_person_was_referred(
    referred: Any, at_sender: Client, sender: SimpleNamespace
) -> None:
    address = f"/clients/{sender.client.pk}/"
    assert "Not referred to anybody yet." in at_sender.get(address).content.decode()
    referred(State.SENT)
    page = at_sender.get(address).content.decode()
    assert "Beta Centre" in page
    assert "Waits for their answer" in page


def test_the_cases_page_shows_what_was_sent_for_it(
    at_sender: Client, sender: SimpleNamespace, ask: Any, member: Any, client_of: Callable[..., Client], open_case: Any
) -> None:
    case = open_case()
    with inside(sender.ref):
        draft = draft_referral(client=sender.client, request=ask(case=case), by=sender.seat)
    page = at_sender.get(f"/cases/{case.pk}/").content.decode()
    assert f"/clients/{sender.client.pk}/refer/?case={case.pk}" in page
    assert "Beta Centre" in page
    assert 'href="/cases/' in at_sender.get(f"/referrals/{draft.pk}/").content.decode()
    viewer = client_of(member(sender.ref, Role.SUPERVISOR), sender.ref)
    assert NAME in viewer.get("/referrals/?side=drafts").content.decode()
    with inside(sender.ref):
        Referral.objects.all().delete()
        case.closed_on = case.opened_on
        case.save(update_fields=["closed_on"])
    assert 'id="referrals"' not in at_sender.get(f"/cases/{case.pk}/").content.decode()
