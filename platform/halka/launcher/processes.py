"""Children that end with us, and children of an earlier launcher that was killed hard."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from halka.launcher.errors import CannotStart
from halka.launcher.identity import Identity

MARK = "HALKA_LAUNCHED_FROM"
LARGEST_LOG = 20 * 1024 * 1024
_CHILD = Path(__file__).with_name("child.py")


def wrapped(command: Sequence[str], identity: Identity | None, at_parents_death: signal.Signals | None) -> list[str]:
    """The command line that drops to `identity` and dies with this process."""
    wishes: list[int | None] = [at_parents_death, None, None, None]
    if identity is not None:
        wishes[1:] = [identity.uid, identity.gid, identity.capability]
    shown = ["-" if wish is None else str(int(wish)) for wish in wishes]
    return [sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), *shown, *command]


@dataclass
class Child:
    """A running child, its record in `folder`, and what ends it: (signal, seconds to wait after it)."""

    name: str
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path
    ends_by: Sequence[tuple[signal.Signals, float]] = field(default=((signal.SIGTERM, 10.0),))

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_end(self) -> None:
        if self.is_running:
            self.process.send_signal(self.ends_by[0][0])

    def end(self) -> None:
        """Returns when the child and its group are gone; forgets the record."""
        for number, seconds in self.ends_by:
            if not self.is_running:
                break
            self.process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        _record(self.folder, self.name).unlink(missing_ok=True)

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(
    name: str,
    command: Sequence[str],
    *,
    folder: Path,
    log: Path,
    environment: Mapping[str, str],
    identity: Identity | None = None,
    at_parents_death: signal.Signals = signal.SIGTERM,
    ends_by: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10.0),),
    working_folder: Path | None = None,
) -> Child:
    """Start in a session of its own: a Ctrl-C at the terminal reaches only the launcher.

    Call it from the main thread alone: to the kernel the end of the starting thread is the parent's death.
    """
    with open_log(log) as stream:
        process = subprocess.Popen(
            wrapped(command, identity, at_parents_death),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**environment, MARK: str(folder)},
            cwd=working_folder,
            start_new_session=True,
        )
    child = Child(name, folder, process, log, ends_by)
    with suppress(psutil.NoSuchProcess):
        record = {"pid": process.pid, "started": _started(psutil.Process(process.pid))}
        _record(folder, name).write_text(json.dumps(record))
    return child


def open_log(path: Path) -> IO[bytes]:
    """For appending; a log that has grown large is put aside once."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(path.name + ".old"))
    return path.open("ab")


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float, what: str) -> None:
    """Raises CannotStart with the child's last words when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not child.is_running:
            raise CannotStart(f"{what} ended while starting; the end of {child.log}:\n{child.last_words()}")
        if time.monotonic() > deadline:
            raise CannotStart(f"{what} did not answer within {seconds:.0f} seconds; look into {child.log}.")
        time.sleep(0.01)


def recover(folder: Path) -> list[str]:
    """End what an earlier launcher left running in `folder`, when it is provably that; the names ended."""
    ended = []
    for path in sorted(folder.glob("*.pid")):
        left = _left_over(path, folder)
        if left:
            end_processes(left)
            ended.append(path.stem)
        path.unlink(missing_ok=True)
    return ended


def end_processes(processes: Sequence[psutil.Process], seconds: float = 10.0) -> None:
    """Interrupt (a fast stop for every server we start), then kill."""
    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(signal.SIGINT)
    for process in psutil.wait_procs(processes, timeout=seconds)[1]:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=5)


def _left_over(path: Path, folder: Path) -> list[psutil.Process]:
    try:
        record = json.loads(path.read_text())
        pid, started = int(record["pid"]), float(record["started"])
    except (ValueError, KeyError, TypeError):
        return []
    members = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            later = _started(process) - started
            same = process.pid == pid and abs(later) < 1
            child_of_it = process.pid != pid and os.getpgid(process.pid) == pid and later > -1
            if (same or child_of_it) and process.environ().get(MARK) == str(folder):
                members.append(process)
    return members


def _started(process: psutil.Process) -> float:
    """Seconds after the machine's own start: its clock may be set meanwhile."""
    return process.create_time() - psutil.boot_time()


def _record(folder: Path, name: str) -> Path:
    return folder / f"{name}.pid"
