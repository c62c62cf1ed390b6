"""The pages of both sides: who sees what, what is kept in a form, and how many queries a list costs."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.exchange.models import Relocation as Shared
from tenants.caseloads.models import Client, Consent, JournalEntry
from tenants.organisations.isolation import inside
from tenants.referrals.enums import Direction
from tenants.relocations.domain import undoing
from tenants.relocations.models import Relocation

from .conftest import FAMILY, NAME, entry, own

Made = Callable[..., Any]


@pytest.fixture
def at_alpha(here: SimpleNamespace, client_of: Made) -> Browser:
    return client_of(User.objects.get(pk=here.seat.user_id), here.ref)  # type: ignore[no-any-return]


@pytest.fixture
def at_beta(there: SimpleNamespace, client_of: Made) -> Browser:
    return client_of(User.objects.get(pk=there.seat.user_id), there.ref)  # type: ignore[no-any-return]


def key_in(side: SimpleNamespace) -> Any:
    with inside(side.ref):
        return Relocation.objects.get().pk


def filled(there: SimpleNamespace, **values: str) -> dict[str, str]:
    return {
        "target": str(there.ref.id),
        "reason": "moved",
        "need": "Somebody to talk to",
        "area": "South",
        "note": "",
        "how_given": "signed",
        "witness": "",
        "language": "en",
        "expires_on": str(timezone.localdate().replace(year=timezone.localdate().year + 1)),
        "step": "preview",
        **values,
    }


# --- asking -------------------------------------------------------------------------------------------------
def test_a_record_is_asked_for_step_by_step(
    person: Client, at_alpha: Browser, at_beta: Browser, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    assert "Move the record to another organisation" in at_alpha.get(f"/clients/{person.pk}/").content.decode()
    page = at_alpha.get(f"/clients/{person.pk}/move/").content.decode()
    assert "Our colleagues were asked to read something." in page  # a mention stays, and why
    assert "What only its author reads was written for nobody else." in page
    names = {option.split("<")[0] for option in page.split("<option")[1:]}
    assert any("Beta Centre" in name for name in names)
    assert not any("Alpha House" in name or "Secretariat" in name for name in names)
    preview = at_alpha.post(f"/clients/{person.pk}/move/", filled(there)).content.decode()
    assert "moves my whole record to Beta Centre" in preview
    assert "What Beta Centre will get" in preview
    with tasks():
        answer = at_alpha.post(f"/clients/{person.pk}/move/", filled(there, step="ask"))
    assert answer.status_code == 302
    with inside(here.ref):
        consent = Consent.objects.get(purpose="relocation")
        assert (consent.recipient_id, len(consent.scopes)) == (there.ref.id, 7)
    today = at_beta.get("/").content.decode()
    assert "Records that are to be moved to you" in today
    shown = at_beta.get(f"/moves/{key_in(there)}/").content.decode()
    assert "Somebody to talk to" in shown
    assert "Work and learning: 1" in shown
    assert NAME not in shown
    assert FAMILY not in shown
    own = at_alpha.get(f"/clients/{person.pk}/").content.decode()
    assert "Is to go to Beta Centre" in own


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    person: Client, at_alpha: Browser, here: SimpleNamespace, there: SimpleNamespace
) -> None:
    address = f"/clients/{person.pk}/move/"
    answer = at_alpha.post(address, filled(there, target="", note="Since May"))
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"target"}
    assert "Since May" in answer.content.decode()
    answer = at_alpha.post(address, filled(there, step="ask", need=f"Help {NAME}"))
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"need"}
    answer = at_alpha.post(address, filled(there, step="change"))
    assert answer.status_code == 200
    assert "Somebody to talk to" in answer.content.decode()
    with inside(here.ref):
        Client.objects.filter(pk=person.pk).update(restricted_at=timezone.now())
    preview = at_alpha.post(address, filled(there)).content.decode()
    assert "What has to be ended first" in preview
    assert 'value="ask"' not in preview
    answer = at_alpha.post(address, filled(there, step="ask"))
    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors()


# --- the list -----------------------------------------------------------------------------------------------
def test_lists_cost_the_same_for_one_and_for_three(
    asked: Relocation, at_beta: Browser, at_alpha: Browser, there: SimpleNamespace
) -> None:
    def queries(browser: Browser, address: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    queries(at_beta, "/moves/?side=in")
    one = queries(at_beta, "/moves/?side=in")
    with inside(there.ref):
        first = Relocation.objects.get()
    for number in range(2):
        shared = Shared.objects.create(
            reference=f"M-{number}",
            sender_id=first.other_id,
            target_id=there.ref.id,
            expires_at=timezone.now(),
        )
        with inside(there.ref):
            Relocation.objects.create(shared=shared, direction=Direction.IN, other_id=first.other_id, need="Help")
    assert queries(at_beta, "/moves/?side=in") == one
    assert "Nothing here yet" in at_beta.get("/moves/").content.decode()
    assert NAME in at_alpha.get("/moves/").content.decode()


def test_a_caseworker_sees_their_own_and_a_mentor_none(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, member: Made, client_of: Made
) -> None:
    caseworker = client_of(member(here.ref, Role.CASEWORKER), here.ref)
    assert NAME not in caseworker.get("/moves/").content.decode()
    assert caseworker.get(f"/moves/{key_in(here)}/").status_code == 403
    mentor = client_of(member(there.ref, Role.MENTOR), there.ref)
    assert mentor.get("/moves/").status_code == 403
    elsewhere = client_of(member(there.ref, Role.CASEWORKER), there.ref)
    assert elsewhere.get(f"/moves/{key_in(there)}/").status_code == 404
    assert elsewhere.get(f"/moves/{key_in(here)}/").status_code == 404


# --- answering ----------------------------------------------------------------------------------------------
def test_it_is_taken_on_and_seen_on_both_sides(
    asked: Relocation,
    at_alpha: Browser,
    at_beta: Browser,
    here: SimpleNamespace,
    there: SimpleNamespace,
    tasks: Any,
) -> None:
    address = f"/moves/{key_in(there)}/"
    answer = at_beta.post(f"{address}accept/", {"assignee": "", "answer": "Gladly"})
    assert answer.status_code == 400
    assert "Gladly" in answer.content.decode()
    assert at_beta.get(f"{address}accept/").status_code == 200
    with tasks():
        answer = at_beta.post(f"{address}accept/", {"assignee": str(there.seat.membership_id), "answer": "Gladly"})
    assert answer.status_code == 302
    shown = at_beta.get(address).content.decode()
    assert "The person is a client of yours since" in shown
    assert NAME in shown
    assert "Nothing was added here since." in shown
    ours = at_alpha.get(f"/moves/{key_in(here)}/").content.decode()
    assert "Your copy is locked away until" in ours
    assert NAME not in ours
    assert "Gladly" in ours
    assert at_alpha.get(f"/clients/{asked.client_id}/").status_code == 404
    with inside(there.ref):
        client = Client.objects.get()
        assert Entry.objects.filter(action="relocation.viewed", about_id=client.pk).exists()
    assert "Came from Alpha House on" in at_beta.get(f"/clients/{client.pk}/").content.decode()
    late = at_beta.post(f"{address}decline/", {"reason": "no_place", "answer": ""}, follow=True)
    assert "Somebody was faster" in late.content.decode()
    assert at_beta.get(f"{address}decline/").status_code == 302


def test_it_is_taken_back(asked: Relocation, at_alpha: Browser, here: SimpleNamespace, tasks: Any) -> None:
    address = f"/moves/{key_in(here)}/"
    with tasks():
        at_alpha.post(f"{address}withdraw/", {"reason": "mistake"})
    page = at_alpha.get(address).content.decode()
    assert "The record stays where it was." in page
    assert "It was offered by mistake" in page


def test_progress_asks_for_itself_while_a_worker_is_at_it(
    asked: Relocation, at_alpha: Browser, here: SimpleNamespace
) -> None:
    address = f"/moves/{key_in(here)}/progress/"
    over = at_alpha.get(address)
    assert "hx-get" not in over.content.decode()
    assert over["HX-Refresh"] == "true"  # the page tells what happened, and what can be done now
    Shared.objects.update(state="carrying", done=1, total=4)
    answer = at_alpha.get(address)
    assert "HX-Refresh" not in answer
    page = answer.content.decode()
    assert "hx-get" in page
    assert "1 of 4" in page
    for state, words in (
        ("accepted", "sets out in a moment"),
        ("failed", "could not be moved: Something could not be read"),
    ):
        Shared.objects.update(state=state, reason="broken")
        assert words in at_alpha.get(address).content.decode()


# --- undoing ------------------------------------------------------------------------------------------------
def test_a_manager_undoes_it_with_what_would_be_lost_before_the_eyes(
    moved: Relocation, at_beta: Browser, at_alpha: Browser, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    with inside(there.ref):
        entry(Client.objects.get(), there.seat, "First talk with us")
        Client.objects.update(place="Niš")
    address = f"/moves/{key_in(there)}/"
    shown = at_beta.get(address).content.decode()
    assert "The record itself, changed: 1" in shown
    assert "Journal: 1" in shown
    given = {"reason": "moved_wrong", "note": "Wrong person"}
    refused = at_beta.post(f"{address}undo/", given)
    assert refused.status_code == 400
    assert "Confirm that it is erased too." in refused.content.decode()
    with tasks():
        at_alpha.post(f"/moves/{key_in(here)}/undo/", given)
    assert "Only a manager there can undo it now." in at_alpha.get(f"/moves/{key_in(here)}/").content.decode()
    with inside(there.ref):
        seen = undoing.since(own(there)).mark
        entry(Client.objects.get(), there.seat, "Second talk with us")
    stale = at_beta.post(f"{address}undo/", {**given, "loses": "on", "seen": seen})
    assert stale.status_code == 400
    told = stale.content.decode()
    assert "Look, and confirm again." in told
    assert "Journal: 2" in told
    assert "Wrong person" in told
    assert seen not in told
    with inside(there.ref):
        now = undoing.since(own(there)).mark
    assert f'value="{now}"' in told
    with tasks():
        assert at_beta.post(f"{address}undo/", {**given, "loses": "on", "seen": now}).status_code == 302
    assert "your copy is erased" in at_beta.get(address).content.decode()
    back = at_alpha.get(f"/moves/{key_in(here)}/").content.decode()
    assert "yours again" in back
    assert NAME in back
    assert at_alpha.get(f"/clients/{moved.client_id}/").status_code == 200
    with inside(there.ref):
        assert not JournalEntry.objects.exists()


def test_what_stands_in_the_way_of_undoing_is_told_and_nothing_is_lost(
    moved: Relocation, at_beta: Browser, there: SimpleNamespace, monkeypatch: Any
) -> None:
    monkeypatch.setattr(undoing, "standing_against", lambda _relocation: ["A referral is under way."])
    answer = at_beta.post(f"/moves/{key_in(there)}/undo/", {"reason": "moved_wrong", "note": "Wrong person"})
    assert answer.status_code == 400
    assert "A referral is under way." in answer.content.decode()
    assert "Wrong person" in answer.content.decode()


@pytest.mark.parametrize("state", ["undoing", "settled"])
def test_what_either_side_reads_later(
    moved: Relocation, at_beta: Browser, at_alpha: Browser, here: SimpleNamespace, there: SimpleNamespace, state: str
) -> None:
    Shared.objects.update(state=state, reason="")
    ours = at_alpha.get(f"/moves/{key_in(here)}/").content.decode()
    theirs = at_beta.get(f"/moves/{key_in(there)}/").content.decode()
    if state == "undoing":
        assert "The move is being undone." in ours
    else:
        assert "A person was moved there on" in ours
        assert "The record is yours for good." in theirs
