"""docs/performance.md out of var/bench.jsonl: the last row of each figure."""

from __future__ import annotations

import json

from bench.measure import LINES, ROOT, Row, number

PAGE = ROOT / "docs" / "performance.md"
HEAD = """# Performance

What is promised in figures, and what was measured last. `make bench` measures all of it, `make bench ONLY=request` one
bench; each appends to `var/bench.jsonl`. This table was written from there by `.venv/bin/python -m bench --write-docs`.
Ratios carry over from machine to machine, the figures themselves do not: both sides of a ratio are measured in the same
run, in turn, each in a process of its own.

| figure | ours | held against | unit | ratio | goal | holds | rests on | commit |
|---|---|---|---|---|---|---|---|---|
"""


def last_rows() -> list[Row]:
    if not LINES.exists():
        raise SystemExit("var/bench.jsonl is not there yet: run `make bench` first.")
    found: dict[str, Row] = {}
    for line in LINES.read_text().splitlines():
        row = Row(**json.loads(line))
        found[row.name] = row
    return [found[name] for name in sorted(found)]


def table(rows: list[Row]) -> str:
    verdicts = {True: "yes", False: "**no**", None: ""}
    return "".join(
        f"| {row.name} | {number(row.ours)} | {'' if row.theirs is None else number(row.theirs)} | {row.unit} | "
        f"{'' if row.ratio is None else number(row.ratio)} | {row.goal} | {verdicts[row.holds]} | {row.rows:,} | "
        f"{row.commit} |\n"
        for row in rows
    )


def write() -> None:
    """Replaces the head and the table; what stands below them stays."""
    old = PAGE.read_text() if PAGE.exists() else ""
    below = old[old.index("\n## ") :] if "\n## " in old else ""
    PAGE.write_text(HEAD + table(last_rows()) + below)
