"""What a bench returns, where it is written down, and the processes that measure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[1]
LINES = ROOT / "var" / "bench.jsonl"
LOG = ROOT / "var" / "bench.log"


@dataclass(frozen=True)
class Row:
    """One figure. `theirs` is what it is held against and None where a limit stands in `goal` alone;
    `rows` says how many requests, organisations or starts it rests on; `holds` is None where nothing was promised.
    """

    name: str
    ours: float
    theirs: float | None
    unit: str
    ratio: float | None
    goal: str
    holds: bool | None
    rows: int
    commit: str = ""

    def line(self) -> str:
        theirs = "" if self.theirs is None else f" against {number(self.theirs)}"
        ratio = "" if self.ratio is None else f", ratio {number(self.ratio)}"
        verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[self.holds]
        return f"{self.name}: {number(self.ours)}{theirs} {self.unit}{ratio}; goal: {self.goal}; {verdict}".rstrip("; ")


def number(value: float) -> str:
    """Three significant digits, thousands in groups."""
    if value and abs(value) < 100:
        return f"{value:.3g}"
    return f"{value:,.0f}"


def commit() -> str:
    """The commit that was measured; a plus where files differ from it."""
    asked = ["git", "describe", "--always", "--abbrev=10", "--dirty=+", "--exclude=*"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def write_down(rows: Sequence[Row]) -> None:
    LINES.parent.mkdir(exist_ok=True)
    with LINES.open("a") as lines:
        for row in rows:
            lines.write(json.dumps(asdict(row)) + "\n")


class Side:
    """One of the parties, as a Python process of its own: `side.ask("create", number=3)` calls a function there.

    `elsewhere` are the variables that name other servers than those at hand.
    """

    def __init__(self, settings: str, work: str, elsewhere: Mapping[str, str] | None = None) -> None:
        self.name = f"{settings} {work}"
        LOG.parent.mkdir(exist_ok=True)
        with LOG.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bench.side", work],
                cwd=ROOT,
                env={**os.environ, **(elsewhere or {}), "DJANGO_SETTINGS_MODULE": f"bench.settings_{settings}"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, verb: str, **arguments: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([verb, arguments]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended while it was asked to {verb}; {LOG} tells why.")
        return json.loads(answer)
