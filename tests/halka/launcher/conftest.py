"""Real servers in small folders. Each test ends what it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from halka.launcher import processes

Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path: sockets live below it."""
    with tempfile.TemporaryDirectory(prefix="halka-") as folder:
        yield Path(folder) / "home"
        for process in processes_of(Path(folder) / "home"):
            process.kill()


@pytest.fixture
def launch() -> Iterator[Launch]:
    """`launch("servers", …)` starts the launcher in a process of its own; its output is one text."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, prefix: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "halka.launcher", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def processes_of(home: Path) -> list[psutil.Process]:
    """All that a launcher has started from `home` and that still runs."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get(processes.MARK) == str(home)
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
