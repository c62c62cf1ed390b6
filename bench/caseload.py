"""A hundred thousand clients with a million entries against a thousand clients, and imports."""

from __future__ import annotations

from contextlib import closing
from statistics import median, quantiles

from bench.kept import Kept, connect
from bench.measure import Row, Side

MANY, FEW = 100_000, 1_000
ENTRIES = 10  # of each client
PAGES = ("list", "search", "client", "journal")
KEPT = Kept("caseload", "caseloadbench", "caseload-bench-keys")


def caseload(quick: bool) -> list[Row]:
    """Eight people at work in either organisation, in turn; milliseconds of the server for each page."""
    many = MANY // 10 if quick else MANY
    with closing(connect()) as connection:
        KEPT.prepare(connection, f"{many} {FEW} {ENTRIES}")
        with Side("caseload", "caseload") as side:
            side.ask("furnish", many=many, few=FEW, entries=ENTRIES)
            KEPT.settle(connection)
            KEPT.mark(connection, f"{many} {FEW} {ENTRIES}")
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
    with closing(connect()) as connection:
        KEPT.prepare(connection, None)
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
