"""Databases that are filled once and kept: hundreds of thousands of rows are not made every time."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass

import psycopg2
from psycopg2 import sql

from bench.databases import drop_database
from bench.measure import ROOT, Side


def connect() -> psycopg2.extensions.connection:
    """To the database that DATABASE_URL names, whatever a bench does with its own."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


@dataclass(frozen=True)
class Kept:
    """The database of bench.settings_<settings>: `suffix` follows the name of the one at hand, `keys` is the folder of
    its keyring below var."""

    settings: str
    suffix: str
    keys: str

    def name(self, connection: psycopg2.extensions.connection) -> str:
        return f"{connection.info.dbname}_{self.suffix}"

    def prepare(self, connection: psycopg2.extensions.connection, sizes: str | None) -> bool:
        """The one of the last run, brought to the code's version, where it has the same sizes; else a new one. Whether
        it is new."""
        mark = self.marked(connection)
        is_there = mark is not None and (ROOT / "var" / self.keys).exists() and sizes in (None, mark)
        if not is_there:
            self.drop(connection)
            self.create(connection)
        with Side(self.settings, "database") as side:
            side.ask("prepare")
        if not is_there:
            self.mark(connection, "")
        return not is_there

    def marked(self, connection: psycopg2.extensions.connection) -> str | None:
        """What is in it; None where there is none."""
        name = self.name(connection)
        with connection.cursor() as cursor:
            cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
            row = cursor.fetchone()
        return (row[0] or "") if row else None

    def create(self, connection: psycopg2.extensions.connection) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name(connection))))

    def drop(self, connection: psycopg2.extensions.connection) -> None:
        """With the roles whose names begin with its own, and the keys."""
        with connection.cursor() as cursor:
            drop_database(cursor, self.name(connection))
        shutil.rmtree(ROOT / "var" / self.keys, ignore_errors=True)

    def mark(self, connection: psycopg2.extensions.connection, sizes: str) -> None:
        """Says what is in it; no sizes, as long as it is not full."""
        with connection.cursor() as cursor:
            name, words = sql.Identifier(self.name(connection)), sql.Literal(sizes)
            cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, words))

    def reach(self, connection: psycopg2.extensions.connection) -> psycopg2.extensions.connection:
        """A connection to it, for the caller to close."""
        where = {**connection.get_dsn_parameters(), "dbname": self.name(connection)}
        own = psycopg2.connect(**where, password=connection.info.password)
        own.autocommit = True
        return own

    def settle(self, connection: psycopg2.extensions.connection) -> None:
        """What autovacuum would have done by the next day, so that it does not run in the middle of the measuring."""
        with closing(self.reach(connection)) as own, own.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
