"""An organisation's tables as they were at one moment, read without waiting for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, TypeAlias

import psycopg2
from psycopg2.extras import wait_select

from halka.common.current import OrganisationRef
from tenants.organisations.walls.connections import wrapper_as
from tenants.organisations.walls.identities import organisation_identity
from tenants.organisations.walls.postgresql.base import DatabaseWrapper, SchemaMissing, logged_in

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT current_schema()"

Rows: TypeAlias = list[tuple[Any, ...]]


class Moment:
    """One question at a time: PostgreSQL works on it until the answer is asked for. Raises Django's database errors."""

    def __init__(self, wrapper: DatabaseWrapper, connection: Any) -> None:
        self._wrapper = wrapper
        self._connection = connection
        self._cursor = connection.cursor()

    def ask(self, statement: str, values: Mapping[str, Any] | None = None) -> None:
        with self._wrapper.wrap_database_errors:
            self._cursor.execute(statement, values)

    def answer(self) -> Rows:
        with self._wrapper.wrap_database_errors:
            wait_select(self._connection)
            rows: Rows = self._cursor.fetchall()
            return rows

    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> Rows:
        self.ask(statement, values)
        return self.answer()


@contextmanager
def moment_of(organisation: OrganisationRef) -> Iterator[Moment]:
    """All tables as they are now, until the end of the block. Raises SchemaMissing."""
    identity = organisation_identity(organisation)
    wrapper = wrapper_as(identity, organisation)
    with wrapper.wrap_database_errors:
        connection = logged_in(identity, partial(_connected, wrapper.get_connection_params()))
    with closing(connection):
        moment = Moment(wrapper, connection)
        if moment.rows(BEGIN) != [(organisation.short_name,)]:
            raise SchemaMissing(f"The schema {organisation.short_name} is missing.")
        yield moment


def _connected(parameters: dict[str, Any], password: str) -> Any:
    connection = psycopg2.connect(**{**parameters, "password": password}, async_=True)
    wait_select(connection)
    return connection
