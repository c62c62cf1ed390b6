"""`make run` for real: from nothing to the first page, killed hard, started again, stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from halka.launcher import services
from halka.launcher.postgres import free_port
from halka.launcher.servers import Servers
from tests.halka.launcher.conftest import Launch, processes_of, wait_for

pytestmark = pytest.mark.slow
FOREIGN = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "DATABASE_WALLS")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def var(home: Path) -> Path:
    return home


@pytest.fixture
def start(var: Path, launch: Launch, monkeypatch: pytest.MonkeyPatch) -> Start:
    """`start(port)`: as a person would, in a folder of its own; other processes' variables are given by name."""
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)

    def run(port: int, **environment: str) -> subprocess.Popen[str]:
        own = {
            "STATIC_ROOT": f"{var}/static",
            "MEDIA_ROOT": f"{var}/media",
            "KEYRING_ROOT": f"{var}/keys",
            "EMAIL_URL": f"file:{var}/mail",
        }
        return launch("run", "--port", port, "--var", var, **own, DEMO="0", **environment)

    return run


def lines_until_ready(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Logs are in"):
            return lines
    pytest.fail("it ended before it was ready:\n" + "\n".join(lines))


def test_from_nothing_to_the_first_page_and_again_after_a_kill(var: Path, start: Start) -> None:
    """One story: each start takes seconds."""
    port = free_port()
    first = start(port)
    said = lines_until_ready(first)
    assert [line for line in said if line.startswith("  Preparing the database")]
    assert [line for line in said if line.endswith(f"http://halka.localhost:{port}/")]
    assert services.status_of("/", port=port, host=f"halka.localhost:{port}") == 200
    written = (var / "servers.env").read_text()
    assert {line.split("=")[0] for line in written.splitlines()} == {"DATABASE_URL", "BROKER_URL"}
    assert stat.S_IMODE((var / "servers.env").stat().st_mode) == 0o600

    web = json.loads((var / "run" / "web.pid").read_text())["pid"]
    os.kill(web, signal.SIGKILL)
    assert first.stdout is not None
    assert "web ended" in first.stdout.readline(), "and is started again"
    wait_for(lambda: services.status_of("/", port=port, host=f"halka.localhost:{port}") == 200, 60)

    first.kill()
    first.wait()
    wait_for(lambda: not processes_of(var / "run"))

    second = start(port)
    said = lines_until_ready(second)
    assert [line for line in said if line.startswith("  Preparing the database")] == [], "nothing has changed"
    assert services.status_of("/", port=port, host=f"halka.localhost:{port}") == 200

    second.send_signal(signal.SIGINT)
    rest = second.communicate(timeout=120)[0].splitlines()
    assert rest[-2:] == ["Stopping …", "Stopped: nothing that was started here runs any more."]
    assert second.returncode == 0
    assert processes_of(var / "run") == []
    assert not (var / "servers.env").exists()


def test_servers_of_the_environment_are_used_and_left_running(var: Path, start: Start) -> None:
    port = free_port()
    with Servers(var.with_name("elsewhere"), fast=True) as elsewhere:
        process = start(port, **elsewhere.environment)
        said = lines_until_ready(process)
        assert said[0].startswith("  Using the servers of the environment")
        assert {child.name() for child in processes_of(var / "run")} & {"postgres", "valkey-server"} == set()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        psycopg2.connect(elsewhere.environment["DATABASE_URL"]).close()


def test_a_port_in_use_is_one_sentence(var: Path, start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(port)
        said = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert said.startswith(f"Port {port} is in use by ")
    assert said.count("\n") == 1
    assert processes_of(var / "run") == []
