"""What a killed launcher left behind is ended; nothing else is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from halka.launcher import processes
from halka.launcher.errors import CannotStart

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
]


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(SLEEP, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def start(folder: Path, command: list[str]) -> processes.Child:
    return processes.start(
        "child",
        command,
        folder=folder,
        log=folder / "child.log",
        environment=dict(os.environ),
        ends_by=((signal.SIGTERM, 0.3),),
    )


def test_a_child_is_recorded_while_it_runs(tmp_path: Path) -> None:
    child = start(tmp_path, SLEEP)
    assert json.loads((tmp_path / "child.pid").read_text())["pid"] == child.process.pid
    child.end()
    assert not child.is_running
    assert not (tmp_path / "child.pid").exists()


def test_a_child_that_will_not_end_is_killed(tmp_path: Path) -> None:
    child = start(tmp_path, STUBBORN)
    processes.wait_until(lambda: bool(child.last_words()) or not child.is_running, child, seconds=5, what="It")
    child.end()
    assert child.process.returncode == -signal.SIGKILL


def test_what_was_left_running_is_ended(tmp_path: Path) -> None:
    child = start(tmp_path, SLEEP)
    try:
        assert processes.recover(tmp_path) == ["child"]
        child.process.wait(5)
    finally:
        child.process.kill()
    assert not (tmp_path / "child.pid").exists()


@pytest.mark.parametrize("step", [-3600, 3600])
def test_what_was_left_is_known_after_the_clock_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    child = start(tmp_path, SLEEP)
    boot_time = psutil._psplatform.boot_time
    monkeypatch.setattr(psutil._psplatform, "boot_time", lambda: boot_time() + step)
    try:
        assert processes.recover(tmp_path) == ["child"]
    finally:
        child.end()


def test_children_of_what_was_left_are_ended_too(tmp_path: Path) -> None:
    script = f"import subprocess, sys; print(subprocess.Popen({SLEEP!r}).pid, flush=True); sys.exit()"
    child = start(tmp_path, [sys.executable, "-c", script])
    child.process.wait()
    grandchild = psutil.Process(int(child.last_words()))
    assert processes.recover(tmp_path) == ["child"]
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


def test_a_stranger_with_a_recorded_number_is_left_alone(tmp_path: Path, stranger: subprocess.Popen[bytes]) -> None:
    """The number was given again after ours had ended: neither its age nor its environment is ours."""
    started = psutil.Process(stranger.pid).create_time() - psutil.boot_time()
    for moment in (started, started - 100):
        (tmp_path / "web.pid").write_text(json.dumps({"pid": stranger.pid, "started": moment}))
        assert processes.recover(tmp_path) == []
        assert stranger.poll() is None


def test_a_child_of_another_folder_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    child = start(other, SLEEP)
    (tmp_path / "child.pid").write_text((other / "child.pid").read_text())
    assert processes.recover(tmp_path) == []
    assert child.is_running
    child.end()


@pytest.mark.parametrize("written", ["", "12", "{}", '{"pid": "x", "started": 1}'])
def test_an_unreadable_record_is_forgotten(tmp_path: Path, written: str) -> None:
    (tmp_path / "web.pid").write_text(written)
    assert processes.recover(tmp_path) == []
    assert not (tmp_path / "web.pid").exists()


def test_a_child_that_ends_while_starting_is_told_with_its_last_words(tmp_path: Path) -> None:
    child = start(tmp_path, [sys.executable, "-c", "print('no room on the ark')"])
    with pytest.raises(CannotStart, match="no room on the ark"):
        processes.wait_until(lambda: False, child, seconds=10, what="The ark")
    child.end()


def test_a_child_that_never_answers_is_told(tmp_path: Path) -> None:
    child = start(tmp_path, SLEEP)
    with pytest.raises(CannotStart, match="did not answer"):
        processes.wait_until(lambda: False, child, seconds=0.1, what="It")
    child.end()


def test_a_large_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LARGEST_LOG", 3)
    (tmp_path / "web.log").write_text("long ago")
    with processes.open_log(tmp_path / "web.log") as stream:
        stream.write(b"now")
    assert (tmp_path / "web.log.old").read_text() == "long ago"
    assert (tmp_path / "web.log").read_text() == "now"
