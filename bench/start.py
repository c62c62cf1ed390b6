"""From nothing to the first page, and the same again: a copy of the repository, a home and a port of its own."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from bench.measure import ROOT, Row
from halka.launcher.postgres import free_port


def start(quick: bool) -> list[Row]:
    """The packages are installed already; data, compiled catalogues and static files are not there yet."""
    with tempfile.TemporaryDirectory(prefix="halka-start-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        copy = folder / "halka"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        first = _seconds_to_the_first_page(copy)
        again = [_seconds_to_the_first_page(copy) for _ in range(1 if quick else 3)]
    second = sorted(again)[len(again) // 2]
    return [
        Row("start", first, 30, "s, the limit", first / 30, "under 30 s on an empty machine", first < 30, 1),
        Row("start-again", second, 5, "s, the limit", second / 5, "under 5 s the second time", second < 5, len(again)),
    ]


def _seconds_to_the_first_page(copy: Path) -> float:
    """Starts, waits for a page that says 200, and stops it all again."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DATABASE_SUPERUSER_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE", "DEMO"}
    }
    # Before the installed project: the copy is what starts.
    environment["PYTHONPATH"] = f"{copy}{os.pathsep}{copy / 'platform'}"
    started, before = time.perf_counter(), _processor_seconds()
    process = subprocess.Popen(
        [sys.executable, "-m", "halka.launcher", "run", "--port", str(port)],
        cwd=copy,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - started > 300:
                process.send_signal(signal.SIGINT)
                raise RuntimeError(f"It did not start: {process.communicate()[0][-2000:]}")
            time.sleep(0.02)
        return time.perf_counter() - started
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        process.communicate()
        print(f"  start: {_processor_seconds() - before:.1f} s of processor time, stopping included")


def _processor_seconds() -> float:
    """Of everything that was started here and has ended: what a busy machine does not stretch."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request("GET", "/", headers={"Host": "halka.localhost"})
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()
