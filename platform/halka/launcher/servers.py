"""PostgreSQL and Valkey in one folder: started together, stopped together."""

import fcntl
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from halka.launcher import postgres, processes, valkey
from halka.launcher.errors import CannotStart, check_space, one_sentence
from halka.launcher.identity import identity_for


class Servers:
    """`with Servers(home) as servers: servers.environment` holds DATABASE_URL and BROKER_URL.

    `settings` are PostgreSQL's own and win over ours.
    """

    def __init__(
        self,
        home: Path,
        *,
        fast: bool = False,
        settings: Mapping[str, str] | None = None,
        with_postgres: bool = True,
        with_valkey: bool = True,
    ) -> None:
        self.home = home.absolute()
        self.fast = fast
        self.settings = settings or {}
        self.with_postgres = with_postgres
        self.with_valkey = with_valkey
        self.recovered: list[str] = []
        self.postgres: postgres.Postgres | None = None
        self.valkey: valkey.Valkey | None = None
        self._lock: IO[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to reach the servers as the database's owner."""
        values = {}
        if self.postgres is not None:
            values["DATABASE_URL"] = self.postgres.url()
        if self.valkey is not None:
            values["BROKER_URL"] = self.valkey.url
        return values

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def are_new(self) -> bool:
        """Whether the next start has a cluster to create."""
        return self.with_postgres and not (self.home / "postgres" / "data" / "PG_VERSION").exists()

    def claim(self) -> None:
        """Make the folder ours alone, and end what a killed launcher has left running from it."""
        with one_sentence(self.home):
            self.home.mkdir(parents=True, exist_ok=True)
            check_space(self.home)
            self._lock = self._locked()
            self.recovered = processes.recover(self.home)

    def start(self) -> None:
        """Both servers run on return, and may not answer yet."""
        if self._lock is None:
            self.claim()
        with one_sentence(self.home):
            programs = [postgres.programs()] if self.with_postgres else []
            programs += [valkey.program()] if self.with_valkey else []
            identity = identity_for(self.home, programs)
            if self.with_valkey:
                self.valkey = valkey.Valkey(self.home, fast=self.fast, identity=identity)
                self.valkey.start()
            if self.with_postgres:
                self.postgres = postgres.Postgres(self.home, fast=self.fast, identity=identity, settings=self.settings)
                self.postgres.start()

    def wait(self) -> None:
        """Until both answer."""
        with one_sentence(self.home):
            if self.postgres is not None:
                self.postgres.wait()
            if self.valkey is not None:
                self.valkey.wait()

    def stop(self) -> None:
        """Both at once; safe to call twice."""
        running = [server for server in (self.postgres, self.valkey) if server is not None]
        for server in running:
            if server.child is not None:
                server.child.ask_to_end()
        for server in running:
            server.stop()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _locked(self) -> IO[str]:
        """Held while we live: the kernel gives it back however we end."""
        lock = (self.home / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            lock.close()
            raise CannotStart(
                f"{self.home} is already in use by process {holder or '?'}: stop that one, or choose another --home."
            ) from None
        with suppress(OSError):
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
        return lock
