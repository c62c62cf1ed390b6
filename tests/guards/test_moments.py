"""A moment is the organisation's alone, as all of its connections are; what was changed since is not seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import psycopg2
import pytest
from django.db import OperationalError, ProgrammingError

from halka.audit.models import Entry
from halka.common.current import OrganisationRef
from tenants.organisations.isolation import inside
from tenants.organisations.walls.moments import moment_of
from tenants.organisations.walls.postgresql.base import SchemaMissing
from tests.guards.crowd import crowd

ENTRIES = "SELECT action FROM audit_entry ORDER BY id"


@pytest.fixture
def organisations(login_walls: None) -> Iterator[list[OrganisationRef]]:
    with crowd("momentone", "momenttwo") as made:
        yield made


def test_one_sees_its_own_rows_as_they_were(organisations: list[OrganisationRef]) -> None:
    first, _second = organisations
    with moment_of(first) as moment:
        before = moment.rows(ENTRIES)
        with inside(first):
            Entry.objects.create(action="since")
        assert moment.rows(ENTRIES) == before
    assert set(before) == {(first.short_name,)}
    with moment_of(first) as moment:
        assert moment.rows(ENTRIES) == [*before, ("since",)]


def test_anothers_rows_are_out_of_reach(organisations: list[OrganisationRef]) -> None:
    first, second = organisations
    with moment_of(first) as moment, pytest.raises(ProgrammingError, match="permission denied"):
        moment.rows(f'SELECT action FROM "{second.short_name}".audit_entry')


def test_nothing_is_written_in_it(organisations: list[OrganisationRef]) -> None:
    with moment_of(organisations[0]) as moment, pytest.raises(Exception, match="read-only transaction"):
        moment.rows("UPDATE audit_entry SET action = '' RETURNING id")


def test_names_never_fall_through_to_the_networks_tables(organisations: list[OrganisationRef]) -> None:
    elsewhere = replace(organisations[0], short_name="nowhere")
    with pytest.raises(SchemaMissing), moment_of(elsewhere):
        pass


def test_one_that_is_cut_off_says_so_in_djangos_words(organisations: list[OrganisationRef]) -> None:
    with moment_of(organisations[0]) as moment:
        moment.ask("SELECT pg_sleep(20)")
        with psycopg2.connect(os.environ["DATABASE_SUPERUSER_URL"]) as own, own.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s",
                [organisations[0].db_role],
            )
        with pytest.raises(OperationalError):
            moment.answer()
