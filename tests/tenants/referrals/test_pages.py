"""A referral's page: where it stands, what can be done, by whom, and what stays hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.exchange.enums import TRANSITIONS, Side, State
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client as Person
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.acts import ACTS, Act
from tenants.referrals.models import Referral, Step
from tenants.referrals.standing import WORDS

BY_SLUG = {act.slug: act for act in ACTS}
# What a form of each act takes beside a note.
FILLED: dict[str, dict[str, str]] = {
    "ask": {"question": "Since when?"},
    "answer": {"answer": "Since spring."},
    "decline": {"reason": "no_place"},
    "not-started": {"reason": "no_show"},
    "complete": {"outcome": "small_steps"},
    "break-off": {"reason": "moved"},
    "recall": {"reason": "mistake"},
    "reopen": {"reason": "needed_again"},
    "withdraw": {"how": "spoken"},
}
BEFORE: dict[str, State] = {
    "open": State.SENT,
    "accept": State.WAITLISTED,
    "answer": State.INFO_REQUESTED,
    "start": State.ACCEPTED,
    "complete": State.STARTED,
    "close": State.NOT_STARTED,
    "ask": State.OPENED,
    "waiting-list": State.OPENED,
    "decline": State.OPENED,
    "not-started": State.ACCEPTED,
    "break-off": State.STARTED,
    "reopen": State.CLOSED,
    "recall": State.ACCEPTED,
    "withdraw": State.STARTED,
}
SENDERS = {act.slug for act in ACTS if act.side == Side.SENDER}


def text_of(answer: Any) -> str:
    """What people read, with no runs of spaces."""
    body = answer.content.decode().split("<main", 1)[1]
    plain = re.sub(r"<[^>]+>", " ", body).replace("&#x27;", "'").replace("&quot;", '"')
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def filled(target: SimpleNamespace) -> Callable[[str], dict[str, str]]:
    """`filled("accept")`: a form as somebody fills it in."""

    def make(slug: str) -> dict[str, str]:
        given = {"assignee": str(target.seat.membership_id)} if slug == "accept" else FILLED.get(slug, {})
        return {**given, "note": "A kind word"}

    return make


# --- what can be done ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.slug)
def test_every_act_moves_it_and_tells_the_other_side(
    referred: Any, at_sender: Client, at_target: Client, filled: Any, tasks: Any, act: Act
) -> None:
    made = referred(BEFORE[act.slug])
    is_sender = act.slug in SENDERS
    browser, address = (at_sender, made.out) if is_sender else (at_target, made.into)
    page = browser.get(f"/referrals/{address}/").content.decode()
    assert f'action="/referrals/{address}/{act.slug}/"' in page
    with tasks():
        answer = browser.post(f"/referrals/{address}/{act.slug}/", filled(act.slug), follow=True)
    assert str(act.done) in text_of(answer)
    assert Envelope.objects.get().state == act.to
    other, there = (at_target, made.into) if is_sender else (at_sender, made.out)
    said = {"answer": "Since spring.", "ask": "Since when?"}.get(act.slug, "A kind word")
    seen = text_of(other.get(f"/referrals/{there}/"))
    if act.slug not in ("open", "withdraw", "recall"):
        assert said in seen


def test_every_edge_that_a_side_moves_has_its_act() -> None:
    moved_elsewhere = {State.SENT, State.HELD, State.REDIRECTED}  # by sending, and by referring to another place
    for state, edges in TRANSITIONS.items():
        for to, sides in edges.items():
            for side in sides & {Side.SENDER, Side.TARGET}:
                found = [act for act in ACTS if act.to == to and act.side in (None, side)]
                assert len(found) == (0 if to in moved_elsewhere else 1), (state, to, side)


def test_every_place_where_it_can_stand_has_words() -> None:
    seen_by_target = set(State) - {State.DRAFT, State.HELD, State.REJECTED}
    assert {state for state, side in WORDS if side == Side.TARGET} == seen_by_target
    assert {state for state, side in WORDS if side == Side.SENDER} == set(State)


@pytest.mark.parametrize("act", [act for act in ACTS if act.side], ids=lambda act: act.slug)
def test_the_other_sides_acts_are_not_here(
    referred: Any, at_sender: Client, at_target: Client, filled: Any, act: Act
) -> None:
    made = referred(BEFORE[act.slug])
    state = Envelope.objects.get().state
    browser, address = (at_target, made.into) if act.slug in SENDERS else (at_sender, made.out)
    page = browser.get(f"/referrals/{address}/").content.decode()
    assert f"/{act.slug}/" not in page
    assert browser.post(f"/referrals/{address}/{act.slug}/", filled(act.slug)).status_code == 404
    assert Envelope.objects.get().state == state


def test_viewers_read_and_do_not_act(
    referred: Any, member: Any, client_of: Callable[..., Client], target: SimpleNamespace, filled: Any
) -> None:
    made = referred(State.OPENED)
    viewer = client_of(member(target.ref, Role.VIEWER), target.ref)
    page = viewer.get(f"/referrals/{made.into}/")
    assert "Your role lets you read this." in text_of(page)
    assert "<form" not in page.content.decode().split("standing-title", 1)[1].split("</section>")[0]
    for slug in BY_SLUG.keys() - SENDERS:
        answer = viewer.post(f"/referrals/{made.into}/{slug}/", filled(slug))
        assert answer.status_code == 403, slug
    assert viewer.post(f"/referrals/{made.into}/client/").status_code == 403
    assert Envelope.objects.get().state == State.OPENED


@pytest.mark.parametrize("slug", ["ask", "decline", "not-started", "complete", "recall", "answer", "reopen"])
def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    referred: Any, at_sender: Client, at_target: Client, slug: str
) -> None:
    made = referred(BEFORE[slug])
    state = Envelope.objects.get().state
    browser, address = (at_sender, made.out) if slug in SENDERS else (at_target, made.into)
    answer = browser.post(f"/referrals/{address}/{slug}/", {"note": "Typed with care"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This field is required." in page
    assert "Typed with care" in page or slug in ("ask", "answer")
    assert Envelope.objects.get().state == state


def test_an_answer_that_says_who_it_is_stays_here(referred: Any, at_sender: Client) -> None:
    made = referred(State.INFO_REQUESTED)
    answer = at_sender.post(f"/referrals/{made.out}/answer/", {"answer": "Zorana knows how to cook"})
    page = answer.content.decode()
    assert "it says who the person is" in page
    assert "Zorana knows how to cook" in page
    assert 'aria-invalid="true"' in page
    assert Envelope.objects.get().state == State.INFO_REQUESTED


def test_the_second_to_answer_is_told_and_loses_nothing_typed(referred: Any, at_target: Client, filled: Any) -> None:
    made = referred(State.DECLINED)
    answer = at_target.post(f"/referrals/{made.into}/accept/", {**filled("accept"), "note": "Welcome"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Somebody was faster: a colleague, or the other side. Nothing was changed." in text
    assert "Where it stands now You declined." in text
    assert "Welcome" in answer.content.decode()


def test_opening_twice_is_told_kindly(referred: Any, at_target: Client) -> None:
    made = referred(State.OPENED)
    answer = at_target.post(f"/referrals/{made.into}/open/", follow=True)
    assert "Somebody was faster" in text_of(answer)


def test_an_act_has_a_page_of_its_own_while_it_is_possible(referred: Any, at_target: Client) -> None:
    made = referred(State.OPENED)
    page = at_target.get(f"/referrals/{made.into}/decline/").content.decode()
    assert "On the person&#x27;s side" in page or "On the person's side" in page
    assert at_target.get(f"/referrals/{made.into}/start/")["Location"] == f"/referrals/{made.into}/"


def test_work_begins_when_it_is_said_who_the_person_is(
    referred: Any, at_target: Client, target: SimpleNamespace
) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    page = at_target.get(f"/referrals/{made.into}/").content.decode()
    assert "Is the person here already?" in page
    assert "/start/" not in page
    answer = at_target.post(f"/referrals/{made.into}/start/", {"note": "Began"})
    assert answer.status_code == 409
    assert "Say first whether the person is a client of yours already." in answer.content.decode()
    address = f"/referrals/{made.into}/client/"
    assert at_target.post(address, {"client": "no identifier"}).status_code == 404
    answer = at_target.post(address, {"client": str(known.pk)})
    assert answer["Location"] == f"/referrals/{made.into}/"
    assert "A colleague has done that already." in text_of(at_target.post(address, follow=True))
    with inside(target.ref):
        assert Referral.objects.get().client == known
    assert "/start/" in at_target.get(f"/referrals/{made.into}/").content.decode()


def test_a_client_is_chosen_on_the_recipients_side_alone(referred: Any, at_sender: Client) -> None:
    made = referred(State.ACCEPTED)
    assert at_sender.post(f"/referrals/{made.out}/client/").status_code == 404


# --- what is told ------------------------------------------------------------------------------------------------
def test_need_is_read_after_opening_and_the_person_after_accepting(
    referred: Any, at_target: Client, filled: Any, tasks: Any
) -> None:
    made = referred(State.SENT, need="A patient mentor", area="North side")
    address = f"/referrals/{made.into}/"
    page = text_of(at_target.get(address))
    assert "A patient mentor" not in page
    assert "North side" not in page
    at_target.post(f"{address}open/")
    page = text_of(at_target.get(address))
    assert "A patient mentor" in page
    assert "North side" in page
    assert "Zorana" not in page
    with tasks():
        at_target.post(f"{address}accept/", filled("accept"))
    page = text_of(at_target.get(address))
    assert "What we were told" in page
    assert "Zorana" in page
    assert "Sleeps badly" not in page


def test_the_result_is_told_with_how_far_the_person_came(
    referred: Any, at_sender: Client, at_target: Client, target: SimpleNamespace, tasks: Any, monkeypatch: Any
) -> None:
    made = referred(State.STARTED)
    page = text_of(at_target.get(f"/referrals/{made.into}/complete/"))
    assert "Nobody has rated anything here" in page
    distance = {"psychological": [31.0, 54.5], "of tomorrow": [1.0, 2.0]}
    monkeypatch.setattr("tenants.referrals.domain.answering.distance_since", lambda referral: distance)
    monkeypatch.setattr("tenants.referrals.showing.distance_since", lambda referral: distance)
    assert "from 31 to 54" in text_of(at_target.get(f"/referrals/{made.into}/complete/"))
    with tasks():
        at_target.post(f"/referrals/{made.into}/complete/", {"outcome": "education", "note": "She studies"})
    page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    for words in ("The work is done", "School, studies or training", "She studies", "from 31 to 54"):
        assert words in page
    assert "Acknowledge and close" in page
    at_sender.post(f"/referrals/{made.out}/close/", {"note": ""})
    assert "School, studies or training" in text_of(at_sender.get(f"/referrals/{made.out}/"))


def test_our_people_have_names_and_theirs_have_none(
    referred: Any, at_sender: Client, at_target: Client, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    made = referred(State.DECLINED)
    ours = text_of(at_sender.get(f"/referrals/{made.out}/"))
    theirs = text_of(at_target.get(f"/referrals/{made.into}/"))
    assert f"· {sender.seat.name}" in ours
    assert target.seat.name not in ours
    assert f"· {target.seat.name}" in theirs
    assert sender.seat.name not in theirs


def test_what_happens_by_itself_says_so(referred: Any, at_sender: Client, at_target: Client) -> None:
    made = referred(State.RECALLED)
    assert "What came with it was erased on" in text_of(at_target.get(f"/referrals/{made.into}/"))
    assert "By itself" in text_of(at_target.get(f"/referrals/{made.into}/"))
    assert "They have confirmed that they erased what they had." in text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert "Zorana" not in text_of(at_target.get(f"/referrals/{made.into}/"))


def test_the_secretariats_step_is_its_own(referred: Any, at_sender: Client, sender: SimpleNamespace) -> None:
    made = referred(State.SENT)
    with inside(sender.ref):
        Step.objects.update(side=Side.SECRETARIAT)
    assert "The secretariat" in text_of(at_sender.get(f"/referrals/{made.out}/"))


def test_a_locked_copy_is_read_by_those_who_look_after_rights(
    referred: Any, target: SimpleNamespace, member: Any, client_of: Any
) -> None:
    made = referred(State.WITHDRAWN, need="A patient mentor")
    Envelope.objects.update(remains="waiting")
    with inside(target.ref):
        Referral.objects.update(restricted_at=timezone.now(), purged_at=None)
        step = Step.objects.get(type=State.ACCEPTED)
        step.note = "Monday at ten"
        step.save(update_fields=["note"])
        Person.objects.update(assigned_to=target.seat.membership_id)
    colleague = client_of(member(target.ref, Role.CASEWORKER), target.ref)
    page = text_of(colleague.get(f"/referrals/{made.into}/"))
    assert "Locked since" in page
    assert "Nothing of it may be used any more. Your copy is locked." in page
    for hidden in ("A patient mentor", "Zorana", "Monday at ten", "What we were told"):
        assert hidden not in page
    manager = client_of(member(target.ref, Role.MANAGER), target.ref)
    page = text_of(manager.get(f"/referrals/{made.into}/"))
    assert "Zorana" in page
    assert "Locked since" not in page


def test_network_support_reads_no_disclosure(referred: Any, at_target: Client, target: SimpleNamespace) -> None:
    made = referred(State.ACCEPTED)
    assert "+381 11 000 111" in text_of(at_target.get(f"/referrals/{made.into}/"))
    assert {act.permission for act in ACTS} == {"referral.view", "referral.send", "referral.answer"}


def test_the_day_by_which_an_answer_is_due(referred: Any, at_sender: Client, at_target: Client) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=UTC)):
        made = referred(State.OPENED)
        assert "Answer by 31 March 2026." in text_of(at_target.get(f"/referrals/{made.into}/"))
        assert "They have until 31 March 2026." in text_of(at_sender.get(f"/referrals/{made.out}/"))


def test_a_result_says_when_it_is_closed_by_itself(referred: Any, at_sender: Client) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=UTC)):
        made = referred(State.NOT_STARTED)
        assert "It is closed by itself on 15 March 2026." in text_of(at_sender.get(f"/referrals/{made.out}/"))


def test_a_question_has_a_day_too(referred: Any, at_sender: Client) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=UTC)):
        made = referred(State.INFO_REQUESTED)
        page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert "They asked you something" in page
    assert "They ask Since when?" in page
    assert "Answer by 31 March 2026." in page


def test_times_are_those_of_the_organisations_place(
    referred: Any, at_sender: Client, at_target: Client, sender: SimpleNamespace
) -> None:
    made = referred(State.SENT)
    EnvelopeEvent.objects.update(at="2026-01-01T00:00Z")
    for ref, pk in ((sender.ref, made.out),):
        with inside(ref):
            Step.objects.filter(referral=pk).update(at="2026-01-01T00:00Z")
    Organisation.objects.filter(pk=sender.ref.id).update(time_zone="Asia/Tehran")
    assert "03:30" in at_sender.get(f"/referrals/{made.out}/").content.decode()


# --- who reads it ------------------------------------------------------------------------------------------------
def test_the_other_sides_copy_is_not_here(referred: Any, at_sender: Client, at_target: Client, filled: Any) -> None:
    made = referred(State.ACCEPTED)
    for browser, address in ((at_sender, made.into), (at_target, made.out)):
        assert browser.get(f"/referrals/{address}/").status_code == 404
        for slug in BY_SLUG:
            assert browser.post(f"/referrals/{address}/{slug}/", filled(slug)).status_code == 404
        for slug in ("edit", "send"):
            assert browser.get(f"/referrals/{address}/{slug}/").status_code == 404
    assert Envelope.objects.get().state == State.ACCEPTED


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
