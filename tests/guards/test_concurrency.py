"""Eight threads over kept connections that are too few, while backends are cancelled and terminated."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from bench import load
from halka.audit.models import Entry
from halka.common.addresses import workspace_host
from halka.common.current import NotInside, OrganisationRef, current_organisation
from tenants.organisations.isolation import inside
from tenants.organisations.walls import connections as walls
from tests.guards.crowd import crowd

SUPERUSER_URL = os.environ.get("DATABASE_SUPERUSER_URL", "")


@pytest.fixture
def organisations(login_walls: None, settings: Any) -> Iterator[list[OrganisationRef]]:
    settings.DATABASE_CONNECTIONS = 2
    with crowd("loadone", "loadtwo", "loadthree", "loadfour", "loadfive") as made:
        yield made


def terminate(organisation: OrganisationRef) -> int:
    """Ends the organisation's backends, as an administrator or a restart does; how many there were."""
    with psycopg2.connect(SUPERUSER_URL) as own, own.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", [organisation.db_role]
        )
        return len(cursor.fetchall())


def names() -> set[str]:
    return set(Entry.objects.values_list("action", flat=True))


@pytest.mark.slow
def test_no_thread_sees_a_row_of_another_organisation(organisations: list[OrganisationRef]) -> None:
    assert SUPERUSER_URL, "DATABASE_SUPERUSER_URL is not set: `make test` sets it."
    outcome = load.run(organisations, requests=800, superuser_url=SUPERUSER_URL, fault_every=0.03)
    assert outcome.examples == []
    assert outcome.wrong == 0
    assert outcome.requests == 800
    assert outcome.faults > 0
    assert outcome.failed <= outcome.faults


def test_such_a_row_would_be_noticed(organisations: list[OrganisationRef], monkeypatch: pytest.MonkeyPatch) -> None:
    right = walls.wrapper_of
    monkeypatch.setattr(walls, "wrapper_of", lambda organisation: right(organisations[0]))
    assert load.run(organisations, requests=80).wrong > 0


def test_a_connection_that_was_cut_while_idle_fails_nobody(organisations: list[OrganisationRef]) -> None:
    first = organisations[0]
    with load.application() as served:
        for _ in range(3):
            assert load.ask(served, workspace_host(first.short_name), "/rows/")[0] == 200
            assert terminate(first) == 1


def test_work_without_requests_gets_over_a_cut_too(organisations: list[OrganisationRef]) -> None:
    first = organisations[0]
    for _ in range(3):
        with inside(first):
            assert names() == {first.short_name}
        assert terminate(first) == 1


def test_only_a_few_connections_are_kept(organisations: list[OrganisationRef]) -> None:
    walls.close_all()
    for organisation in organisations * 2:
        with inside(organisation):
            assert names() == {organisation.short_name}
    assert [terminate(organisation) for organisation in organisations] == [0, 0, 0, 1, 1]


def break_midway(organisation: OrganisationRef) -> None:
    with inside(organisation), transaction.atomic():
        Entry.objects.create(action="lost")
        raise load.Midway


def leave_open(organisation: OrganisationRef, transaction: Any) -> None:
    with inside(organisation):
        transaction.__enter__()
        Entry.objects.create(action="lost")


def test_an_exception_leads_out(organisations: list[OrganisationRef]) -> None:
    first, second = organisations[:2]
    outside = walls.current_wrapper()
    with pytest.raises(load.Midway):
        break_midway(first)
    assert current_organisation() is None
    assert walls.current_wrapper() is outside
    with inside(second):
        assert names() == {second.short_name}
    with inside(first):
        assert names() == {first.short_name}


def test_a_transaction_does_not_outlive_its_organisation(organisations: list[OrganisationRef]) -> None:
    first, second = organisations[:2]
    left = transaction.atomic()
    with pytest.raises(NotInside):
        leave_open(first, left)
    with inside(second):
        assert names() == {second.short_name}
    with inside(first):
        assert not connection.in_atomic_block
        assert names() == {first.short_name}


def test_rows_that_are_still_on_their_way_stay_inside(organisations: list[OrganisationRef]) -> None:
    first, second = organisations[:2]
    with inside(first):
        rows = Entry.objects.values_list("action", flat=True).iterator(chunk_size=1)
        assert next(rows) == first.short_name
    with inside(second), pytest.raises(NotInside):
        next(rows)
