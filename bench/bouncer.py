"""A PgBouncer of our own in a temporary folder, in front of the database at hand. The leak bench and tests use it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from halka.launcher.postgres import free_port

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def bouncer(
    *, mode: str, database: str, host: str, port: str, logins: Iterable[tuple[str, str]], pool: int = 20
) -> Iterator[int]:
    """Yields the port of 127.0.0.1 that PgBouncer listens on. `logins` are (role, password); `pool` is per role."""
    if PROGRAM is None:
        raise FileNotFoundError("PgBouncer is missing: `make test` installs it (Debian's package pgbouncer).")
    accounts = list(logins)
    with tempfile.TemporaryDirectory(prefix="halka-bouncer-") as name:
        folder, listening = Path(name), free_port()
        (folder / "users.txt").write_text("".join(f'"{role}" "{password}"\n' for role, password in accounts))
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\n{database} = host={host} port={port} dbname={database}\n"
            "[pgbouncer]\nlisten_addr = 127.0.0.1\nunix_socket_dir =\n"
            f"listen_port = {listening}\npool_mode = {mode}\nauth_type = scram-sha-256\n"
            f"auth_file = {folder / 'users.txt'}\nlogfile = {folder / 'log'}\n"
            f"default_pool_size = {pool}\nmax_client_conn = 500\nserver_login_retry = 1\n"
        )
        owner = _give_away(folder) if os.geteuid() == 0 else None
        process = subprocess.Popen(
            [PROGRAM, "-q", str(folder / "pgbouncer.ini")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=owner and owner.pw_uid,
            group=owner and owner.pw_gid,
            extra_groups=[] if owner else None,
        )
        try:
            _wait(process, folder / "log", port=listening, database=database, login=accounts[0])
            yield listening
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _give_away(folder: Path) -> pwd.struct_passwd:
    """PgBouncer refuses to run as root: the folder becomes that of a user without any rights."""
    owner = pwd.getpwnam("nobody")
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return owner


def _wait(process: subprocess.Popen[bytes], log: Path, *, port: int, database: str, login: tuple[str, str]) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            psycopg2.connect(host="127.0.0.1", port=port, dbname=database, user=login[0], password=login[1]).close()
        except psycopg2.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                words = log.read_text(errors="replace")[-1000:] if log.exists() else ""
                raise RuntimeError(f"PgBouncer does not answer: {error} {words}") from error
            time.sleep(0.05)
        else:
            return
