"""docs/performance.md out of var/bench.jsonl: the last row of each figure; what was not measured here stays."""

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
    return [Row(**json.loads(line)) for line in LINES.read_text().splitlines()]


def line(row: Row) -> str:
    verdicts = {True: "yes", False: "**no**", None: ""}
    return (
        f"| {row.name} | {number(row.ours)} | {'' if row.theirs is None else number(row.theirs)} | {row.unit} | "
        f"{'' if row.ratio is None else number(row.ratio)} | {row.goal} | {verdicts[row.holds]} | {row.rows:,} | "
        f"{row.commit} |"
    )


def write() -> None:
    """Replaces the head, and in the table the rows that were measured; what stands below it stays."""
    old = PAGE.read_text() if PAGE.exists() else HEAD
    table, heading, below = old.partition("\n## ")
    by_name = {name(told): told for told in table.splitlines() if told.startswith("| ") and told not in HEAD}
    by_name |= {row.name: line(row) for row in last_rows()}
    PAGE.write_text(HEAD + "".join(f"{by_name[name]}\n" for name in sorted(by_name)) + heading + below)


def name(line: str) -> str:
    return line.split("|")[1].strip()
