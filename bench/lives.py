"""What organisations cost that come, grow many, migrate, and take everything along."""

from __future__ import annotations

from statistics import median

from bench.databases import databases
from bench.measure import Row, Side

SHEET = 50
POOL = 50


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
    """Memory of a web process and of its backends, and a backup, among few organisations and among many."""
    many, few = (100, 10) if quick else (1_000, 10)
    with databases(), Side("ours", "crowd") as ours:
        ours.ask("grow", count=few)
        backup_few = ours.ask("back_up", times=3 if quick else 9)
        with Side("ours", "crowd") as worker:
            memory_few = worker.ask("serve", count=few, requests=many)
        while (there := ours.ask("grow", count=POOL)) < many:
            continue
        backup_many = ours.ask("back_up", times=3 if quick else 9)
        with Side("ours", "crowd") as worker:
            memory_many = worker.ask("serve", count=there, requests=there)
    rows = []
    for name, what in (("worker-memory", "MB of a web process"), ("backend-memory", "MB of its largest backend")):
        ours_mb, theirs_mb = memory_many[name], memory_few[name]
        ratio = ours_mb / theirs_mb
        rows.append(
            Row(
                name, ours_mb, theirs_mb, f"{what} after {there:,} organisations, after {few}", ratio, "at most 1.3",
                ratio <= 1.3, there + few,
            )
        )  # fmt: skip
    ratio = median(backup_many) / median(backup_few)
    rows.append(
        Row("backup-among-many", median(backup_many), median(backup_few), f"ms among {there:,}, among {few}", ratio,
            "at most 1.2", ratio <= 1.2, len(backup_many) + len(backup_few))
    )  # fmt: skip
    return rows


def migration(quick: bool) -> list[Row]:
    """One migration in every organisation, and a look that finds nothing to do, for each organisation.

    Stock django-tenants does in every schema what it does in the first, so that few of them tell its time for many.
    """
    many, few = (100, 2) if quick else (1_000, 6)
    with databases(), Side("ours", "crowd") as ours, Side("stock", "stock_creation") as theirs:
        while (there := ours.ask("grow", count=POOL)) < many:
            continue
        theirs.ask("create", count=few)
        ours_s, theirs_s, nothing_s, stock_nothing_s = [], [], [], []
        for _ in range(1 if quick else 3):
            ours.ask("fall_behind")
            ours_s.append(ours.ask("migrate") / there)
            nothing_s.append(ours.ask("migrate") / there)
            theirs.ask("fall_behind")
            theirs_s.append(theirs.ask("migrate") / few)
            stock_nothing_s.append(theirs.ask("migrate") / few)
    rows = []
    for name, ours_all, theirs_all, times in (
        ("migration", ours_s, theirs_s, 100),
        ("migration-of-nothing", nothing_s, stock_nothing_s, 1_000),
    ):
        ratio = median(theirs_all) / median(ours_all)
        rows.append(
            Row(
                name, median(ours_all) * there, median(theirs_all) * there,
                f"s for {there:,} organisations, stock django-tenants at its pace in {few}", ratio,
                f"at least {times:,} times faster", ratio >= times, there * len(ours_all),
            )
        )  # fmt: skip
    return rows


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
