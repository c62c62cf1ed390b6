from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halka.authorization.roles import Role, Scope
from network_registry.exchange.enums import State
from tenants.organisations.isolation import inside
from tenants.referrals.models import Message
from tests.api.conftest import allows_not, is_problem


def url(pk: object) -> str:
    return f"/api/v1/referrals/{pk}/messages/"


def write(client: Client, pk: object, text: str, **more: str) -> Any:
    return client.post(url(pk), {"text": text, **more}, content_type="application/json")


def test_both_sides_read_what_one_writes(
    at_sender: Client, at_target: Client, referred: Any, tasks: Any, sender: SimpleNamespace
) -> None:
    made = referred(State.OPENED)
    with tasks():
        response = write(at_sender, made.out, "صبح‌ها بهتر است", language="en")
    assert response.status_code == 201
    body = response.json()
    assert body == {
        "id": body["id"], "is_ours": True, "by": sender.seat.name, "text": "صبح‌ها بهتر است", "language": "fa",
        "at": body["at"], "read_at": None,
    }  # fmt: skip
    answer = at_target.get(url(made.into)).json()
    assert answer == {"results": [{**body, "is_ours": False, "by": None}], "next": None, "previous": None}


def test_reading_is_told_to_whoever_wrote(at_sender: Client, at_target: Client, referred: Any, tasks: Any) -> None:
    made = referred(State.OPENED)
    with tasks():
        write(at_sender, made.out, "Mornings suit best")
    assert at_target.get(url(made.into)).json()["results"][0]["read_at"] is None
    with tasks():
        assert at_target.post(f"{url(made.into)}read/").status_code == 204
    assert at_sender.get(url(made.out)).json()["results"][0]["read_at"] is not None


def test_a_text_that_says_who_it_is_is_refused_beside_its_field(at_sender: Client, referred: Any) -> None:
    response = write(at_sender, referred(State.OPENED).out, "Zorana likes mornings")
    assert response.status_code == 422
    [fault] = response.json()["fields"]
    assert (fault["field"], fault["code"]) == ("text", "says_who")


def test_bad_fields(at_sender: Client, referred: Any) -> None:
    made = referred(State.OPENED)
    for body in ({}, {"text": " "}, {"text": "x" * 4001}, {"text": "x", "language": "xx"}):
        response = at_sender.post(url(made.out), body, content_type="application/json")
        assert response.status_code == 422
    assert at_sender.get(f"{url(made.out)}?cursor=nowhere").status_code == 422


def test_when_nothing_is_written_any_more_it_is_409(at_sender: Client, referred: Any) -> None:
    response = write(at_sender, referred(State.CLOSED).out, "One thing more")
    assert (response.status_code, response.json()["code"]) == (409, "refused")


def test_the_other_organisations_thread_does_not_exist_here(at_target: Client, referred: Any) -> None:
    made = referred(State.OPENED)
    assert is_problem(at_target.get(url(made.out)), "not_found")
    assert is_problem(write(at_target, made.out, "Good day"), "not_found")


def test_who_may_only_read_does_not_write(
    referred: Any, target: SimpleNamespace, member: Any, client_of: Callable[..., Client]
) -> None:
    made = referred(State.OPENED)
    viewer = client_of(member(target.ref, Role.VIEWER), target.ref)
    assert viewer.get(url(made.into)).status_code == 200
    detail = allows_not("Open, accept and decline referrals")
    assert is_problem(write(viewer, made.into, "Good day"), "not_allowed", detail=detail)


def test_software_reads_words_about_a_person_with_the_scope_for_it(
    software: Any, referred: Any, at_sender: Client, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks():
        write(at_sender, made.out, "Zorana comes on Monday")
    plain = software(target.ref, Scope.REFERRALS_READ)
    assert plain.api.get(url(made.into)).json()["results"][0]["text"] is None
    trusted = software(target.ref, Scope.REFERRALS_WRITE, Scope.DISCLOSURES_READ)
    assert trusted.api.get(url(made.into)).json()["results"][0]["text"] == "Zorana comes on Monday"
    with tasks():
        assert write(trusted.api, made.into, "She is welcome").status_code == 201
    with inside(target.ref):
        message = Message.objects.get(ours=True)
        assert (message.by_id, message.by_name) == (None, trusted.seat.name)


def test_the_same_key_writes_once(at_sender: Client, referred: Any, sender: SimpleNamespace) -> None:
    made = referred(State.OPENED)
    body, headers = {"text": "Mornings"}, {"idempotency-key": "one"}
    first, second = (
        at_sender.post(url(made.out), body, content_type="application/json", headers=headers) for _time in range(2)
    )
    assert first.json() == second.json()
    with inside(sender.ref):
        assert Message.objects.count() == 1


def test_one_message_costs_as_much_as_three(at_sender: Client, referred: Any) -> None:
    made = referred(State.OPENED)
    write(at_sender, made.out, "One")
    at_sender.get(url(made.out))
    with CaptureQueriesContext(connection) as one:
        at_sender.get(url(made.out))
    write(at_sender, made.out, "Two")
    write(at_sender, made.out, "Three")
    with CaptureQueriesContext(connection) as three:
        at_sender.get(url(made.out))
    assert len(one) == len(three)
