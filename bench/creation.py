"""How fast an organisation is created, and whether the five thousandth costs what the tenth does."""

from __future__ import annotations

from statistics import median

from bench.databases import databases
from bench.measure import Row, Side

POOL = 25
STEP = 5


def create_organisation(quick: bool) -> list[Row]:
    """Ours from the pool of spares, theirs with stock migrations, in turn."""
    ours_ms: list[float] = []
    theirs_ms: list[float] = []
    with databases(), Side("ours", "creation") as ours, Side("stock", "stock_creation") as theirs:
        for _ in range(1 if quick else 3):
            ours.ask("refill", spares=10)
            ours_ms += ours.ask("create", count=10)
            theirs_ms += theirs.ask("create", count=1)
        assert ours.ask("serves") == 200
        assert theirs.ask("tables") > 1
    ratio = median(theirs_ms) / median(ours_ms)
    return [
        Row(
            "create-organisation", median(ours_ms), median(theirs_ms), "ms, stock django-tenants", ratio,
            "at least 100 times faster", ratio >= 100, len(ours_ms) + len(theirs_ms),
        )
    ]  # fmt: skip


def create_organisation_scale(quick: bool) -> list[Row]:
    """Medians over the first and the last hundred creations (in the quick form forty).

    The two are minutes apart: the ratio is taken of how many times a plain errand to the database each of them costs,
    so that what else the machine does at the time falls out.
    """
    organisations, window = (200, 40) if quick else (5_000, 100)
    taken: list[float] = []
    spares: list[float] = []
    errands: list[float] = []
    with databases(), Side("ours", "creation") as ours:
        ours.ask("refill", spares=3)
        ours.ask("create", count=3)
        while len(taken) < organisations:
            spares.append(ours.ask("refill", spares=POOL))
            for _ in range(POOL // STEP):
                taken += ours.ask("create", count=STEP)
                errands += ours.ask("breathe", count=STEP)
        assert ours.ask("serves") == 200
    first, last = median(taken[:window]), median(taken[-window:])
    ratio = last / first * median(errands[:window]) / median(errands[-window:])
    few = window // POOL or 1
    first_spare, last_spare = median(spares[:few]), median(spares[-few:])
    return [
        Row(
            "create-organisation-scale", last, first, f"ms, the {organisations:,}th against the 10th", ratio,
            "at most 1.3", ratio <= 1.3, organisations,
        ),
        Row(
            "refill-spares", last_spare, first_spare, "ms for each spare, in the background", last_spare / first_spare,
            "none", None, organisations,
        ),
    ]  # fmt: skip
