"""Is it alive, and ready? Containers, monitors and strangers ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from halka.common.current import OrganisationRef
from halka.operating import checks, tasks
from tenants.organisations.domain import preparation

TOKEN = "t" * 32
AS_OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def network(db: None) -> Client:
    return Client(headers={"host": django_settings.BASE_DOMAIN})


def beat() -> None:
    for queue in checks.QUEUES:
        tasks.heartbeat(queue)


def test_it_answers_without_asking_anybody(network: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = network.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-cache" in answer["Cache-Control"]
    assert network.post("/health/live").status_code == 405


def test_ready_where_all_is_well(network: Client) -> None:
    beat()
    answer = network.get("/health/ready")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_strangers_learn_no_more_than_that_it_is_not(network: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = network.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    wrong = network.get("/health/ready", headers={"Authorization": "Bearer wrong"})
    assert wrong.content == b"not ready\n"


def test_operators_learn_what_is_wrong(network: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    tasks.heartbeat("celery")
    told = network.get("/health/ready", headers=AS_OPERATOR)
    assert told.status_code == 503
    assert told.json() == {
        "database": "ok",
        "broker": "ok",
        "worker-celery": "ok",
        "worker-provisioning": "no heartbeat",
        "worker-webhooks": "no heartbeat",
        "migrations": "ok",
    }


def test_an_old_heartbeat_is_none(db: None) -> None:
    beat()
    before = timezone.now() - timedelta(seconds=checks.LATE + 1)
    caches["network"].set("heartbeat-webhooks", before.isoformat(), None)
    assert [result.name for result in checks.results() if not result.is_good] == ["worker-webhooks"]


def test_a_broker_that_is_away(network: Client, settings: Any) -> None:
    beat()
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    assert {result.name: result.fault for result in checks.results() if not result.is_good} == {
        "broker": "ConnectionError"
    }


def test_a_database_that_is_away_or_behind(network: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise DatabaseError("password of halka_owner")

    beat()
    monkeypatch.setitem(checks._registered, "database", away)
    monkeypatch.setattr(preparation, "expected_shared_version", lambda: "newer")
    wrong = {result.name: result.fault for result in checks.results() if not result.is_good}
    assert wrong == {"database": "DatabaseError", "migrations": "the shared tables are on another version"}


def test_asking_often_costs_nothing(network: Client, django_assert_num_queries: Any) -> None:
    network.get("/health/ready")
    with django_assert_num_queries(0):
        network.get("/health/ready")


def test_a_workspace_has_no_such_page(alpha: OrganisationRef, client_of: Any) -> None:
    assert client_of(None, alpha).get("/health/ready").status_code == 404
