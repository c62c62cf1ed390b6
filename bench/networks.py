"""Networks of several sizes beside each other, each in a database and with settings of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

from bench.databases import drop_database
from bench.measure import ROOT, Side


@contextmanager
def networks(kinds: Iterable[str]) -> Iterator[None]:
    """An empty one for each of bench/settings_<kind>.py; all are dropped at the end."""
    _drop(kinds)
    try:
        with closing(_connect()) as connection, connection.cursor() as cursor:
            for kind in kinds:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(_name(connection, kind)))
                with Side(kind, "database") as side:
                    side.ask("prepare")
        yield
    finally:
        _drop(kinds)


def _drop(kinds: Iterable[str]) -> None:
    with closing(_connect()) as connection, connection.cursor() as cursor:
        for kind in kinds:
            drop_database(cursor, f"{connection.info.dbname}_{kind}")
            shutil.rmtree(ROOT / "var" / f"bench-{kind}-keys", ignore_errors=True)


def settle(kinds: Iterable[str]) -> None:
    """What autovacuum would have done by the next day."""
    with closing(_connect()) as connection:
        for kind in kinds:
            where = {
                **connection.get_dsn_parameters(),
                "dbname": f"{connection.info.dbname}_{kind}",
                "password": connection.info.password,
            }
            with closing(psycopg2.connect(**where)) as own:
                own.autocommit = True
                with own.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")


def _connect() -> psycopg2.extensions.connection:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


def _name(connection: psycopg2.extensions.connection, kind: str) -> sql.Identifier:
    return sql.Identifier(f"{connection.info.dbname}_{kind}")
