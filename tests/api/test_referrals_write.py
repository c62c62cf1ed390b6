"""Writing, changing and sending referrals through the API: by people, and by software that has no membership."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.models import Referral
from tests.api.conftest import is_problem

Make = Callable[..., SimpleNamespace]
PATH = "/api/v1/referrals/"


def post(api: Browser, path: str, body: Any = None, **headers: str) -> Any:
    return api.post(PATH + path, {} if body is None else body, content_type="application/json", headers=headers)


def patch(api: Browser, pk: Any, body: Any, **headers: str) -> Any:
    headers = headers or {"if-match": api.get(f"{PATH}{pk}/")["ETag"]}
    return api.patch(f"{PATH}{pk}/", body, content_type="application/json", headers=headers)


def agreed(**values: Any) -> dict[str, Any]:
    ends = timezone.localdate() + timedelta(days=30)
    return {"scopes": ["identity", "contact"], "how_given": "signed", "expires_on": ends.isoformat(), **values}


@pytest.fixture
def asked(sender: SimpleNamespace, target: SimpleNamespace) -> Callable[..., dict[str, Any]]:
    def make(**values: Any) -> dict[str, Any]:
        return {
            "client": str(sender.client.pk), "recipient": str(target.ref.id), "service": "mentoring",
            "need": "Courage, and somebody patient", **values,
        }  # fmt: skip

    return make


@pytest.fixture
def writer(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.REFERRALS_WRITE, Scope.CLIENTS_READ)


def codes(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.content
    return [(fault["field"], fault["code"]) for fault in answer.json()["fields"]]


def test_a_draft_is_written_changed_and_discarded(at_sender: Browser, asked: Any, target: SimpleNamespace) -> None:
    made = post(at_sender, "", asked())
    assert made.status_code == 201
    draft = made.json()
    assert made["Location"] == f"{PATH}{draft['id']}/"
    assert (draft["state"], draft["side"], draft["consent"]) == ("draft", "sender", None)
    assert [name for name, may in draft["abilities"].items() if may] == ["change", "send", "discard"]
    changed = patch(at_sender, draft["id"], {"need": "Patience", "left_out": ["phone"]})
    assert changed.status_code == 200
    told = changed.json()
    assert (told["need"], told["service"], told["left_out"]) == ("Patience", "mentoring", ["phone"])
    assert patch(at_sender, draft["id"], {"need": "Old"}, **{"if-match": made["ETag"]}).status_code == 412
    stale = at_sender.delete(f"{PATH}{draft['id']}/", headers={"if-match": made["ETag"]})
    assert is_problem(stale, "changed_meanwhile")
    assert is_problem(at_sender.delete(f"{PATH}{draft['id']}/"), "if_match_missing")
    assert at_sender.delete(f"{PATH}{draft['id']}/", headers={"if-match": changed["ETag"]}).status_code == 204
    assert Envelope.objects.count() == 0
    with inside(target.ref):
        assert Referral.objects.count() == 0


def test_with_a_consent_it_is_sent_at_once(
    at_sender: Browser, at_target: Browser, asked: Any, sender: SimpleNamespace, tasks: Any
) -> None:
    with tasks():
        made = post(at_sender, "", asked(consent=agreed(), area="Valjevo"), **{"idempotency-key": "one"})
    assert made.status_code == 201
    told = made.json()
    assert (told["state"], told["consent"]["scopes"]) == ("sent", ["contact", "identity"])
    again = post(at_sender, "", asked(consent=agreed(), area="Valjevo"), **{"idempotency-key": "one"})
    assert (again.json(), again["Idempotency-Replayed"]) == (told, "true")
    assert is_problem(post(at_sender, "", asked(), **{"idempotency-key": "one"}), "idempotency_key_reused")
    with inside(sender.ref):
        receipt = Consent.objects.get()
        assert (receipt.client_id, receipt.how_given) == (sender.client.pk, "signed")
        assert Entry.objects.filter(action="referral.sent").get().actor_name == sender.seat.name
    (row,) = at_target.get(PATH).json()["results"]
    assert (row["state"], row["reference"]) == ("sent", told["reference"])


def test_a_draft_is_sent_with_a_consent(at_sender: Browser, asked: Any) -> None:
    draft = post(at_sender, "", asked(left_out=["phone"])).json()
    assert codes(post(at_sender, f"{draft['id']}/send/")) == [("consent", "required")]
    sent = post(at_sender, f"{draft['id']}/send/", {"consent": agreed()})
    assert (sent.status_code, sent.json()["state"], sent.json()["left_out"]) == (200, "sent", ["phone"])
    assert is_problem(post(at_sender, f"{draft['id']}/send/", {"consent": agreed()}), "referral_moved")
    assert is_problem(patch(at_sender, draft["id"], {"need": "More"}), "referral_moved")
    tag = at_sender.get(f"{PATH}{draft['id']}/")["ETag"]
    assert is_problem(at_sender.delete(f"{PATH}{draft['id']}/", headers={"if-match": tag}), "referral_moved")


def test_a_new_members_waits_for_the_secretariat(
    at_sender: Browser, at_target: Browser, asked: Any, sender: SimpleNamespace, tasks: Any
) -> None:
    Organisation.objects.filter(pk=sender.ref.id).update(state="provisional")
    with tasks():
        assert post(at_sender, "", asked(consent=agreed())).json()["state"] == "held"
    assert at_target.get(PATH).json()["results"] == []


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"client": "nobody"}, [("client", "invalid")]),
        ({"client": str(uuid4())}, [("client", "does_not_exist")]),
        ({"recipient": str(uuid4())}, [("recipient", "does_not_exist")]),
        ({"service": "cure"}, [("service", "invalid_choice")]),
        ({"need": ""}, [("need", "blank")]),
        ({"need": "x" * 2001}, [("need", "max_length")]),
        ({"need": "For Zorani"}, [("need", "says_who")]),
        ({"area": "۰۱۱ ۰۰۰ ۱۱۱"}, [("area", "says_who")]),
        ({"left_out": ["shoe_size"]}, [("left_out", "invalid_choice")]),
        ({"offer": str(uuid4())}, [("offer", "does_not_exist")]),
        ({"case": str(uuid4())}, [("case", "does_not_exist")]),
        ({"consent": {}}, [("consent.scopes", "required"), ("consent.how_given", "required"),
                           ("consent.expires_on", "required")]),
        ({"consent": agreed(scopes=["contact"])}, [("consent.scopes", "invalid")]),
        ({"consent": agreed(how_given="spoken")}, [("consent.witness", "invalid")]),
        ({"consent": agreed(how_given="own_page")}, [("consent.how_given", "invalid_choice")]),
        ({"consent": agreed(expires_on="2020-01-01")}, [("consent.expires_on", "invalid")]),
        ({"consent": agreed(expires_on="2900-01-01")}, [("consent.expires_on", "invalid")]),
    ],
)  # fmt: skip
def test_faults_stand_beside_their_fields(
    at_sender: Browser, asked: Any, values: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    assert codes(post(at_sender, "", asked(**values))) == faults
    assert Envelope.objects.count() == 0


def test_a_list_is_no_referral(at_sender: Browser) -> None:
    assert codes(post(at_sender, "", [])) == [("", "invalid")]


def test_one_open_referral_for_person_service_and_recipient(at_sender: Browser, asked: Any) -> None:
    post(at_sender, "", asked(consent=agreed()))
    refused = post(at_sender, "", asked(consent=agreed()))
    text = "This person has an open referral for the same service there already."
    assert is_problem(refused, "referral_open_already", detail=text)


def test_nothing_goes_out_that_was_agreed_for_somebody_else(
    at_sender: Browser, asked: Any, sender: SimpleNamespace
) -> None:
    """Neither without a name: who keeps back both of hers has nothing to send."""
    refused = post(at_sender, "", asked(consent=agreed(), left_out=["given_name", "family_name"]))
    assert is_problem(
        refused, "consent_missing", detail="Without a name the other organisation cannot take the person on."
    )
    with inside(sender.ref):
        assert Referral.objects.count() == Consent.objects.count() == 0


def test_of_people_in_a_colleagues_care_nothing_is_written(
    at_sender: Browser, asked: Any, sender: SimpleNamespace, seat_in: Callable[..., Seat]
) -> None:
    colleague = seat_in(sender.ref, Role.MENTOR)
    with inside(sender.ref):
        Client.objects.update(assigned_to_id=colleague.membership_id)
    assert post(at_sender, "", asked()).status_code == 403


# --- software ----------------------------------------------------------------------------------------------
def test_software_sends(writer: SimpleNamespace, asked: Any, sender: SimpleNamespace) -> None:
    made = post(writer.api, "", asked(consent=agreed(how_given="spoken", witness="Her sister")))
    assert made.status_code == 201, made.content
    assert (made.json()["state"], made.json()["owner"]) == ("sent", None)
    with inside(sender.ref):
        entry = Entry.objects.filter(action="referral.sent").get()
        assert (entry.actor_name, entry.detail["software"]) == ("Case system", str(writer.pk))


def test_software_that_only_reads_sends_nothing(alpha: OrganisationRef, software: Make, asked: Any) -> None:
    reader = software(alpha, Scope.REFERRALS_READ, Scope.CLIENTS_READ)
    refused = post(reader.api, "", asked(consent=agreed()))
    assert is_problem(refused, "insufficient_scope", detail="This software may not: “Send referrals”.")


def test_software_names_who_takes_the_person_on(
    beta: OrganisationRef, target: SimpleNamespace, software: Make, referred: Any, tasks: Any
) -> None:
    api = software(beta, Scope.REFERRALS_WRITE).api
    made = referred(State.OPENED)
    assert codes(post(api, f"{made.into}/accept/")) == [("assignee", "required")]
    with tasks():
        accepted = post(api, f"{made.into}/accept/", {"assignee": str(target.seat.membership_id)})
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")


def test_names_are_for_software_that_may_read_them(
    beta: OrganisationRef, software: Make, referred: Any, target: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        client = Referral.objects.get(pk=made.into).client
    without = software(beta, Scope.REFERRALS_READ).api
    found = without.get(f"{PATH}{made.into}/")
    assert (found.status_code, found.json()["client"], found.json()["disclosed"]) == (
        200, {"id": str(client.pk), "name": None}, [],
    )  # fmt: skip
    assert {step["note"] for step in found.json()["steps"]} == {None}
    for text in (found.content, without.get(PATH).content):
        assert [name for name in ("Zorana", "Izmi", "000 111") if name in text.decode()] == []
    told = without.get(f"{PATH}{made.into}/disclosure/")
    detail = "This software may not: “Read what was told with a referral: names and details”."
    assert is_problem(told, "insufficient_scope", detail=detail)
    with_names = software(beta, Scope.REFERRALS_READ, Scope.DISCLOSURES_READ).api
    assert with_names.get(f"{PATH}{made.into}/").json()["client"]["name"] == "Zorana Izmišljena"


# --- what is told ------------------------------------------------------------------------------------------
def details(answer: Any) -> list[tuple[str, str, bool]]:
    assert answer.status_code == 200, answer.content
    return [(row["field"], row["scope"], row["told"]) for row in answer.json()["details"]]


def test_before_it_is_sent_each_field_is_shown(at_sender: Browser, asked: Any) -> None:
    draft = post(at_sender, "", asked(left_out=["phone"])).json()
    path = f"{PATH}{draft['id']}/disclosure/"
    assert details(at_sender.get(path)) == []
    shown = at_sender.get(f"{path}?scopes=identity, contact")
    assert details(shown) == [
        ("given_name", "identity", True), ("family_name", "identity", True), ("phone", "contact", False),
        ("place", "contact", True),
    ]  # fmt: skip
    row = shown.json()["details"][0]
    assert (shown.json()["standing"], row["label"], row["value"], row["text"]) == (
        "preview", "Given name", "Zorana", "Zorana",
    )  # fmt: skip
    assert codes(at_sender.get(f"{path}?scopes=shoes")) == [("scopes", "invalid_choice")]
    post(at_sender, f"{draft['id']}/send/", {"consent": agreed(scopes=["identity"])})
    assert [row[0] for row in details(at_sender.get(f"{path}?scopes=contact"))] == ["given_name", "family_name"]


def test_the_recipient_reads_nothing_before_it_is_told(at_target: Browser, referred: Any) -> None:
    told = at_target.get(f"{PATH}{referred(State.OPENED).into}/disclosure/").json()
    assert told == {"standing": "nothing_yet", "told_at": None, "details": [], "alike": []}


def test_what_was_told_stands_on_both_sides(at_target: Browser, at_sender: Browser, referred: Any) -> None:
    made = referred(State.ACCEPTED)
    here = at_target.get(f"{PATH}{made.into}/disclosure/").json()
    there = at_sender.get(f"{PATH}{made.out}/disclosure/").json()
    assert here["standing"] == there["standing"] == "told"
    assert here["details"] == there["details"]
    assert {row["field"] for row in here["details"]} == {"given_name", "family_name", "phone", "place"}


def test_somebody_alike_is_named_until_it_is_said_who_it_is(
    at_target: Browser, target: SimpleNamespace, referred: Any
) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    body = at_target.get(f"{PATH}{made.into}/").json()
    assert (body["awaits_client"], body["abilities"]["client"]) == (True, True)
    told = at_target.get(f"{PATH}{made.into}/disclosure/").json()
    assert told["alike"] == [{"id": str(known.pk), "name": "Zorana Izmisljena"}]
    assert is_problem(
        post(at_target, f"{made.into}/start/"),
        "not_taken_on",
        detail="Say first whether the person is a client of yours already.",
    )
    linked = post(at_target, f"{made.into}/client/", {"client": str(known.pk)})
    assert linked.json()["client"] == {"id": str(known.pk), "name": "Zorana Izmisljena"}
    assert is_problem(post(at_target, f"{made.into}/client/"), "referral_moved")


def test_a_copy_that_is_locked_is_read_by_nobody_here(
    at_target: Browser, referred: Any, beta: OrganisationRef, software: Make, target: SimpleNamespace
) -> None:
    made = referred(State.WITHDRAWN, need="A secret need")
    api = software(beta, Scope.REFERRALS_WRITE, Scope.DISCLOSURES_READ).api
    for browser in (at_target, api):
        found = browser.get(f"{PATH}{made.into}/")
        assert (found.status_code, found.json()["need"], found.json()["client"], found.json()["disclosed"]) == (
            200, None, None, [],
        )  # fmt: skip
        assert "Zorana" not in found.content.decode()
        told = browser.get(f"{PATH}{made.into}/disclosure/").json()
        assert (told["standing"], told["details"]) == ("locked", [])
    assert found.json()["abilities"]["settle"] is True
    assert codes(post(api, f"{made.into}/settle/", {"remains": "restricted"})) == [("note", "invalid")]
    settled = post(api, f"{made.into}/settle/", {"remains": "erased"})
    assert (settled.status_code, settled.json()["remains"]) == (200, "erased")
    assert settled.json()["abilities"]["settle"] is False
    assert is_problem(post(api, f"{made.into}/settle/", {"remains": "erased"}), "referral_moved")


# --- every verb --------------------------------------------------------------------------------------------
BODIES: dict[str, tuple[State, str, dict[str, Any], str]] = {
    "open": (State.SENT, "target", {}, "opened"),
    "ask": (State.OPENED, "target", {"question": "Since when?"}, "info_requested"),
    "answer": (State.INFO_REQUESTED, "sender", {"answer": "Since May"}, "opened"),
    "waiting-list": (State.OPENED, "target", {"note": "In May"}, "waitlisted"),
    "accept": (State.WAITLISTED, "target", {}, "accepted"),
    "decline": (State.OPENED, "target", {"reason": "no_place"}, "declined"),
    "recall": (State.OPENED, "sender", {"reason": "mistake", "note": "Sorry"}, "recalled"),
    "start": (State.ACCEPTED, "target", {}, "started"),
    "not-started": (State.ACCEPTED, "target", {"reason": "no_show"}, "not_started"),
    "complete": (State.STARTED, "target", {"outcome": "job"}, "completed"),
    "break-off": (State.STARTED, "target", {"reason": "moved"}, "disengaged"),
    "close": (State.COMPLETED, "sender", {"note": "Thank you"}, "closed"),
    "reopen": (State.CLOSED, "target", {"reason": "needed_again"}, "reopened"),
    "withdraw": (State.ACCEPTED, "sender", {"how": "spoken"}, "withdrawn"),
}


@pytest.mark.parametrize("verb", BODIES)
def test_every_verb(
    alpha: OrganisationRef, beta: OrganisationRef, software: Make, target: SimpleNamespace, referred: Any, tasks: Any,
    verb: str,
) -> None:  # fmt: skip
    """By software of the side whose verb it is; twice is once too often, and what was read must still stand."""
    before, side, body, after = BODIES[verb]
    made = referred(before)
    api = software(alpha if side == "sender" else beta, Scope.REFERRALS_WRITE).api
    pk = made.out if side == "sender" else made.into
    if verb == "accept":
        body = {"assignee": str(target.seat.membership_id)}
    found = api.get(f"{PATH}{pk}/")
    assert found.json()["abilities"][verb] is True
    if body and verb not in ("close", "waiting-list"):
        assert codes(post(api, f"{pk}/{verb}/"))
    assert is_problem(post(api, f"{pk}/{verb}/", body, **{"if-match": '"other.other"'}), "changed_meanwhile")
    with tasks():
        done = post(api, f"{pk}/{verb}/", body, **{"if-match": found["ETag"]})
    assert (done.status_code, done.json()["state"]) == (200, after), done.content
    assert done["ETag"] != found["ETag"]
    if verb not in ("ask", "reopen"):
        assert done.json()["abilities"][verb] is False
    again = post(api, f"{pk}/{verb}/", body, **{"if-match": found["ETag"]})
    assert is_problem(again, "changed_meanwhile")
    if verb != "withdraw":
        assert is_problem(post(api, f"{pk}/{verb}/", body), "referral_moved")


def test_an_answer_that_names_the_person_is_refused(at_sender: Browser, referred: Any) -> None:
    made = referred(State.INFO_REQUESTED)
    assert codes(post(at_sender, f"{made.out}/answer/", {"answer": "Ask Zorana"})) == [("answer", "says_who")]
    recalled = post(at_sender, f"{made.out}/recall/", {"reason": "mistake", "note": "Zorana found a job"})
    assert codes(recalled) == [("note", "says_who")]


def test_redirecting_needs_a_consent_of_its_own(
    at_sender: Browser, referred: Any, asked: Any, secretariat: OrganisationRef, tasks: Any
) -> None:
    made = referred(State.DECLINED)
    body = {name: value for name, value in asked(service="training").items() if name != "client"}
    assert codes(post(at_sender, f"{made.out}/redirect/", body)) == [("consent", "required")]
    with tasks():
        sent = post(at_sender, f"{made.out}/redirect/", {**body, "consent": agreed(scopes=[ConsentScope.IDENTITY])})
    assert sent.status_code == 201
    assert (sent.json()["state"], sent.json()["parent"]) == ("sent", str(made.out))
    assert sent["Location"] == f"{PATH}{sent.json()['id']}/"
    assert at_sender.get(f"{PATH}{made.out}/").json()["state"] == "redirected"


def test_a_viewer_writes_nothing(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Browser], asked: Any
) -> None:
    assert post(client_of(member(alpha, Role.VIEWER), alpha), "", asked()).status_code == 403
