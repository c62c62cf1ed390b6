"""The commands of compose.yaml, started for real beside embedded servers, under production settings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import yaml

from halka.launcher import postgres, services
from halka.launcher.servers import Servers
from halka.launcher.stamps import ROOT
from tests.docker.test_compose import ASKED, DOCKER
from tests.halka.launcher.conftest import wait_for

pytestmark = pytest.mark.slow
DOMAIN = "network.example.org"
SECRETS = {"SECRET_KEY": "s" * 60, "MASTER_KEYS": "m" * 40}
LAUNCHER = [sys.executable, "-m", "halka.launcher"]


class Host:
    """What a host with containers gives its processes, with the embedded servers in place of two of them."""

    def __init__(self, folder: Path, servers: Servers) -> None:
        assert servers.postgres is not None
        self.folder = folder
        self.servers = servers
        self.postgres = servers.postgres
        self.started: list[subprocess.Popen[bytes]] = []

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        database = f"postgres://127.0.0.1:{self.postgres.port}/halka"
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "halka.settings.production",
            **SECRETS,
            "BASE_DOMAIN": DOMAIN,
            "BASE_PORT": "",
            "HTTPS": "1",
            "DATABASE_URL": self.postgres.url() if owner else database,
            "BROKER_URL": self.servers.environment["BROKER_URL"],
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "DEFAULT_FROM_EMAIL": "Halka <noreply@network.example.org>",
            "MEDIA_ROOT": str(self.folder / "media"),
            "KEYRING_ROOT": str(self.folder / "keys"),
            "STATIC_ROOT": str(self.folder / "static"),
        }

    def run(self, command: list[str], *, owner: bool = False) -> subprocess.CompletedProcess[str]:
        """To its end."""
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(owner=owner),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, name: str, *, owner: bool = False, instead: dict[str, str] | None = None) -> Path:
        """The service's command out of compose.yaml, some words replaced by others; returns its log."""
        words = [ASKED.sub("1", word) for word in COMPOSE["services"][name]["command"]]
        words = [(instead or {}).get(word, word) for word in words]
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            self.started.append(
                subprocess.Popen(
                    [*LAUNCHER, "service", *words],
                    cwd=ROOT,
                    env=self.environment(owner=owner),
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=stream,
                )
            )
        return log

    def stop(self) -> None:
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with tempfile.TemporaryDirectory(prefix="halka-") as folder, Servers(Path(folder) / "home", fast=True) as servers:
        host = Host(Path(folder), servers)
        service = COMPOSE["services"]["migrate"]
        prepared = host.run([sys.executable, *service["entrypoint"][1:], *service["command"]], owner=True)
        assert prepared.returncode == 0, prepared.stdout + prepared.stderr
        collected = host.run([*LAUNCHER, "image", str(host.folder / "static")])
        assert collected.returncode == 0, collected.stdout + collected.stderr
        try:
            yield host
        finally:
            host.stop()


def test_the_image_is_prepared_without_any_secret(host: Host) -> None:
    assert (host.folder / "static" / "staticfiles.json").exists()


def test_the_web_answers_its_health_check(host: Host) -> None:
    port = postgres.free_port()
    log = host.start("web", instead={"0.0.0.0:8000": f"127.0.0.1:{port}"})
    check = [*LAUNCHER, "healthy", "--port", str(port)]
    wait_for(lambda: services.status_of("/", port=port, host=DOMAIN, seconds=5) is not None, 60)
    done = host.run(check)
    assert done.returncode == 0, done.stderr + log.read_text()
    # Plain http is for the host's own checks alone; everything else is sent to https.
    assert services.status_of("/", port=port, host=DOMAIN) == 301


def test_the_health_check_says_when_nothing_answers(host: Host) -> None:
    done = host.run([*LAUNCHER, "healthy", "--port", str(postgres.free_port())])
    assert (done.returncode, done.stderr) == (1, "/health/live answers nothing.\n")


@pytest.mark.parametrize(
    ("name", "owner", "sign"),
    [("worker", False, " ready."), ("messenger", False, " ready."), ("provisioner", True, " ready.")],
)
def test_the_workers_start(host: Host, name: str, owner: bool, sign: str) -> None:
    log = host.start(name, owner=owner)
    wait_for(lambda: sign in log.read_text(), 60)
    queues = {"worker": services.EVERYDAY, "messenger": services.OUTSIDE, "provisioner": services.PROVISIONING}
    queue = queues[name]
    assert f".> {queue} " in log.read_text()


def test_the_clock_starts(host: Host) -> None:
    log = host.start("beat", instead={"/tmp/beat-schedule": str(host.folder / "beat-schedule")})
    wait_for(lambda: "beat: Starting" in log.read_text(), 60)


def test_the_database_script_can_run_again_and_again(host: Host) -> None:
    """It is what the PostgreSQL image runs when its cluster is created."""
    environment = {
        "PATH": f"{postgres.programs()}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(host.postgres.port),
        "PGPASSWORD": host.postgres.password_of(postgres.SUPERUSER),
        "CLUSTER_SQL": str(ROOT / "tenants/organisations/sql/cluster.sql"),
    }
    before = host.postgres.password_of(postgres.OWNER)
    for password in ("o'wn\"er", before):
        command = [str(DOCKER / "postgres" / "halka.sh")]
        done = subprocess.run(
            command,
            env={**environment, "HALKA_OWNER_PASSWORD": password},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        psycopg2.connect(
            host="127.0.0.1", port=host.postgres.port, user=postgres.OWNER, password=password, dbname="halka"
        ).close()
