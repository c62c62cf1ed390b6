"""How fast an organisation is created, and whether the five thousandth costs what the tenth does."""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from statistics import median

from bench.databases import another_cluster, databases
from bench.kept import Kept, connect
from bench.measure import Row, Side

POOL = 25
STEP = 5
FEW = 10
LARGE = Kept("ours", "bench", "bench-keys")  # until another bench needs it empty


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
    """A hundred organisations in a network of five thousand and in one of ten, in turn, each on servers of its own.

    The large one is kept, and grown on from where the last run stopped.
    """
    organisations, window = (200, 40) if quick else (5_000, 100)
    with closing(connect()) as connection, another_cluster() as elsewhere:
        LARGE.prepare(connection, None)
        with Side("ours", "creation") as many, Side("ours", "creation", elsewhere) as few:
            there = many.ask("there")
            while there < organisations:
                many.ask("refill", spares=POOL)
                there += len(many.ask("create", count=POOL))
            few.ask("refill", spares=FEW)
            few.ask("create", count=FEW)
            taken = [[_measured(side) for side in (many, few)] for _ in range(window // STEP)]
            assert many.ask("serves") == few.ask("serves") == 200
    (last, last_spare), (first, first_spare) = (
        [median(chain.from_iterable(times)) for times in zip(*turns, strict=True)] for turns in zip(*taken, strict=True)
    )
    where = f"in a network of {there:,}, in one of {FEW}"
    ratio, of_spares = last / first, last_spare / first_spare
    return [
        Row(
            "create-organisation-scale", last, first, f"ms {where}", ratio, "at most 1.3", ratio <= 1.3, 2 * window,
        ),
        Row(
            "refill-spares", last_spare, first_spare, f"ms for each spare, in the background, {where}", of_spares,
            "none", None, 2 * window,
        ),
    ]  # fmt: skip


def _measured(side: Side) -> tuple[list[float], list[float]]:
    """Milliseconds of each organisation, and of the spare that each is made of."""
    spare = side.ask("refill", spares=STEP)
    return side.ask("create", count=STEP), [spare]
