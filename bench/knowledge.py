"""A search among fifty thousand published pages against one among five hundred, and against Wagtail's own."""

from __future__ import annotations

from statistics import median, quantiles

from bench.measure import Row, Side
from bench.networks import networks, settle

SIZES = {"knowledge_many": 50_000, "knowledge_few": 500}
ASKED = ("frequent", "rare", "pair", "mistake")
COMPARED = ("frequent", "rare", "pair")  # Wagtail's finds nothing by a word with a mistake
BLOCK = 6


def knowledge(quick: bool) -> list[Row]:
    """In six languages in turn: words that are everywhere, that are rare, two at once, and with a mistake."""
    with (
        networks(SIZES),
        Side("knowledge_many", "knowledge") as many,
        Side("knowledge_few", "knowledge") as few,
    ):
        sides = {"many": many, "few": few}
        for side, count in zip(sides.values(), SIZES.values(), strict=True):
            side.ask("furnish", pages=count // 20 if quick and count > 1_000 else count)
        settle(SIZES)
        found: dict[str, dict[str, list[float]]] = {}
        for what in ASKED:
            for side in sides.values():
                side.ask("ask", what=what, count=12)
            taken: dict[str, list[float]] = {name: [] for name in sides}
            for turn in range(6 if quick else 40):
                for name in ("many", "few") if turn % 2 else ("few", "many"):
                    taken[name] += sides[name].ask("ask", what=what, count=BLOCK)
            found[what] = taken
        against: dict[str, list[float]] = {"ours": [], "wagtail": []}
        for what in COMPARED:
            for turn in range(4 if quick else 20):
                for name in ("ours", "wagtail") if turn % 2 else ("wagtail", "ours"):
                    against[name] += many.ask("ask", what=what, count=BLOCK, wagtail=name == "wagtail")
        recalls = {name: many.ask("recall", wagtail=name == "wagtail") for name in ("ours", "wagtail")}
    return [_sizes(found), _wagtail(against), _recall(recalls)]


def _sizes(found: dict[str, dict[str, list[float]]]) -> Row:
    for what in ASKED:
        ours, theirs = found[what]["many"], found[what]["few"]
        late = quantiles(ours, n=20)[-1]
        print(f"  knowledge, {what}: {median(ours):.1f} against {median(theirs):.1f} ms; p95 {late:.1f}")
    worst = max(ASKED, key=lambda what: median(found[what]["many"]) / median(found[what]["few"]))
    ours, theirs = found[worst]["many"], found[worst]["few"]
    ratio = median(ours) / median(theirs)
    return Row(
        "knowledge-search", median(ours), median(theirs), f"ms, {SIZES['knowledge_few']} pages", ratio, "at most 2",
        ratio <= 2, len(ours) + len(theirs),
    )  # fmt: skip


def _wagtail(against: dict[str, list[float]]) -> Row:
    ours, theirs = median(against["ours"]), median(against["wagtail"])
    return Row(
        "knowledge-search-wagtail", ours, theirs, "ms, Wagtail's search of the same pages", ours / theirs, "faster",
        ours < theirs, len(against["ours"]) + len(against["wagtail"]),
    )  # fmt: skip


def _recall(recalls: dict[str, dict[str, list[int]]]) -> Row:
    shares = {}
    for name, told in recalls.items():
        print(f"  recall, {name}: " + ", ".join(f"{code} {hits} of {asked}" for code, (hits, asked) in told.items()))
        shares[name] = 100 * sum(hits for hits, _asked in told.values()) / sum(asked for _hits, asked in told.values())
    return Row(
        "knowledge-recall", shares["ours"], shares["wagtail"], "% of known answers in the first ten, Wagtail's search",
        shares["ours"] / shares["wagtail"] if shares["wagtail"] else None, "better", shares["ours"] > shares["wagtail"],
        sum(asked for _hits, asked in recalls["ours"].values()),
    )  # fmt: skip
