"""GET /api/v1/events/: the feed, for software and people, of one's own organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from halka.authorization.roles import Role, Scope
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tests.api.conftest import is_problem
from tests.tenants.integrations.conftest import note, numbered

__all__ = ["note", "numbered"]

URL = "/api/v1/events/"


@pytest.fixture
def feed(alpha: OrganisationRef, beta: OrganisationRef, note: Callable[..., Event]) -> list[Event]:
    """Three events of alpha's, and one of beta's that could leak."""
    with inside(beta):
        note("sent", reference="H-BETA")
    with inside(alpha):
        return [note(state, of=uuid7(), reference="H-1") for state in ("sent", "opened", "accepted")]


def test_the_feed_in_full(alpha: OrganisationRef, feed: list[Event], software: Any) -> None:
    api: Client = software(alpha, Scope.EVENTS_READ).api
    start = feed[0].number - 1
    answer = api.get(URL, {"after": start})
    assert answer.status_code == 200
    assert answer.json() == {
        "results": [
            {
                "id": str(event.pk),
                "number": event.number,
                "type": event.type,
                "timestamp": event.at.isoformat().replace("+00:00", "Z"),
                "data": {**event.data, "number": event.number, "referral": str(event.referral_id)},
            }
            for event in feed
        ],
        "next_after": start + 3,
        "has_more": False,
    }
    assert api.get(URL, {"after": start + 3}).json() == {"results": [], "next_after": start + 3, "has_more": False}


def test_part_by_part_and_by_type(alpha: OrganisationRef, feed: list[Event], software: Any) -> None:
    api: Client = software(alpha, Scope.EVENTS_READ).api
    start = feed[0].number - 1
    part = api.get(URL, {"after": start, "limit": 2}).json()
    assert ([row["number"] for row in part["results"]], part["next_after"], part["has_more"]) == (
        [start + 1, start + 2], start + 2, True,
    )  # fmt: skip
    part = api.get(URL, {"after": start, "types": "referral.opened,transfer.*"}).json()
    assert ([row["type"] for row in part["results"]], part["next_after"]) == (["referral.opened"], start + 3)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "x"}, "after"), ({"after": "-1"}, "after"), ({"after": str(2**63)}, "after"),
        ({"limit": "101"}, "limit"), ({"limit": "0"}, "limit"), ({"types": "client.added"}, "types"),
        ({"types": "referral.%"}, "types"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(alpha: OrganisationRef, software: Any, query: dict[str, str], field: str) -> None:
    answer = software(alpha, Scope.EVENTS_READ).api.get(URL, query)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["fields"]] == [field]


def test_without_the_scope(alpha: OrganisationRef, software: Any) -> None:
    assert software(alpha, Scope.DIRECTORY_READ).api.get(URL).status_code == 403


def test_of_another_organisation(
    alpha: OrganisationRef, beta: OrganisationRef, feed: list[Event], software: Any
) -> None:
    api: Client = software(beta, Scope.EVENTS_READ).api
    assert [row["data"]["reference"] for row in api.get(URL).json()["results"]] == ["H-BETA"]


def test_people_try_it_in_the_browser(
    alpha: OrganisationRef, feed: list[Event], member: Any, client_of: Callable[..., Client]
) -> None:
    assert len(client_of(member(alpha, Role.CASEWORKER), alpha).get(URL).json()["results"]) == 3
    assert is_problem(client_of(None, alpha).get(URL), "not_signed_in")


def test_as_many_queries_for_three_as_for_one(
    alpha: OrganisationRef, feed: list[Event], software: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    api: Client = software(alpha, Scope.EVENTS_READ).api
    api.get(URL)
    with CaptureQueriesContext(connection) as one:
        api.get(URL, {"limit": 1})
    with django_assert_max_num_queries(len(one)):
        assert len(api.get(URL, {"after": feed[0].number - 1}).json()["results"]) == 3
