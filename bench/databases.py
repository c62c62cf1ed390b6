"""The bench's own databases, beside the one that DATABASE_URL names. Nothing else is touched."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

from bench.measure import ROOT, Side
from halka.launcher.servers import Servers

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
            drop_database(cursor, f"{connection.info.dbname}_bench{kind}")
    shutil.rmtree(ROOT / "var" / "bench-keys", ignore_errors=True)


def drop_database(cursor: psycopg2.extensions.cursor, name: str) -> None:
    """And the roles whose names begin with its name."""
    for left in reversed(range(120)):
        try:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            break
        except psycopg2.errors.InsufficientPrivilege:  # the server's own autovacuum is in there, for a moment
            if not left:
                raise
            time.sleep(0.5)
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [name.replace("_", r"\_") + r"\_%"])
    for (role,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@contextmanager
def another_cluster() -> Iterator[dict[str, str]]:
    """An empty network on a PostgreSQL and Valkey of its own, as those at hand; the variables that name it."""
    with closing(_connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        is_fast = cursor.fetchone() == ("off",)
    with Servers(ROOT / "var" / "bench-few", fast=is_fast) as servers:
        with closing(_connect(servers.environment["DATABASE_URL"])) as connection, connection.cursor() as cursor:
            drop_database(cursor, f"{connection.info.dbname}_bench")
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(_name(connection, "")))
        with Side("ours", "database", servers.environment) as side:
            side.ask("prepare")
        yield servers.environment


def _connect(url: str = "") -> psycopg2.extensions.connection:
    connection = psycopg2.connect(url or os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


def _name(connection: psycopg2.extensions.connection, kind: str) -> sql.Identifier:
    return sql.Identifier(f"{connection.info.dbname}_bench{kind}")
