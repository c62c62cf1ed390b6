"""Django's PostgreSQL backend, logged in as one role and never as another.

Stock django-tenants keeps one connection and moves its search path about; here a connection belongs to one
role for life, and its search path comes from the role. `walls.connections` chooses the connection.
"""

from __future__ import annotations

import select
from collections.abc import Callable
from typing import Any, NoReturn

import psycopg2
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.postgresql import base as postgresql
from django.utils.asyncio import async_unsafe

from halka.common.current import OrganisationRef
from tenants.organisations.walls.identities import Identity, network_identity


class SchemaMissing(OperationalError):
    """The role's own schema is not there, so that names would fall through to `public`."""


def logged_in(identity: Identity, connect: Callable[[str], Any]) -> Any:
    """The connection by the first of the identity's passwords that PostgreSQL takes."""
    for last, password in enumerate(identity.passwords, start=1):
        try:
            return connect(password)
        except psycopg2.OperationalError as error:
            if "password authentication failed" not in str(error) or last == len(identity.passwords):
                raise
    raise AssertionError("an identity has at least one password")


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """`identity` is None for the network's role, whose name follows the database's."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        self.identity: Identity | None = None
        self.organisation: OrganisationRef | None = None
        self.database: str = settings_dict["NAME"]
        self.schema_name = "public"
        self.tenant = None
        self.undoes_parts = True

    def get_connection_params(self) -> dict[str, Any]:
        identity = self.identity or network_identity(self.settings_dict)
        return {**super().get_connection_params(), "user": identity.role, "password": identity.passwords[0]}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        identity = self.identity or network_identity(self.settings_dict)
        connect = super().get_new_connection
        return logged_in(identity, lambda password: connect({**conn_params, "password": password}))

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if self.identity is None or len(self.identity.search_path) == 1:
            return
        with self.cursor() as cursor:
            if self.identity.role == self.settings_dict["USER"]:
                cursor.execute(
                    "SELECT pg_catalog.set_config('search_path', %s, false)",
                    [", ".join(self.identity.search_path)],
                )
            cursor.execute("SELECT current_schema()")
            if cursor.fetchone()[0] != self.identity.search_path[0]:
                raise SchemaMissing(f"The schema {self.identity.search_path[0]} is missing.")

    @async_unsafe
    def savepoint(self) -> str | None:
        """None where nothing is undone in part: whatever fails inside of a nested block then fails the whole."""
        return super().savepoint() if self.undoes_parts else None

    @async_unsafe
    def close_if_unusable_or_obsolete(self) -> None:
        """Asked before a connection is used again: one that was cut meanwhile makes no request fail."""
        if not self.in_atomic_block and self._was_cut():
            self.close()
        else:
            super().close_if_unusable_or_obsolete()

    def _was_cut(self) -> bool:
        """The server says nothing to an idle connection but its last words."""
        if self.connection is None:
            return False
        if self.connection.closed:
            return True
        idle = select.poll()
        idle.register(self.connection.fileno(), select.POLLIN)
        return bool(idle.poll(0))

    def set_tenant(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("A connection never changes its organisation: use isolation.inside(organisation).")

    set_schema = set_schema_to_public = set_tenant
