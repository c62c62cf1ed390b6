"""A hundred thousand clients with a million entries against a thousand clients, and imports."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from statistics import median, quantiles

import psycopg2
from psycopg2 import sql

from bench.measure import ROOT, Row, Side

MANY, FEW = 100_000, 1_000
ENTRIES = 10  # of each client
PAGES = ("list", "search", "client", "journal")


def caseload(quick: bool) -> list[Row]:
    """Eight people at work in either organisation, in turn; milliseconds of the server for each page."""
    many = MANY // 10 if quick else MANY
    with closing(_connect()) as connection:
        _database(connection, f"{many} {FEW} {ENTRIES}")
        with Side("caseload", "caseload") as side:
            side.ask("furnish", many=many, few=FEW, entries=ENTRIES)
            _settle(connection)
            _mark(connection, f"{many} {FEW} {ENTRIES}")
            taken: dict[str, dict[str, list[float]]] = {name: {page: [] for page in PAGES} for name in ("many", "few")}
            for turn in range(2 if quick else 12):
                for name in ("many", "few") if turn % 2 else ("few", "many"):
                    for page, times in side.ask("work", name=name, seconds=2 if quick else 8).items():
                        taken[name][page] += times if turn else []
            queries = {name: side.ask("queries", name=name) for name in ("many", "few")}
    rows = []
    for page in PAGES:
        ours, theirs = taken["many"][page], taken["few"][page]
        # With many to find the first look fills the page; with few a second one follows.
        same = all(ours <= theirs for ours, theirs in zip(queries["many"][page], queries["few"][page], strict=True))
        print(f"  caseload-{page}: queries {queries['many'][page]} against {queries['few'][page]}")
        for name, of in ((f"caseload-{page}", median), (f"caseload-{page}-p95", _p95)):
            ratio = of(ours) / of(theirs)
            rows.append(
                Row(
                    name, of(ours), of(theirs), f"ms, {FEW:,} clients", ratio,
                    "at most 1.5, no more queries", ratio <= 1.5 and same, len(ours) + len(theirs),
                )
            )  # fmt: skip
    return rows


def imports(quick: bool) -> list[Row]:
    """A sheet of 10,000 rows through the import against a plain bulk insert of the same sealed rows; its memory."""
    count = 1_000 if quick else 10_000
    with closing(_connect()) as connection:
        _database(connection, None)
        with Side("caseload", "imports") as side:
            ours, theirs = [], []
            side.ask("import_sheet", rows=100)
            for turn in range(1 if quick else 5):
                for verb, times in (("import_sheet", ours), ("insert", theirs))[:: 1 if turn % 2 else -1]:
                    times.append(side.ask(verb, rows=count))
        peaks = []
        for rows in (count // 10, count):
            with Side("caseload", "imports") as side:
                side.ask("import_sheet", rows=100)
                peaks.append(side.ask("peak", rows=rows))
    ratio, memory = median(ours) / median(theirs), peaks[1] / peaks[0]
    print(f"  import: {count / median(ours):,.0f} rows a second; {median(theirs):.1f} s for the plain insert")
    return [
        Row("import", median(ours), median(theirs), f"s, a plain bulk insert of {count:,} rows", ratio, "at most 3",
            ratio <= 3, count * len(ours)),
        Row("import-memory", peaks[1], peaks[0], "MB at most, a tenth of the rows", memory, "at most 1.2",
            memory <= 1.2, count),
    ]  # fmt: skip


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


# --- the database that is kept ------------------------------------------------------------------------------------
def _connect() -> psycopg2.extensions.connection:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


def _name(connection: psycopg2.extensions.connection) -> str:
    return f"{connection.info.dbname}_caseloadbench"


def _database(connection: psycopg2.extensions.connection, sizes: str | None) -> None:
    """The one of the last run, brought to the code's version, where it has the same sizes; else a new one."""
    name, keys = _name(connection), ROOT / "var" / "caseload-bench-keys"
    with connection.cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cursor.fetchone()
        mark = (row[0] or "") if row else ""
        if row and keys.exists() and sizes in (None, mark):
            with Side("caseload", "database") as side:
                side.ask("prepare")
            return
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [name.replace("_", r"\_") + r"\_%"])
        for (role,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
        shutil.rmtree(keys, ignore_errors=True)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with Side("caseload", "database") as side:
            side.ask("prepare")
    _mark(connection, "")


def _mark(connection: psycopg2.extensions.connection, sizes: str) -> None:
    """Says what is in it; no sizes, as long as it is not full."""
    with connection.cursor() as cursor:
        name, words = sql.Identifier(_name(connection)), sql.Literal(sizes)
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, words))


def _settle(connection: psycopg2.extensions.connection) -> None:
    """What autovacuum would have done by the next day, so that it does not run in the middle of the measuring."""
    where = {**connection.get_dsn_parameters(), "dbname": _name(connection), "password": connection.info.password}
    with closing(psycopg2.connect(**where)) as own:
        own.autocommit = True
        with own.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
