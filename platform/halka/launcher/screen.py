"""What the person at the terminal sees: a line per step, its progress while it runs, its time at the end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 42
LONGEST_STATE = 60


class Step:
    def __init__(self, screen: "Screen", title: str) -> None:
        self.screen = screen
        self.title = title
        self.state = ""
        self.started = time.monotonic()

    def show(self, state: str) -> None:
        self.state = state.strip()[:LONGEST_STATE]
        self.screen.redraw()

    def finish(self, note: str = "") -> None:
        took = time.monotonic() - self.started
        self.screen.running.remove(self)
        self.screen.say(f"  {self.title:<{WIDTH}}{took:>6.1f} s  {note}".rstrip())

    def drop(self) -> None:
        """It failed: what is said next tells why."""
        self.screen.running.remove(self)
        self.screen.redraw()


class Screen:
    """Finished steps scroll up; at a terminal the running ones share one live line at the bottom."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.is_live = self.stream.isatty()
        self.running: list[Step] = []

    def say(self, text: str = "") -> None:
        clear = "\r\x1b[K" if self.is_live else ""
        print(f"{clear}{text}", file=self.stream, flush=True)
        self.redraw()

    def begin(self, title: str) -> Step:
        step = Step(self, title)
        self.running.append(step)
        self.redraw()
        return step

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        step = self.begin(title)
        try:
            yield step
        except BaseException:
            step.drop()
            raise
        step.finish()

    def redraw(self) -> None:
        if not self.is_live:
            return
        line = "   ".join(f"{step.title} … {step.state}".rstrip() for step in self.running)
        print(f"\r\x1b[K  {line[:110]}" if line else "\r\x1b[K", end="", file=self.stream, flush=True)
