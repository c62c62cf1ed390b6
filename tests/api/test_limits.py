"""How much a caller may ask for in a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client

from api import limits
from halka.accounts.models import User
from halka.authorization.roles import Scope
from halka.common.current import OrganisationRef
from tests.api.conftest import is_problem

Make = Callable[..., SimpleNamespace]
START = datetime.fromisoformat("2026-05-01T12:00:15+00:00")


@pytest.fixture(autouse=True)
def few(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.API_READS_PER_MINUTE, settings.API_WRITES_PER_MINUTE = 3, 1
    with time_machine.travel(START, tick=False) as moment:
        yield moment


def test_every_answer_tells_what_is_left(alpha: OrganisationRef, software: Make) -> None:
    api = software(alpha, Scope.REFERRALS_READ).api
    for left in ("2", "1", "0"):
        answer = api.get("/api/v1/me/")
        assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"], answer["RateLimit-Reset"]) == (
            "3",
            left,
            "45",
        )
    refused = api.get("/api/v1/me/")
    assert is_problem(refused, "too_many_requests")
    assert refused["Retry-After"] == refused["RateLimit-Reset"] == "45"
    assert refused["RateLimit-Remaining"] == "0"


def test_the_next_minute_begins_anew(alpha: OrganisationRef, software: Make, few: Any) -> None:
    api = software(alpha, Scope.REFERRALS_READ).api
    assert [api.get("/api/v1/me/").status_code for _number in range(4)] == [200, 200, 200, 429]
    few.shift(timedelta(seconds=45))
    assert api.get("/api/v1/me/")["RateLimit-Remaining"] == "2"


def test_reads_and_writes_are_counted_apart(alpha: OrganisationRef, software: Make) -> None:
    api = software(alpha, Scope.CLIENTS_WRITE).api

    def add() -> Any:
        return api.post("/api/v1/clients/", {"given_name": "Nora"}, content_type="application/json")

    assert [add().status_code, add().status_code] == [201, 429]
    assert api.get("/api/v1/me/").status_code == 200


def test_errors_count_too(alpha: OrganisationRef, software: Make) -> None:
    api = software(alpha, Scope.REFERRALS_READ).api
    assert [api.get("/api/v1/nothing/").status_code for _number in range(4)] == [404, 404, 404, 429]


def test_one_caller_does_not_use_up_anothers(
    alpha: OrganisationRef, beta: OrganisationRef, software: Make, member: Callable[..., User],
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    callers = [software(alpha).api, software(alpha).api, software(beta).api, client_of(member(alpha), alpha)]
    for api in callers:
        assert [api.get("/api/v1/me/").status_code for _number in range(4)] == [200, 200, 200, 429]


def test_an_organisations_callers_have_a_limit_together(
    alpha: OrganisationRef, beta: OrganisationRef, software: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ORGANISATION_TIMES", 1)
    first, second, elsewhere = (software(ref).api for ref in (alpha, alpha, beta))
    assert [first.get("/api/v1/me/").status_code for _number in range(2)] == [200, 200]
    assert [second.get("/api/v1/me/").status_code for _number in range(2)] == [200, 429]
    assert elsewhere.get("/api/v1/me/").status_code == 200


def test_the_network_keeps_nobody_from_answering(alpha: OrganisationRef, client_of: Callable[..., Client]) -> None:
    """Who is not let in is not counted."""
    stranger = client_of(None, alpha)
    assert {stranger.get("/api/v1/me/").status_code for _number in range(9)} == {401}
