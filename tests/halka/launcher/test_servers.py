"""Embedded PostgreSQL and Valkey: how they start, what they hold, how they end."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
import redis

from halka.launcher.errors import CannotStart
from halka.launcher.identity import CAP_DAC_READ_SEARCH, Identity
from halka.launcher.processes import wrapped
from halka.launcher.servers import Servers
from tests.halka.launcher.conftest import Launch, processes_of, wait_for

SHOW_ADDRESSES = "import json, os; print(json.dumps({k: os.environ[k] for k in ('DATABASE_URL', 'BROKER_URL')}))"
SIGNAL_READY = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1] + ".new").write_text(os.environ["DATABASE_URL"])
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""
pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_both_servers_answer_and_are_gone_afterwards(home: Path) -> None:
    with Servers(home, fast=True) as servers:
        addresses = servers.environment
        assert query(addresses["DATABASE_URL"], "SELECT 1") == [(1,)]
        with redis.Redis.from_url(addresses["BROKER_URL"]) as broker:
            assert broker.ping()
        assert len(processes_of(home)) >= 2
    assert processes_of(home) == []
    with pytest.raises(psycopg2.OperationalError):
        query(addresses["DATABASE_URL"], "SELECT 1")


def test_the_owner_is_no_superuser_and_the_public_has_lost_its_rights(home: Path) -> None:
    with Servers(home, fast=True) as servers:
        url = servers.environment["DATABASE_URL"]
        rights = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert query(url, rights) == [(False, True, True)]
        revoked = "SELECT count(*) FROM pg_proc WHERE proname = 'set_config' AND proacl::text LIKE '{=X%'"
        assert query(url, revoked) == [(0,)]
        # template1 as well: a database made from it begins with the same rights.
        query(url, "CREATE DATABASE another")
        assert query(f"{url.removesuffix('halka')}another", revoked) == [(0,)]
        settings = "SELECT current_setting('max_connections'), current_setting('max_locks_per_transaction')"
        assert query(url, settings) == [("300", "512")]


def test_nothing_secret_can_be_read_by_others(home: Path) -> None:
    with Servers(home, fast=True):
        for name in ("passwords.json", "valkey/valkey.conf", "valkey/password"):
            assert stat.S_IMODE((home / name).stat().st_mode) & 0o077 == 0, name


def test_without_the_password_nobody_gets_in(home: Path) -> None:
    with Servers(home, fast=True) as servers:
        assert servers.valkey is not None
        password = json.loads((home / "passwords.json").read_text())["halka_owner"]
        with pytest.raises(psycopg2.OperationalError):
            query(servers.environment["DATABASE_URL"].replace(password, "guess"), "SELECT 1")
        with (
            redis.Redis.from_url(servers.environment["BROKER_URL"].replace(servers.valkey.password, "guess")) as broker,
            pytest.raises(redis.AuthenticationError),
        ):
            broker.ping()


def test_the_commands_exit_code_is_the_launchers(home: Path, launch: Launch) -> None:
    process = launch("servers", "--home", home, "--fast", "--", "sh", "-c", "exit 7")
    process.communicate(timeout=120)
    assert process.returncode == 7


def test_several_homes_run_side_by_side(home: Path, launch: Launch) -> None:
    homes = [home.with_name(name) for name in ("first", "second")]
    running = [launch("servers", "--home", h, "--fast", "--", sys.executable, "-c", SHOW_ADDRESSES) for h in homes]
    addresses = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert addresses[0]["DATABASE_URL"] != addresses[1]["DATABASE_URL"]
    assert addresses[0]["BROKER_URL"] != addresses[1]["BROKER_URL"]


def test_a_folder_in_use_is_refused_in_one_sentence(home: Path, launch: Launch) -> None:
    with Servers(home, fast=True):
        process = launch("servers", "--home", home, "--", "true")
        said = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert said == f"{home} is already in use by process {os.getpid()}: stop that one, or choose another --home.\n"


def test_a_killed_launcher_takes_all_with_it_and_loses_no_committed_row(home: Path, launch: Launch) -> None:
    """Not --fast: what was acknowledged is on the disk."""
    ready = home.with_name("ready")
    process = launch("servers", "--home", home, "--", sys.executable, "-c", SIGNAL_READY, ready)
    wait_for(ready.exists)
    query(ready.read_text(), "CREATE TABLE kept AS SELECT 42 AS answer")
    process.kill()
    process.wait()
    wait_for(lambda: not processes_of(home))
    with Servers(home) as servers:
        assert query(servers.environment["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]


def test_servers_killed_with_their_launcher_start_again(home: Path, launch: Launch) -> None:
    """Nobody tidied up: stale pid files and sockets lie about."""
    ready = home.with_name("ready")
    process = launch("servers", "--home", home, "--fast", "--", sys.executable, "-c", SIGNAL_READY, ready)
    wait_for(ready.exists)
    left = processes_of(home)
    process.kill()
    for server in left:
        server.kill()
    process.wait()
    assert (home / "postgres" / "data" / "postmaster.pid").exists()
    with Servers(home, fast=True) as servers:
        assert query(servers.environment["DATABASE_URL"], "SELECT 1") == [(1,)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_command_first_and_the_servers_after_it(
    home: Path, launch: Launch, number: signal.Signals
) -> None:
    ready, told = home.with_name("ready"), home.with_name("told")
    script = f"trap 'echo asked > {told}; exit 3' TERM INT HUP; touch {ready}; while :; do sleep 0.05; done"
    process = launch("servers", "--home", home, "--fast", "--", "sh", "-c", script)
    wait_for(ready.exists)
    process.send_signal(number)
    process.communicate(timeout=120)
    assert told.read_text() == "asked\n"
    assert process.returncode == 3
    assert processes_of(home) == []


def test_a_command_that_is_not_there_is_told_in_one_sentence(home: Path, launch: Launch) -> None:
    process = launch("servers", "--home", home, "--", "no-such-command")
    assert process.communicate(timeout=120)[0] == "There is no command no-such-command to run.\n"
    assert process.returncode == 1


def test_a_full_disk_is_told_in_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halka.launcher.errors.LEAST_FREE_MIB", 10**9)
    with pytest.raises(CannotStart, match="No space is left on the disk"):
        Servers(home).start()


def test_a_long_path_still_gets_a_socket(home: Path) -> None:
    deep = home / ("long" * 25)
    with Servers(deep, fast=True, with_valkey=False) as servers:
        assert servers.postgres is not None
        assert not servers.postgres.socket_folder.is_relative_to(deep)
        assert query(servers.environment["DATABASE_URL"], "SELECT 1") == [(1,)]


@as_root
def test_root_gets_past_a_folder_that_is_closed_to_others(home: Path) -> None:
    home.mkdir(mode=0o700)
    with Servers(home / "inner", fast=True) as servers:
        assert query(servers.environment["DATABASE_URL"], "SELECT 1") == [(1,)]
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        owner = (home / "inner" / "postgres").stat().st_uid
    assert owner != 0


@as_root
def test_a_normal_user_starts_them_as_himself() -> None:
    somebody = Identity(65534, 65534, CAP_DAC_READ_SEARCH)  # reads this checkout wherever it lies, owns nothing
    with tempfile.TemporaryDirectory(prefix="halka-") as folder:
        os.chown(folder, somebody.uid, somebody.gid)
        command = ["servers", "--home", f"{folder}/home", "--fast", "--", "id", "-u"]
        done = subprocess.run(
            wrapped([sys.executable, "-m", "halka.launcher", *command], somebody, None),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert (done.stdout, done.returncode) == ("65534\n", 0), done.stderr
        assert (Path(folder) / "home" / "postgres").stat().st_uid == somebody.uid


@as_root
def test_a_folder_of_somebody_else_is_refused_in_one_sentence(home: Path) -> None:
    home.mkdir(mode=0o755)
    somebody = Identity(65534, 65534, CAP_DAC_READ_SEARCH)
    done = subprocess.run(
        wrapped(
            [sys.executable, "-m", "halka.launcher", "servers", "--home", str(home / "x"), "--", "true"], somebody, None
        ),
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"No permission to write {home / 'x'}")
