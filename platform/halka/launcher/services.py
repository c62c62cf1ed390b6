"""The processes of Halka itself: web, worker, beat."""

import errno
import http.client
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from halka.launcher.errors import CannotStart

THREADS = 4
# Creating organisations takes the owner's rights: these tasks have a queue of their own.
EVERYDAY, PROVISIONING = "celery", "provisioning"
OUTSIDE = "webhooks"  # sending waits for receivers outside: slow ones hold up nobody here
# Without the address's question and the page it came from: both may hold what somebody searched for.
ACCESS_LOG = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def web(binds: Sequence[str], *, workers: int, access_log: str | None) -> list[str]:
    """Loaded once and then forked, so that the cores share what is loaded. Without an `access_log` there is Halka's own
    alone, which knows routes and not addresses."""
    logged = ["--access-logfile", access_log, "--access-logformat", ACCESS_LOG] if access_log else []
    return [
        *[sys.executable, "-m", "gunicorn", "halka.wsgi:application", "--preload"],
        *[part for address in binds for part in ("--bind", address)],
        *["--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS)],
        *["--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5"],
        *["--logger-class", "halka.operating.serving.QuietLogger"],
        *[*logged, "--no-control-socket"],
    ]


def worker(name: str, queues: Sequence[str], *, processes: int) -> list[str]:
    return [
        *[sys.executable, "-m", "celery", "-A", "halka.celery", "worker", "--pool", "prefork"],
        *["--concurrency", str(processes), "--hostname", f"{name}@%h", "--queues", ",".join(queues)],
        *["--loglevel", "INFO", "--without-gossip", "--without-mingle"],
    ]


def beat(schedule: Path) -> list[str]:
    return [
        *[sys.executable, "-m", "celery", "-A", "halka.celery", "beat", "--loglevel", "INFO"],
        *["--schedule", str(schedule), "--pidfile="],
    ]


def cores() -> int:
    """At least two, so that one slow request does not hold everybody; few enough for a laptop."""
    return max(2, min(4, os.cpu_count() or 2))


def addresses(port: int) -> list[str]:
    """Both families where the machine has them: browsers try either for names below localhost."""
    found = []
    for family, host in LOOPBACK:
        with suppress(OSError), socket.socket(family) as probe:
            probe.bind((host, 0))
            found.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return found


def check_port(port: int) -> None:
    """Raises CannotStart when the port cannot be had."""
    for family, host in LOOPBACK:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError:
                raise CannotStart(
                    f"Only root may use port {port}: take another one, `make run PORT={8000 + port}`."
                ) from None
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    holder = "; ".join(listeners(port))
                    raise CannotStart(
                        f"Port {port} is in use{f' by {holder}' if holder else ''}: stop that program, "
                        f"or take another port, `make run PORT={port + 1}`."
                    ) from None


def status_of(path: str, *, port: int, host: str, seconds: float = 30) -> int | None:
    """The status of a page of the web process on this machine; None when nothing answers."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        asked.request("GET", path, headers={"Host": host})
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asked.close()


def listeners(port: int) -> list[str]:
    """Names of the programs that listen there, as far as the system tells."""
    found = set()
    with suppress(psutil.Error):
        for link in psutil.net_connections(kind="tcp"):
            listens = link.status == psutil.CONN_LISTEN and link.laddr and link.laddr[1] == port
            if listens and link.pid:
                with suppress(psutil.Error):
                    found.add(f"{psutil.Process(link.pid).name()}, process {link.pid}")
    return sorted(found)
