"""Webhooks while everything that carries them is killed: workers, those who write events, connections, receivers.

Every part is a process of its own, forked from here and forked again when it dies. At each step of its work it draws
lots: most often it goes on; sometimes it kills itself (SIGKILL), has its database connection ended by the server, or
sleeps until its lease is over and then goes on as if nothing had happened. The receiver dies too: before it has written
a message down, after that, and in the middle of its answer. Import it after Django is set up; the organisation is the
caller's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import signal
import socket
import sys
import time
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import psycopg2
from django.conf import settings
from django.db import connections, transaction

from halka.audit.domain import SYSTEM, record
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.domain import deliveries, events, outbox, rounds, sending
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint
from tenants.integrations.models import Delivery, Event
from tenants.organisations.isolation import inside
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls.identities import organisation_identity

LEASE = 0.3  # seconds; all times are short here, so that what takes days takes seconds
ANSWER_TIME = 0.2
LANES = 12
RATE = 0.03  # of trouble, at each step
WORKERS, WRITERS, RECEIVERS = 3, 2, 2
MOST_WAITING = 200  # writers wait for workers
PACE = 0.05  # seconds between the events of one writer
KINDS = ("kill", "kill", "terminate", "stall")
PATIENCE = 300.0  # seconds until a run that does not come to its end is given up


@dataclass
class Report:
    """What came of it. `lost`, `invented`, `disordered`, `forged` and `left` are to be empty or zero.

    `extra` messages came more than once: each for a reason among `faults`.
    """

    events: int = 0
    messages: int = 0
    lost: int = 0
    invented: int = 0
    disordered: int = 0
    forged: int = 0
    extra: int = 0
    left: int = 0
    gaps: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        wrong = (self.lost, self.invented, self.disordered, self.forged, self.left, self.gaps)
        return not any(wrong) and self.extra <= self.faults.total()


@dataclass(frozen=True)
class Trouble:
    """Draws lots in one process."""

    lots: random.Random
    log: Path
    organisation: OrganisationRef

    def at(self, step: str) -> None:
        if self.lots.random() >= RATE:
            return
        kind = self.lots.choice(KINDS)
        self.note(f"{step} {kind}")
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif kind == "stall":
            time.sleep(LEASE * 1.5)
        else:
            self.end_connection()

    def note(self, words: str) -> None:
        append(self.log, words)

    def end_connection(self) -> None:
        """A role may end its own sessions: the one at work here, from a second one."""
        connection = walls.wrapper_of(self.organisation).connection
        if connection is not None:
            with suppress(psycopg2.Error), connection.cursor() as cursor:
                cursor.execute("SELECT 1")  # it is alive
            second = _connect(self.organisation)
            with second.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
            second.close()

    def around(self, module: Any, name: str, before: str = "", after: str = "") -> None:
        """From now on in this process, the function has trouble before it begins and after it has ended."""
        function: Callable[..., Any] = getattr(module, name)

        def troubled(*arguments: Any, **named: Any) -> Any:
            if before:
                self.at(before)
            value = function(*arguments, **named)
            if after:
                self.at(after)
            return value

        setattr(module, name, troubled)


def run(organisation: OrganisationRef, *, seed: int, target: int, folder: Path) -> Report:
    """Writes events until there were `target` faults, and then waits until everything has arrived."""
    begun = time.monotonic()
    ports = [_free_port() for _ in range(RECEIVERS)]
    secrets = {}
    with _reaching_inside(), inside(organisation):
        for number, port in enumerate(ports):
            new = EndpointSettings(f"http://127.0.0.1:{port}/", f"Receiver {number}")
            secrets[number] = add_endpoint(new=new, by=SYSTEM)[1]
    hang_up()
    stage = Stage(organisation, seed, folder)
    for number, port in enumerate(ports):
        stage.start(f"receiver {number}", lambda lots, n=number, p=port: _receive(n, p, lots, folder))  # type: ignore[misc]
    for number in range(WORKERS):
        stage.start(f"worker {number}", lambda lots: _work(organisation, stage.trouble(lots)))
    for number in range(WRITERS):
        stage.start(f"writer {number}", lambda lots: _write(organisation, stage.trouble(lots)))
    try:
        stage.keep_up(lambda: lines_in(folder / "faults") >= target)
        stage.stop("writer")
        stage.keep_up(lambda: not _waiting(organisation))
    finally:
        stage.stop("")
    report = _look(organisation, secrets, folder)
    report.seconds = time.monotonic() - begun
    return report


class Stage:
    """The processes: whoever dies is started again."""

    def __init__(self, organisation: OrganisationRef, seed: int, folder: Path) -> None:
        self.organisation, self.folder = organisation, folder
        self.lots = random.Random(seed)
        self.parts: dict[int, tuple[str, Callable[[random.Random], None]]] = {}
        self.end = time.monotonic() + PATIENCE

    def trouble(self, lots: random.Random) -> Trouble:
        return Trouble(lots, self.folder / "faults", self.organisation)

    def start(self, name: str, part: Callable[[random.Random], None]) -> None:
        lots = random.Random(self.lots.random())
        pid = os.fork()
        if not pid:
            _be(part, lots)
        self.parts[pid] = name, part

    def keep_up(self, is_enough: Callable[[], bool]) -> None:
        asked = 0.0
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid and pid in self.parts:
                name, part = self.parts.pop(pid)
                if not os.WIFSIGNALED(status):
                    raise RuntimeError(f"The {name} has ended by itself.")
                self.start(name, part)
            elif time.monotonic() - asked > 0.1:
                if is_enough():
                    return
                asked = time.monotonic()
                if asked > self.end:
                    raise RuntimeError("It does not come to an end.")
            else:
                time.sleep(0.005)

    def stop(self, kind: str) -> None:
        ending = [pid for pid, (name, _part) in self.parts.items() if name.startswith(kind)]
        for pid in ending:
            os.kill(pid, signal.SIGKILL)
        for pid in ending:
            os.waitpid(pid, 0)
            del self.parts[pid]


def _be(part: Callable[[random.Random], None], lots: random.Random) -> NoReturn:
    """In the forked process: never returns, and leaves nothing of its parent's behind."""
    try:
        connections[walls.DEFAULT_DB_ALIAS].connection = None
        part(lots)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(1)


# --- those who write events -----------------------------------------------------------------------------------------
def _write(organisation: OrganisationRef, trouble: Trouble) -> None:
    lanes = [UUID(int=number) for number in range(1, LANES + 1)]
    outbox.start_soon = lambda: None  # workers look by themselves
    while True:
        time.sleep(PACE)
        with suppress(Exception):
            if _waiting(organisation) > MOST_WAITING:
                continue
        with suppress(Exception), inside(organisation), transaction.atomic():
            lane = trouble.lots.choice(lanes)
            trouble.at("write.before")
            record(action="referral.opened", by=SYSTEM)
            events.note_event(
                type="referral.opened", referral_id=lane, envelope_id=lane, source_id=uuid7(), data={"lane": lane.int}
            )
            trouble.at("write.inside")
        trouble.at("write.after")


# --- workers --------------------------------------------------------------------------------------------------------
def _work(organisation: OrganisationRef, trouble: Trouble) -> None:
    """Rounds as tasks and the scheduler start them, with trouble at every step."""
    _shorten()
    trouble.around(deliveries, "seen_work", after="look.seen")
    trouble.around(deliveries, "take", before="take.before", after="take.after")
    trouble.around(deliveries, "_parcel", after="take.inside")
    trouble.around(sending, "_connected", before="send.before", after="send.connected")
    trouble.around(sending, "HTTPResponse", before="send.sent")
    trouble.around(deliveries, "settle", before="settle.before", after="settle.after")
    trouble.around(deliveries, "_log", before="settle.inside")
    trouble.around(deliveries, "look_again", before="look.before", after="look.after")
    trouble.around(deliveries, "_next_time", after="look.inside")
    while True:
        with suppress(Exception):  # as a task fails, and the worker goes on
            if trouble.lots.random() < 0.5 or organisation.short_name in rounds.whose_turn():
                rounds.deliver_due(organisation)
        time.sleep(0.02)


def _shorten() -> None:
    settings.WEBHOOKS_REACH_INSIDE = True
    Delivery.LEASE = timedelta(seconds=LEASE)
    deliveries.FIRST_PAUSE, deliveries.LONGEST_PAUSE, deliveries.LONGEST_QUIET = 0.02, 0.2, 0.1  # type: ignore[misc]
    sending.LONGEST = ANSWER_TIME  # type: ignore[misc]
    rounds.LONGEST = 1.0  # type: ignore[misc]


# --- receivers ------------------------------------------------------------------------------------------------------
def _receive(number: int, port: int, lots: random.Random, folder: Path) -> None:
    def fault(kind: str) -> bool:
        if lots.random() >= RATE:
            return False
        append(folder / "faults", f"receive.{kind}")
        return True

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if fault("killed before writing down"):
                die()
            if fault("error"):
                return self._say(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
            told = {name.lower(): value for name, value in self.headers.items() if name.lower().startswith("webhook-")}
            append(folder / f"receiver-{number}", json.dumps([told, body.decode()]))
            if fault("killed after writing down"):
                die()
            if fault("hung up"):
                return self._say(b"HTTP/1.1 2")
            if fault("killed in the middle of the answer"):
                self._say(b"HTTP/1.1 20")
                die()
            if fault("too slow"):
                time.sleep(ANSWER_TIME * 1.5)
            self._say(b"HTTP/1.1 204 No Content\r\n\r\n")

        def _say(self, raw: bytes) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.sendall(raw)

        def log_message(self, *arguments: Any) -> None:
            """What counts is written down."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *arguments: Any) -> None:
            """Those who hang up are part of it."""

    Server(("127.0.0.1", port), Handler).serve_forever(poll_interval=0.05)


# --- the look at the end --------------------------------------------------------------------------------------------
def _look(organisation: OrganisationRef, secrets: Mapping[int, str], folder: Path) -> Report:
    report = Report()
    with inside(organisation):
        noted = {str(pk): number for pk, number in Event.objects.values_list("pk", "number")}
        report.left = Delivery.objects.exclude(state="delivered").count()
    report.events = len(noted)
    report.gaps = sum(after - before != 1 for before, after in zip(*_pairs(sorted(noted.values())), strict=True))
    report.faults.update((folder / "faults").read_text().splitlines())
    for receiver, secret in secrets.items():
        _compare(report, noted, secret, folder / f"receiver-{receiver}")
    return report


def _pairs(numbers: list[int]) -> tuple[list[int], list[int]]:
    return numbers[:-1], numbers[1:]


def _compare(report: Report, noted: Mapping[str, int], secret: str, written: Path) -> None:
    lines = [json.loads(line) for line in written.read_text().splitlines()]
    first: dict[str, dict[str, Any]] = {}
    for headers, body in lines:
        report.forged += not _is_genuine(headers, body, secret)
        first.setdefault(headers["webhook-id"], json.loads(body))
    report.messages += len(lines)
    report.extra += len(lines) - len(first)
    report.lost += len(noted.keys() - first.keys())
    report.invented += len(first.keys() - noted.keys())
    lanes: dict[int, list[int]] = defaultdict(list)
    for told in first.values():  # in the order of arrival; what comes again is not done again
        lanes[told["data"]["lane"]].append(told["data"]["number"])
    report.disordered += sum(numbers != sorted(numbers) for numbers in lanes.values())


def _is_genuine(headers: Mapping[str, str], body: str, secret: str) -> bool:
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    digest = hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
    return headers["webhook-signature"] == f"v1,{b64encode(digest).decode()}"


# --- small things ---------------------------------------------------------------------------------------------------
def append(path: Path, line: str) -> None:
    """One line in one write, so that it is there whole or not at all, whoever dies next."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{line}\n".encode())
    os.close(file)


def lines_in(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _waiting(organisation: OrganisationRef) -> int:
    with inside(organisation):
        return Delivery.objects.waiting().count()


def _connect(organisation: OrganisationRef) -> psycopg2.extensions.connection:
    database, identity = connections.settings["default"], organisation_identity(organisation)
    connection = psycopg2.connect(
        host=database["HOST"],
        port=database["PORT"],
        dbname=database["NAME"],
        user=identity.role,
        password=identity.passwords[0],
    )
    connection.autocommit = True
    return connection


def hang_up() -> None:
    walls.close_all()
    connections.close_all()


@contextmanager
def _reaching_inside() -> Iterator[None]:
    before = settings.WEBHOOKS_REACH_INSIDE
    settings.WEBHOOKS_REACH_INSIDE = True
    try:
        yield
    finally:
        settings.WEBHOOKS_REACH_INSIDE = before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
