"""A request with organisation, role and access check against the same page of a plain Django project."""

from __future__ import annotations

from statistics import median, quantiles

from bench.databases import databases
from bench.measure import Row, Side

BLOCK = 4


def request(quick: bool) -> list[Row]:
    """The list of clients as a whole page, the part of it that htmx asks for, and a small page of one query."""
    rows = []
    with databases(), Side("ours", "pages") as ours, Side("plain", "pages") as theirs:
        for side in (ours, theirs):
            side.ask("furnish")
        for name, page in (("request", "whole"), ("request-fragment", "fragment"), ("request-small", "small")):
            for side in (ours, theirs):
                side.ask("serve", count=30, page=page)
            ours_ms: list[float] = []
            theirs_ms: list[float] = []
            for turn in range(25 if quick else 150):
                first, second = (ours, theirs) if turn % 2 else (theirs, ours)
                taken = {side: side.ask("serve", count=BLOCK, page=page) for side in (first, second)}
                ours_ms += taken[ours]
                theirs_ms += taken[theirs]
            seen = [side.ask("seen", page=page) for side in (ours, theirs)]
            assert seen[0]["rows"] == seen[1]["rows"] >= 25, seen
            few, many = seen[0]["queries"]
            ratio = median(ours_ms) / median(theirs_ms)
            print(
                f"  {name}: {many} queries for {seen[0]['rows']} rows, {few} for one; plain {seen[1]['queries'][1]}; "
                f"95th percentile {_p95(ours_ms):.1f} against {_p95(theirs_ms):.1f} ms"
            )
            rows.append(
                Row(
                    name, median(ours_ms), median(theirs_ms), "ms, plain Django", ratio,
                    "at most 1.25, constant number of queries", ratio <= 1.25 and few == many, len(ours_ms) * 2,
                )
            )  # fmt: skip
    return rows


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
