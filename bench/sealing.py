"""What it costs that a note about a person is sealed, and that the audit says who wrote it."""

from __future__ import annotations

from statistics import median, quantiles

from bench.databases import databases
from bench.measure import Row, Side

BLOCK = 5


def sealing(quick: bool) -> list[Row]:
    """One transaction each: a sealed row with its entry in the chained audit, and the same row in plain text."""
    times: dict[bool, list[float]] = {True: [], False: []}
    with databases(), Side("ours", "sealing") as side:
        side.ask("furnish")
        for sealed in (True, False):
            side.ask("write", count=100, sealed=sealed)
        for turn in range(40 if quick else 300):
            for sealed in (True, False) if turn % 2 else (False, True):
                times[sealed] += side.ask("write", count=BLOCK, sealed=sealed)
        seen = side.ask("seen")
    written = len(times[True]) + 101
    assert seen["opened"] == written, seen
    assert seen["links"] >= written, seen
    ours, theirs = median(times[True]), median(times[False])
    print(
        f"  sealed-write: {seen['sealed']} statements against {seen['plain']}; "
        f"95th percentile {quantiles(times[True], n=20)[-1]:.1f} against {quantiles(times[False], n=20)[-1]:.1f} ms"
    )
    return [
        Row(
            "sealed-write", ours, theirs, "ms, the same row in plain text without audit", ours / theirs,
            "at most 2", ours / theirs <= 2, len(times[True]) * 2,
        )
    ]  # fmt: skip
