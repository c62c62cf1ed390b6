"""A search in a network of ten thousand services against one of a hundred."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

import psycopg2
from psycopg2 import sql

from bench.measure import ROOT, Row, Side

SIZES = {"directory_many": 10_000, "directory_few": 100}
ASKED = ("near", "need", "words", "mistake", "open", "name")
BLOCK = 4


def directory(quick: bool) -> list[Row]:
    """As somebody looks: nearest first, of one need, by words, with a mistake, open now, by name; in turn."""
    with _databases(), Side("directory_many", "directory") as many, Side("directory_few", "directory") as few:
        sides = {"many": many, "few": few}
        for side, count in zip(sides.values(), SIZES.values(), strict=True):
            side.ask("furnish", services=count // 10 if quick and count > 1_000 else count)
        _settle()
        found: dict[str, dict[str, list[float]]] = {}
        for what in (*ASKED, "page"):
            for side in sides.values():
                side.ask("ask", what=what, count=10)
            taken: dict[str, list[float]] = {name: [] for name in sides}
            for turn in range(6 if quick else 40):
                for name in ("many", "few") if turn % 2 else ("few", "many"):
                    taken[name] += sides[name].ask("ask", what=what, count=BLOCK)
            found[what] = taken
    rows = []
    for what in ASKED:
        ours, theirs = found[what]["many"], found[what]["few"]
        print(f"  directory, {what}: {median(ours):.1f} against {median(theirs):.1f} ms")
    worst = max(ASKED, key=lambda what: median(found[what]["many"]) / median(found[what]["few"]))
    for name, what in ((f"directory-search ({worst})", worst), ("directory-page", "page")):
        ours, theirs = found[what]["many"], found[what]["few"]
        ratio = median(ours) / median(theirs)
        rows.append(
            Row(
                name.split(" ")[0], median(ours), median(theirs), f"ms, {SIZES['directory_few']} services", ratio,
                "at most 2", ratio <= 2, len(ours) + len(theirs),
            )
        )  # fmt: skip
    return rows


@contextmanager
def _databases() -> Iterator[None]:
    """Two networks; both are dropped at the end."""
    _drop()
    try:
        with closing(_connect()) as connection, connection.cursor() as cursor:
            for kind in SIZES:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(_name(connection, kind)))
                with Side(kind, "database") as side:
                    side.ask("prepare")
        yield
    finally:
        _drop()


def _drop() -> None:
    with closing(_connect()) as connection, connection.cursor() as cursor:
        for kind in SIZES:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(connection, kind)))
            prefix = f"{connection.info.dbname}_{kind}_".replace("_", r"\_")
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [prefix + "%"])
            for (role,) in cursor.fetchall():
                cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
            shutil.rmtree(ROOT / "var" / f"bench-{kind}-keys", ignore_errors=True)


def _settle() -> None:
    """What autovacuum would have done by the next day."""
    with closing(_connect()) as connection:
        for kind in SIZES:
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
