from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import Service, State
from network_registry.exchange.models import Envelope
from tests.api.conftest import allows_not, is_problem

URL = "/api/v1/referrals/"


def stamp(moment: Any) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def test_the_recipients_row_says_nothing_of_the_person(
    at_target: Client, referred: Callable[..., SimpleNamespace], alpha: OrganisationRef
) -> None:
    made = referred()
    envelope = Envelope.objects.get(pk=made.envelope)
    assert at_target.get(URL).json() == {
        "results": [
            {
                "id": str(made.into),
                "reference": envelope.reference,
                "side": "target",
                "state": "sent",
                "service": "mentoring",
                "urgency": "normal",
                "other": {"id": str(alpha.id), "short_name": "alpha", "name": "Alpha House"},
                "client": None,
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
            }
        ],
        "next": None,
        "previous": None,
    }


def test_the_senders_row_names_client_and_owner(
    at_sender: Client, sender: SimpleNamespace, referred: Callable[..., SimpleNamespace]
) -> None:
    referred(State.DECLINED)
    (row,) = at_sender.get(URL).json()["results"]
    assert row["side"] == "sender"
    assert row["client"] == {"id": str(sender.client.pk), "name": "Zorana Izmišljena"}
    assert row["owner"] == {"membership": str(sender.seat.membership_id), "name": sender.seat.name}
    assert row["reason"] == "no_place"


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("", ["opened", "sent"]),
        ("?side=target", ["opened", "sent"]),
        ("?side=sender", []),
        ("?state=opened", ["opened"]),
        ("?side=target&state=declined", []),
    ],
)
def test_filters(at_target: Client, referred: Callable[..., SimpleNamespace], query: str, states: list[str]) -> None:
    referred(service=Service.MENTORING)
    referred(State.OPENED, service=Service.TRAINING)
    assert [row["state"] for row in at_target.get(URL + query).json()["results"]] == states


def test_pages_by_cursor(at_target: Client, referred: Callable[..., SimpleNamespace]) -> None:
    ids = [str(referred(service=service).into) for service in list(Service)[:3]][::-1]
    first = at_target.get(URL + "?limit=2&side=target").json()
    assert [row["id"] for row in first["results"]] == ids[:2]
    assert first["previous"] is None
    assert first["next"].startswith("http://beta.halka.localhost/api/v1/referrals/?cursor=")
    second = at_target.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == ids[2:]
    assert second["next"] is None
    assert at_target.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("?side=both", "side", "invalid_choice"),
        ("?state=lost", "state", "invalid_choice"),
        ("?limit=0", "limit", "min_value"),
        ("?limit=101", "limit", "max_value"),
        ("?cursor=nonsense", "cursor", "invalid"),
    ],
)
def test_bad_parameters_are_422(at_target: Client, query: str, field: str, code: str) -> None:
    response = at_target.get(URL + query)
    (fault,) = response.json()["fields"]
    assert (fault["field"], fault["code"]) == (field, code)
    assert is_problem(response, "invalid_fields", fields=[fault])


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    at_target: Client, referred: Callable[..., SimpleNamespace], django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:  # fmt: skip
    for service in list(Service)[:rows]:
        referred(service=service)
    at_target.get(URL)  # the host is known, the session read
    with django_assert_num_queries(7):
        assert len(at_target.get(URL).json()["results"]) == rows


def test_the_signed_out_get_401(alpha: OrganisationRef, client_of: Callable[..., Client]) -> None:
    assert is_problem(client_of(None, alpha).get(URL), "not_signed_in")


def test_strangers_get_404(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    assert is_problem(client_of(member(beta, Role.MANAGER), alpha).get(URL), "not_found")


def test_a_role_without_the_permission_gets_403(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    response = client_of(member(alpha, Role.AUDITOR), alpha).get(URL)
    assert is_problem(response, "not_allowed", detail=allows_not("Read referrals"))
