"""/api/v1/webhooks/: what managers do on pages, done by software."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bench.receiver import Receiver
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.integrations.domain import endpoints as verbs
from tenants.integrations.domain.endpoints import EndpointSettings
from tenants.integrations.models import Delivery, Endpoint, EndpointSecret, Event
from tenants.organisations.isolation import inside
from tests.api.conftest import is_problem
from tests.tenants.integrations.conftest import endpoint, manager, note, numbered, receiver

__all__ = ["endpoint", "manager", "note", "numbered", "receiver"]

URL = "/api/v1/webhooks/"
JSON = "application/json"


@pytest.fixture
def api(alpha: OrganisationRef, software: Any) -> Client:
    made: Client = software(alpha, Scope.WEBHOOKS_WRITE).api
    return made


@pytest.fixture
def foreign(beta: OrganisationRef, receiver: Receiver, seat_in: Callable[..., Seat], note: Any) -> Endpoint:
    """Another organisation's webhook, with an event that was given up."""
    by = seat_in(beta, Role.MANAGER)
    with inside(beta):
        made, _secret = verbs.add_endpoint(new=EndpointSettings(f"{receiver.url}/beta", "Of Beta"), by=by)
        note("sent", reference="H-BETA")
        Delivery.objects.update(state="dead", done_at=timezone.now())
    return made


def at(endpoint: Endpoint, what: str = "") -> str:
    return f"{URL}{endpoint.pk}/{what}"


def body_of(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": str(endpoint.pk),
        "url": endpoint.url,
        "description": endpoint.description,
        "types": endpoint.types,
        "state": endpoint.state,
        "failing_since": None,
        "created_at": endpoint.created_at.isoformat().replace("+00:00", "Z"),
    }


def test_adding_reading_and_listing(api: Client, alpha: OrganisationRef, receiver: Receiver, foreign: Endpoint) -> None:
    sent = {"url": receiver.url, "description": " Our  register ", "types": ["access.*", "referral.sent"]}
    made = api.post(URL, sent, content_type=JSON)
    assert made.status_code == 201
    with inside(alpha):
        saved = Endpoint.objects.get()
        secret = EndpointSecret.objects.get().secret
        assert made.json() == {**body_of(saved), "secret": secret}
        assert (saved.description, saved.types) == ("Our register", ["referral.sent", "access.*"])
        wanted = body_of(saved)
    assert made["Location"] == at(saved)
    read = api.get(at(saved))
    assert (read.json(), read["ETag"].split(".")[0]) == (wanted, made["ETag"].split(".")[0])
    assert api.get(URL).json() == {"results": [wanted], "next": None, "previous": None}
    assert api.get(at(saved), headers={"if-none-match": read["ETag"]}).status_code == 304


def test_adding_twice_with_one_key_is_adding_once(api: Client, alpha: OrganisationRef, receiver: Receiver) -> None:
    answers = [
        api.post(URL, {"url": receiver.url}, content_type=JSON, headers={"idempotency-key": "k1"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    with inside(alpha):
        assert Endpoint.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "url", "required"), ({"url": "https://localhost/"}, "url", "address"),
        ({"url": "https://no-such-name.invalid/"}, "url", "address"), ({"url": "http://example.org"}, "url", "address"),
        ({"url": "https://localhost/", "types": ["client.added"]}, "types.0", "invalid_choice"),
        ({"url": "x" * 501}, "url", "max_length"),
    ],
)  # fmt: skip
def test_what_cannot_be_added(api: Client, body: dict[str, Any], field: str, code: str) -> None:
    answer = api.post(URL, body, content_type=JSON)
    assert answer.status_code == 422
    assert (field, code) in [(fault["field"], fault["code"]) for fault in answer.json()["fields"]]


def test_one_too_many(api: Client, endpoint: Endpoint, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST", 1)
    answer = api.post(URL, {"url": receiver.url}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")


def test_changing_what_was_read(api: Client, alpha: OrganisationRef, endpoint: Endpoint) -> None:
    etag = api.get(at(endpoint))["ETag"]
    change = {"types": ["match.found"]}
    assert is_problem(api.patch(at(endpoint), change, content_type=JSON), "if_match_missing")
    changed = api.patch(at(endpoint), change, content_type=JSON, headers={"if-match": etag})
    assert changed.status_code == 200
    assert (changed.json()["types"], changed.json()["url"]) == (["match.found"], endpoint.url)
    late = api.patch(at(endpoint), {"description": "x"}, content_type=JSON, headers={"if-match": etag})
    assert is_problem(late, "changed_meanwhile")
    assert late["ETag"] == f'"{changed["ETag"].strip(chr(34)).split(".")[0]}"'
    with inside(alpha):
        assert Endpoint.objects.get().types == ["match.found"]


def test_removing(api: Client, endpoint: Endpoint) -> None:
    etag = api.get(at(endpoint))["ETag"]
    assert is_problem(api.delete(at(endpoint)), "if_match_missing")
    assert api.delete(at(endpoint), headers={"if-match": etag}).status_code == 204
    assert is_problem(api.get(at(endpoint)), "not_found")


def test_a_new_secret(api: Client, alpha: OrganisationRef, endpoint: Endpoint) -> None:
    made = api.post(at(endpoint, "secret/"), {"overlap_hours": 0}, content_type=JSON)
    with inside(alpha):
        assert made.json() == {"secret": EndpointSecret.objects.get().secret}
    assert api.post(at(endpoint, "secret/"), {}, content_type=JSON).status_code == 200
    with inside(alpha):
        assert EndpointSecret.objects.count() == 2
    assert api.post(at(endpoint, "secret/"), {"overlap_hours": 169}, content_type=JSON).status_code == 422


def test_pausing_going_on_and_testing(
    api: Client, alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, tasks: Any
) -> None:
    assert api.post(at(endpoint, "pause/")).json()["state"] == "paused"
    assert api.post(at(endpoint, "resume/")).json()["state"] == "active"
    with tasks():
        tested = api.post(at(endpoint, "test/"))
    assert tested.status_code == 202
    assert [message.id for message in receiver.messages] == [tested.json()["event"]]
    (attempt,) = api.get(at(endpoint, "attempts/")).json()["results"]
    assert attempt["milliseconds"] >= 0
    assert {name: attempt[name] for name in ("event", "type", "number", "status", "failure")} == {
        "event": tested.json()["event"], "type": "test", "number": 1, "status": 204, "failure": None,
    }  # fmt: skip


def test_what_was_given_up(
    api: Client, alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Callable[..., Event], tasks: Any
) -> None:
    receiver.answers = [500]
    with tasks(), inside(alpha):
        first = note()
    with inside(alpha):
        second = note()
        Delivery.objects.update(state="dead", done_at=timezone.now(), lease=None, leased_until=None)
        keys = {delivery.event_id: delivery.pk for delivery in Delivery.objects.all()}
    rows = api.get(at(endpoint, "undelivered/")).json()["results"]
    assert {(row["event"], row["id"], row["type"]) for row in rows} == {
        (str(event.pk), str(keys[event.pk]), "referral.sent") for event in (first, second)
    }
    assert api.get(at(endpoint, "attempts/")).json()["results"][0]["failure"] == "status"
    with tasks():
        one = api.post(at(endpoint, "redeliver/"), {"id": str(keys[second.pk])}, content_type=JSON)
        rest = api.post(at(endpoint, "redeliver/"), {}, content_type=JSON)
    assert (one.json(), rest.json()) == ({"count": 1}, {"count": 1})
    assert [message.id for message in receiver.messages][-1] in {str(first.pk), str(second.pk)}
    assert api.get(at(endpoint, "undelivered/")).json()["results"] == []


VERBS = ("pause/", "resume/", "secret/", "test/", "redeliver/")


def test_anothers_webhook_is_not_there(api: Client, beta: OrganisationRef, foreign: Endpoint) -> None:
    for what in ("", "attempts/", "undelivered/"):
        assert is_problem(api.get(at(foreign, what)), "not_found")
    for what in VERBS:
        assert is_problem(api.post(at(foreign, what), {}, content_type=JSON), "not_found")
    for answer in (
        api.patch(at(foreign), {"description": "x"}, content_type=JSON, headers={"if-match": "*"}),
        api.delete(at(foreign), headers={"if-match": "*"}),
    ):
        assert is_problem(answer, "not_found")
    assert api.get(URL).json()["results"] == []
    with inside(beta):
        assert Endpoint.objects.get().version == 1


def test_without_the_scope(alpha: OrganisationRef, endpoint: Endpoint, software: Any) -> None:
    other: Client = software(alpha, Scope.EVENTS_READ).api
    answers = [other.get(URL), other.post(URL, {}, content_type=JSON), other.get(at(endpoint))]
    answers += [other.post(at(endpoint, what), {}, content_type=JSON) for what in VERBS]
    assert {answer.status_code for answer in answers} == {403}
