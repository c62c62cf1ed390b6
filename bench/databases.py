"""The bench's own databases, beside the one that DATABASE_URL names. Nothing else is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

from bench.measure import ROOT, Side

KINDS = ("", "_stock", "_plain")


@contextmanager
def databases() -> Iterator[None]:
    """An empty network for Halka and two copies of it for the others; all are dropped at the end."""
    drop()
    try:
        with closing(_connect()) as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(_name(connection, "")))
            with Side("ours", "database") as ours:
                ours.ask("prepare")
            for kind in KINDS[1:]:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(_name(connection, kind), _name(connection, ""))
                )
        yield
    finally:
        drop()


def drop() -> None:
    """The databases, then the roles whose names begin with theirs, and the keys of the organisations in them."""
    with closing(_connect()) as connection, connection.cursor() as cursor:
        for kind in reversed(KINDS):
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(connection, kind)))
        prefix = f"{connection.info.dbname}_bench_".replace("_", r"\_")
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [prefix + "%"])
        for (role,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    shutil.rmtree(ROOT / "var" / "bench-keys", ignore_errors=True)


def _connect() -> psycopg2.extensions.connection:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


def _name(connection: psycopg2.extensions.connection, kind: str) -> sql.Identifier:
    return sql.Identifier(f"{connection.info.dbname}_bench{kind}")
