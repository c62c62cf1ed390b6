"""What organisations cost that come, grow many, migrate, and take everything along."""

from __future__ import annotations

from statistics import median

from bench.databases import databases
from bench.measure import Row, Side

SHEET = 50
POOL = 50
FEW = 10


def opening(quick: bool) -> list[Row]:
    """From the grant of a licence to a workspace that answers, one and a sheet, against saving a stock tenant."""
    one: list[float] = []
    sheets: list[float] = []
    theirs_ms: list[float] = []
    with databases(), Side("ours", "lives") as ours, Side("stock", "stock_creation") as theirs:
        ours.ask("found")
        for _ in range(1 if quick else 3):
            ours.ask("refill", spares=10)
            one += ours.ask("open_each", count=10)
            theirs_ms += theirs.ask("create", count=1)
            ours.ask("refill", spares=SHEET)
            sheets.append(ours.ask("open_sheet", count=SHEET))
    stock = median(theirs_ms)
    alone, together = stock / median(one), stock * SHEET / median(sheets)
    return [
        Row("opening", median(one), stock, "ms, a tenant of stock django-tenants", alone, "at least 20 times faster",
            alone >= 20, len(one) + len(theirs_ms)),
        Row("opening-sheet", median(sheets) / 1000, stock * SHEET / 1000, f"s for {SHEET}, as many stock tenants",
            together, "at least 50 times faster", together >= 50, SHEET * len(sheets)),
    ]  # fmt: skip


def crowd(quick: bool) -> list[Row]:
    """Memory of a web process and of its backends, a backup, and a migration, where there are many organisations."""
    many, few, turns = (100, 2, 1) if quick else (1_000, 6, 3)
    with databases(), Side("ours", "crowd") as ours, Side("stock", "stock_creation") as theirs:
        there = ours.ask("grow", count=FEW)
        backup_few = ours.ask("back_up", times=3 * turns)
        memory_few = _memory(FEW, requests=many)
        while there < many:
            there = ours.ask("grow", count=POOL)
        backup_many = ours.ask("back_up", times=3 * turns)
        memory_many = _memory(there, requests=there)
        theirs.ask("create", count=few)
        taken = [_migrated(ours, theirs, there, few) for _ in range(turns)]
    rows = [
        _row(name, memory_many[name], memory_few[name], f"MB of {what} after {there:,} organisations, after {FEW}", 1.3)
        for name, what in (("worker-memory", "a web process"), ("backend-memory", "its largest backend"))
    ]
    rows.append(
        _row("backup-among-many", median(backup_many), median(backup_few), f"ms among {there:,}, among {FEW}", 1.2)
    )
    for number, (name, times) in enumerate((("migration", 100), ("migration-of-nothing", 1_000))):
        ours_s, theirs_s = (median(side[number] for side in sides) for sides in zip(*taken, strict=True))
        ratio = theirs_s / ours_s
        rows.append(
            Row(
                name, ours_s * there, theirs_s * there, f"s for {there:,}, stock django-tenants as for each of {few}",
                ratio, f"at least {times:,} times faster", ratio >= times, there * turns,
            )
        )  # fmt: skip
    return rows


def _memory(count: int, requests: int) -> dict[str, float]:
    """Of a process that did nothing before."""
    with Side("ours", "crowd") as worker:
        found: dict[str, float] = worker.ask("serve", count=count, requests=requests)
    return found


def _migrated(ours: Side, theirs: Side, there: int, few: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds for each organisation of ours and of theirs: one migration, and a look that finds nothing to do.

    Stock django-tenants does in every schema what it does in the first, so that few of them tell its time for many.
    """
    ours.ask("fall_behind")
    own = (ours.ask("migrate") / there, ours.ask("migrate") / there)
    theirs.ask("fall_behind")
    return own, (theirs.ask("migrate") / few, theirs.ask("migrate") / few)


def _row(name: str, ours: float, theirs: float, unit: str, most: float) -> Row:
    return Row(name, ours, theirs, unit, ours / theirs, f"at most {most}", ours / theirs <= most, 2)


def taking_along(quick: bool) -> list[Row]:
    """All of an organisation put together against COPY of the same rows; a backup brought back against making it."""
    clients = 1_000 if quick else 10_000
    turns = 1 if quick else 3
    taken: dict[str, list[float]] = {"take_out": [], "copy": [], "restore": [], "back_up": []}
    peaks = []
    with databases(), Side("ours", "taking") as ours:
        ours.ask("furnish", small=clients // 10, large=clients)
        for turn in range(turns):
            for verb in list(taken)[:: 1 if turn % 2 else -1]:
                taken[verb].append(ours.ask(verb))
        for size in ("small", "large"):
            with Side("ours", "taking") as alone:
                peaks.append(alone.ask("peak", size=size))
    takeout = median(taken["take_out"]) / median(taken["copy"])
    restore = median(taken["restore"]) / median(taken["back_up"])
    memory = peaks[1] / peaks[0]
    return [
        Row("takeout", median(taken["take_out"]), median(taken["copy"]), f"s, COPY of the rows of {clients:,} clients",
            takeout, "at most 5", takeout <= 5, clients * turns),
        Row("takeout-memory", peaks[1], peaks[0], "MB at most, a tenth of the clients", memory, "at most 1.2",
            memory <= 1.2, clients),
        Row("restore", median(taken["restore"]), median(taken["back_up"]), "s, the backup of the same organisation",
            restore, "at most 2", restore <= 2, clients * turns),
    ]  # fmt: skip
