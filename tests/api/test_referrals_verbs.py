"""A referral's whole way through the API, by people and by software."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Scope
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client as Person
from tenants.caseloads.models import Consent
from tenants.organisations.isolation import inside
from tenants.referrals.acts import ACTS
from tenants.referrals.models import Referral
from tests.api.conftest import is_problem

URL = "/api/v1/referrals/"
SENDERS = (Scope.REFERRALS_WRITE, Scope.CLIENTS_READ, Scope.DISCLOSURES_READ)


def post(client: Client, address: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    return client.post(URL + address, body or {}, content_type="application/json", headers=headers)


def agreed(**values: Any) -> dict[str, Any]:
    ends = timezone.localdate() + timedelta(days=30)
    return {"scopes": ["identity", "contact"], "how_given": "signed", "expires_on": ends.isoformat(), **values}


@pytest.fixture
def asked(sender: SimpleNamespace, target: SimpleNamespace) -> Callable[..., dict[str, Any]]:
    def make(**values: Any) -> dict[str, Any]:
        body = {"client": str(sender.client.pk), "recipient": str(target.ref.id), "service": "mentoring"}
        return {**body, "need": "Somebody patient", **values}

    return make


@pytest.fixture
def ours(sender: SimpleNamespace, software: Any) -> Client:
    """Software of the sender that may do all with referrals."""
    return software(sender.ref, *SENDERS).api


@pytest.fixture
def theirs(target: SimpleNamespace, software: Any) -> Client:
    """Software of the recipient that never learns who somebody is."""
    return software(target.ref, Scope.REFERRALS_WRITE).api


def test_software_of_both_sides_goes_the_whole_way(
    ours: Client, theirs: Client, target: SimpleNamespace, asked: Any, tasks: Any
) -> None:
    with tasks():
        made = post(ours, "", asked(consent=agreed()))
    assert (made.status_code, made.json()["state"]) == (201, "sent")
    assert made["Location"] == f"{URL}{made.json()['id']}/"
    (row,) = theirs.get(URL).json()["results"]
    there = f"{row['id']}/"
    assignee = str(target.seat.membership_id)
    for verb, body, state in (
        ("open", {}, "opened"),
        ("ask", {"question": "Since when?"}, "info_requested"),
        ("accept", {"assignee": assignee}, "accepted"),
        ("start", {}, "started"),
        ("complete", {"outcome": "small_steps", "note": "Speaks in groups now"}, "completed"),
    ):
        if verb == "accept":
            with tasks():
                assert post(ours, f"{made.json()['id']}/answer/", {"answer": "For a year"}).status_code == 200
        with tasks():
            answered = post(theirs, f"{there}{verb}/", body)
            assert answered.json() == theirs.get(URL + there).json()
        assert (answered.status_code, answered.json().get("state")) == (200, state), answered.json()
        assert "Zorana" not in answered.content.decode()
    seen = ours.get(f"{URL}{made.json()['id']}/").json()
    assert (seen["state"], seen["result"], seen["steps"][0]["note"]) == (
        "completed",
        "completed",
        "Speaks in groups now",
    )
    closed = post(ours, f"{made.json()['id']}/close/")
    assert (closed.json()["state"], closed.json()) == ("closed", ours.get(f"{URL}{made.json()['id']}/").json())
    with inside(target.ref):
        assert Person.objects.get().given_name == "Zorana"


def test_software_says_who_takes_the_person_on(theirs: Client, referred: Any) -> None:
    response = post(theirs, f"{referred(State.OPENED).into}/accept/")
    assert [(fault["field"], fault["code"]) for fault in response.json()["fields"]] == [("assignee", "required")]
    assert response.status_code == 422


def test_without_a_consent_it_stays_a_draft(ours: Client, asked: Any, tasks: Any, target: SimpleNamespace) -> None:
    with tasks():
        made = post(ours, "", asked())
    body = made.json()
    assert (body["state"], body["sent_at"], body["consent"]) == ("draft", None, None)
    assert [name for name, may in body["abilities"].items() if may] == ["change", "send", "discard"]
    with inside(target.ref):
        assert not Referral.objects.exists()
        assert not Envelope.objects.exists()


def test_a_draft_is_changed_sent_and_discarded(ours: Client, asked: Any, tasks: Any) -> None:
    made = post(ours, "", asked())
    address = URL + made.json()["id"] + "/"
    unseen = ours.patch(address, {"need": "Courage"}, content_type="application/json")
    assert unseen.status_code == 428
    changed = ours.patch(
        address, {"need": "Courage"}, content_type="application/json", headers={"if-match": made["ETag"]}
    )
    assert (changed.status_code, changed.json()["need"], changed.json()["service"]) == (200, "Courage", "mentoring")
    again = ours.patch(address, {"need": "More"}, content_type="application/json", headers={"if-match": made["ETag"]})
    assert again.status_code == 412
    with tasks():
        sent = post(ours, f"{made.json()['id']}/send/", {"consent": agreed()})
    assert sent.json()["state"] == "sent"
    late = ours.delete(address, headers={"if-match": sent["ETag"]})
    assert is_problem(late, "referral_moved")
    other = post(ours, "", asked(service="training"))
    gone = ours.delete(URL + other.json()["id"] + "/", headers={"if-match": other["ETag"]})
    assert gone.status_code == 204
    assert is_problem(ours.get(URL + other.json()["id"] + "/"), "not_found")


def test_what_would_be_told_is_shown_field_by_field(ours: Client, asked: Any, tasks: Any, software: Any) -> None:
    with tasks():
        made = post(ours, "", asked(consent=agreed(), left_out=["phone"])).json()
    told = ours.get(f"{URL}{made['id']}/disclosure/").json()
    assert told["standing"] == "preview"
    fields = {row["field"]: row["told"] for row in told["details"]}
    assert fields == {"given_name": True, "family_name": True, "place": True, "phone": False}


def test_who_may_not_see_names_gets_no_disclosure(theirs: Client, referred: Any) -> None:
    made = referred(State.ACCEPTED)
    assert theirs.get(f"{URL}{made.into}/disclosure/").status_code == 403
    body = theirs.get(f"{URL}{made.into}/").json()
    assert (body["client"]["name"], body["disclosed"]) == (None, [])


def test_software_that_may_not_read_clients_refers_nobody(sender: SimpleNamespace, software: Any, asked: Any) -> None:
    blind = software(sender.ref, Scope.REFERRALS_WRITE).api
    assert post(blind, "", asked(consent=agreed())).json()["code"] == "insufficient_scope"
    assert not Envelope.objects.exists()


def test_another_organisations_client_is_unknown(ours: Client, target: SimpleNamespace, asked: Any) -> None:
    with inside(target.ref):
        somebody = add_client(details=ClientDetails(given_name="Else"), by=target.seat)
    response = post(ours, "", asked(client=str(somebody.pk)))
    assert [(fault["field"], fault["code"]) for fault in response.json()["fields"]] == [("client", "does_not_exist")]


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"need": "Zorana needs courage"}, "need"),
        ({"area": "Izmišljena street"}, "area"),
        ({"recipient": str(uuid4())}, "recipient"),
        ({"service": "magic"}, "service"),
        ({"offer": str(uuid4())}, "offer"),
        ({"consent": agreed(how_given="spoken")}, "consent.witness"),
        ({"consent": agreed(scopes=["contact"])}, "consent.scopes"),
        ({"consent": agreed(expires_on="2020-01-01")}, "consent.expires_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    ours: Client, asked: Any, fault: dict[str, Any], field: str, sender: SimpleNamespace
) -> None:
    response = post(ours, "", asked(**{"consent": agreed(), **fault}))
    assert response.status_code == 422
    assert [found["field"] for found in response.json()["fields"]] == [field]
    with inside(sender.ref):
        assert not Referral.objects.exists()
        assert not Consent.objects.exists()


def test_a_declined_one_is_redirected_with_a_fresh_consent(
    ours: Client, referred: Any, asked: Any, secretariat: Any, tasks: Any, target: SimpleNamespace
) -> None:
    made = referred(State.DECLINED)
    body = {name: value for name, value in asked(service="training").items() if name != "client"}
    assert post(ours, f"{made.out}/redirect/", body).status_code == 422
    with tasks():
        child = post(ours, f"{made.out}/redirect/", {**body, "consent": agreed()})
    assert (child.status_code, child.json()["parent"], child.json()["state"]) == (201, str(made.out), "sent")
    assert ours.get(f"{URL}{made.out}/").json()["state"] == "redirected"


def test_a_consent_taken_back_is_settled(ours: Client, theirs: Client, referred: Any, tasks: Any) -> None:
    made = referred(State.ACCEPTED)
    with tasks():
        assert post(ours, f"{made.out}/withdraw/", {"how": "spoken"}).json()["remains"] == "waiting"
    assert post(theirs, f"{made.into}/settle/", {"remains": "restricted"}).status_code == 422
    with tasks():
        settled = post(theirs, f"{made.into}/settle/", {"remains": "erased"})
    assert (settled.status_code, settled.json()["remains"]) == (200, "erased")
    assert ours.get(f"{URL}{made.out}/").json()["remains"] == "erased"


def test_somebody_known_is_linked(target: SimpleNamespace, software: Any, referred: Any) -> None:
    full = software(target.ref, Scope.REFERRALS_WRITE, Scope.CLIENTS_WRITE, Scope.DISCLOSURES_READ).api
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    assert full.get(f"{URL}{made.into}/").json()["awaits_client"] is True
    linked = post(full, f"{made.into}/client/", {"client": str(known.pk)})
    assert linked.json()["client"]["id"] == str(known.pk)
    assert post(full, f"{made.into}/client/").json()["code"] == "referral_moved"


def test_the_sender_does_not_open_and_the_recipient_answers_no_question(
    ours: Client, theirs: Client, referred: Any, target: SimpleNamespace
) -> None:
    assert is_problem(post(ours, f"{referred(State.INFO_REQUESTED).out}/open/"), "referral_moved")
    with inside(target.ref):
        pk = Referral.objects.get().pk
    assert is_problem(post(theirs, f"{pk}/answer/", {"answer": "No idea"}), "referral_moved")


def test_lists_are_narrowed(ours: Client, referred: Any) -> None:
    made = referred(State.OPENED)
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    assert len(ours.get(URL, {"service": "mentoring"}).json()["results"]) == 1
    assert ours.get(URL, {"service": "training"}).json()["results"] == []
    assert ours.get(URL, {"updated_since": later}).json()["results"] == []
    assert ours.get(URL, {"side": "sender", "state": "opened"}).json()["results"][0]["id"] == str(made.out)


def test_what_software_did_has_its_name(ours: Client, asked: Any, sender: SimpleNamespace) -> None:
    post(ours, "", asked(consent=agreed()))
    with inside(sender.ref):
        assert Entry.objects.get(action="referral.sent").actor_name == "Case system"


@pytest.mark.parametrize("act", [act.slug for act in ACTS])
def test_readers_move_nothing(target: SimpleNamespace, software: Any, referred: Any, act: str) -> None:
    reader = software(target.ref, Scope.REFERRALS_READ).api
    made = referred(State.OPENED)
    assert post(reader, f"{made.into}/{act}/").status_code in (403, 422)
    assert Envelope.objects.get().state == "opened"


@pytest.mark.parametrize(
    ("state", "act", "body"),
    [
        (State.OPENED, "waiting-list", {}),
        (State.OPENED, "decline", {"reason": "no_place"}),
        (State.ACCEPTED, "not-started", {"reason": "no_show"}),
        (State.STARTED, "break-off", {"reason": "moved"}),
        (State.CLOSED, "reopen", {"reason": "needed_again"}),
        (State.ACCEPTED, "withdraw", {"how": "spoken"}),
    ],
)
def test_an_act_answers_what_is_read_afterwards(
    theirs: Client, referred: Any, state: State, act: str, body: dict[str, str]
) -> None:
    address = f"{referred(state).into}/"
    done = post(theirs, f"{address}{act}/", body)
    assert done.status_code == 200, done.json()
    assert done.json() == theirs.get(URL + address).json()
