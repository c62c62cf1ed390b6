from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from api.v1.referrals.serializers import ABILITIES
from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tests.api.conftest import allows_not, is_problem
from tests.api.test_referrals_list import stamp


def url(pk: object) -> str:
    return f"/api/v1/referrals/{pk}/"


def able(*names: str) -> dict[str, bool]:
    """Every ability, and which of them the caller has."""
    return {name: name in names for name in ABILITIES}


def test_before_it_is_opened_the_recipient_reads_neither_need_nor_area(
    at_target: Client, referred: Callable[..., SimpleNamespace], alpha: OrganisationRef
) -> None:
    made = referred(area="Valjevo")
    envelope = Envelope.objects.get(pk=made.envelope)
    sent = envelope.events.get()
    assert at_target.get(url(made.into)).json() == {
        "id": str(made.into),
        "reference": envelope.reference,
        "side": "target",
        "state": "sent",
        "service": "mentoring",
        "urgency": "normal",
        "other": {"id": str(alpha.id), "short_name": "alpha", "name": "Alpha House"},
        "client": None,
        "case": None,
        "owner": None,
        "reason": None,
        "sent_at": stamp(envelope.sent_at),
        "opened_at": None,
        "answered_at": None,
        "started_at": None,
        "ended_at": None,
        "closed_at": None,
        "moved_at": stamp(envelope.moved_at),
        "due": "first_reminder",
        "due_at": stamp(envelope.due_at),
        "need": None,
        "area": None,
        "consent": None,
        "offer": None,
        "left_out": [],
        "parent": None,
        "result": None,
        "remains": None,
        "distance": {},
        "disclosed": [],
        "disclosed_at": None,
        "awaits_client": False,
        "steps": [
            {
                "id": str(sent.pk),
                "type": "sent",
                "side": "sender",
                "reason": None,
                "note": "",
                "by": None,
                "at": stamp(sent.at),
            }
        ],
        "abilities": able("open", "withdraw"),
    }


def test_opened_it_tells_the_need_and_nothing_of_the_person(
    at_target: Client, target: SimpleNamespace, referred: Callable[..., SimpleNamespace]
) -> None:
    made = referred(State.OPENED, area="Valjevo")
    response = at_target.get(url(made.into))
    body = response.json()
    assert (body["need"], body["area"]) == ("Courage", "Valjevo")
    assert (body["client"], body["disclosed"]) == (None, [])
    assert [(step["type"], step["side"], step["by"]) for step in body["steps"]] == [
        ("opened", "target", target.seat.name),
        ("sent", "sender", None),
    ]
    assert body["abilities"] == able("accept", "ask", "waiting-list", "decline", "withdraw")
    for secret in ("Zorana", "Izmišljena", "+381", "Sleeps"):
        assert secret not in response.content.decode()


def test_accepted_it_tells_what_the_consent_covers(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    body = at_target.get(url(referred(State.ACCEPTED).into)).json()
    assert body["disclosed"] == [
        {"field": "given_name", "value": "Zorana"},
        {"field": "family_name", "value": "Izmišljena"},
        {"field": "phone", "value": "+381 11 000 111"},
        {"field": "place", "value": "Valjevo"},
    ]
    assert body["client"]["name"] == "Zorana Izmišljena"
    assert body["abilities"] == able("start", "not-started", "withdraw")


def test_the_sender_reads_its_own_words_and_the_receipt(
    at_sender: Client, sender: SimpleNamespace, referred: Callable[..., SimpleNamespace]
) -> None:
    body = at_sender.get(url(referred(area="Valjevo").out)).json()
    assert (body["side"], body["need"], body["area"]) == ("sender", "Courage", "Valjevo")
    assert body["consent"]["scopes"] == ["identity", "contact"]
    assert body["consent"]["is_valid"] is True
    assert body["steps"][0]["by"] == sender.seat.name
    assert body["abilities"] == able("recall", "withdraw")


def test_who_may_only_read_has_no_abilities(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    made = referred()
    body = client_of(member(beta, Role.VIEWER), beta).get(url(made.into)).json()
    assert body["abilities"] == able()


@pytest.mark.parametrize("whose", ["out", "nobody's"])
def test_the_other_organisations_copy_does_not_exist_here(
    at_target: Client, referred: Callable[..., SimpleNamespace], whose: str
) -> None:
    pk = referred().out if whose == "out" else uuid4()
    assert is_problem(at_target.get(url(pk)), "not_found")


def test_no_identifier_is_404(at_target: Client) -> None:
    assert is_problem(at_target.get(url("17")), "not_found")


def test_the_signed_out_get_401(
    beta: OrganisationRef, client_of: Callable[..., Client], referred: Callable[..., SimpleNamespace]
) -> None:
    assert is_problem(client_of(None, beta).get(url(referred().into)), "not_signed_in")


def test_strangers_get_404(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], alpha: OrganisationRef,
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    assert is_problem(client_of(member(alpha, Role.MANAGER), beta).get(url(referred().into)), "not_found")


def test_a_role_without_the_permission_gets_403(
    beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client],
    referred: Callable[..., SimpleNamespace],
) -> None:  # fmt: skip
    response = client_of(member(beta, Role.AUDITOR), beta).get(url(referred().into))
    assert is_problem(response, "not_allowed", detail=allows_not("Read referrals"))


@pytest.mark.parametrize(("state", "queries"), [(State.SENT, 9), (State.ACCEPTED, 10)])
def test_queries(
    at_target: Client, referred: Callable[..., SimpleNamespace], django_assert_num_queries: DjangoAssertNumQueries,
    state: State, queries: int,
) -> None:  # fmt: skip
    """As many after one event as after three, but for the audit entry once it says who the person is."""
    pk = referred(state).into
    at_target.get(url(pk))
    with django_assert_num_queries(queries):
        at_target.get(url(pk))
