"""A search in a network of ten thousand services against one of a hundred."""

from __future__ import annotations

from statistics import median

from bench.measure import Row, Side
from bench.networks import networks, settle

SIZES = {"directory_many": 10_000, "directory_few": 100}
ASKED = ("near", "need", "words", "mistake", "open", "name")
BLOCK = 4


def directory(quick: bool) -> list[Row]:
    """As somebody looks: nearest first, of one need, by words, with a mistake, open now, by name; in turn."""
    with (
        networks(SIZES),
        Side("directory_many", "directory") as many,
        Side("directory_few", "directory") as few,
    ):
        sides = {"many": many, "few": few}
        for side, count in zip(sides.values(), SIZES.values(), strict=True):
            side.ask("furnish", services=count // 10 if quick and count > 1_000 else count)
        settle(SIZES)
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
