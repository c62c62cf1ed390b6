"""Is somebody known elsewhere: among a thousand organisations of a thousand people, and beside one."""

from __future__ import annotations

from contextlib import ExitStack, closing
from statistics import median

from bench.kept import connect
from bench.measure import Row
from bench.referrals import FEW, MANY, furnished

PEOPLE = 1_000  # of each organisation, whose signs lie in the network
BLOCK = 4


def known(quick: bool) -> list[Row]:
    """Placing one person's signs and comparing them, in turn; every second person is known elsewhere."""
    each, many = (PEOPLE // 10, MANY // 20) if quick else (PEOPLE, MANY)
    with closing(connect()) as connection, ExitStack() as stack:
        sides, there = {}, {}
        for name, settings, organisations, asked in (
            ("many", "referrals_many", many, many),
            ("few", "referrals_few", FEW, 1),
        ):
            kept, side = stack.enter_context(furnished(connection, settings, organisations, quick, "known"))
            there[name] = side.ask("lay", organisations=asked, each=each, anew=not quick)
            kept.settle(connection)
            side.ask("begin")
            side.ask("check", count=10)
            sides[name] = side
        taken: dict[str, list[float]] = {name: [] for name in sides}
        for turn in range(5 if quick else 40):
            for name in ("many", "few") if turn % 2 else ("few", "many"):
                taken[name] += sides[name].ask("check", count=BLOCK)
        for side in sides.values():
            side.ask("confirm")
    ours, theirs = median(taken["many"]), median(taken["few"])
    print(f"  known: {there['many']:,} people against {there['few']:,}, four signs each")
    return [
        Row(
            "known", ours, theirs, f"ms, {there['few']:,} people of one organisation", ours / theirs, "at most 3",
            ours / theirs <= 3, len(taken["many"]) * 2,
        )
    ]  # fmt: skip
