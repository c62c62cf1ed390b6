"""Whole referrals through the API, from the draft to the end: among a thousand organisations, among ten, and the same
writes by hand in plain Django."""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg2
import redis

from bench.kept import Kept, connect
from bench.measure import LOG, ROOT, Row, Side
from halka.launcher import services
from halka.launcher.postgres import free_port

FEW, MANY = 10, 1_000
EACH = 25  # referrals of before that an organisation has sent; as many came to it
BLOCK = 16  # referrals on their way at once
AT_ONCE = 8  # requests
WARM_UP = 3  # turns, until every thread has its connections
ADDRESS = "/api/v1/referrals/"
NEED = "Somebody patient who helps to find work, twice a week in the afternoon."
PLAIN = Kept("referrals_tables", "referrals_plain", "bench-referrals_plain-keys")


def referrals(quick: bool) -> list[Row]:
    """Blocks of whole referrals in turn; milliseconds of a block for each of them, deliveries included."""
    many = MANY // 20 if quick else MANY
    taken: dict[str, list[float]] = {"few": [], "many": [], "plain": []}
    with ExitStack() as stack:
        roads = {
            "few": stack.enter_context(_network("referrals_few", FEW, quick)),
            "many": stack.enter_context(_network("referrals_many", many, quick)),
            "plain": stack.enter_context(_plain()),
        }
        for turn in range(WARM_UP + (2 if quick else 20)):
            names = list(roads)
            random.Random(turn).shuffle(names)  # who comes after whom
            for name in names:
                measured = roads[name].block(BLOCK)
                taken[name] += [measured] if turn >= WARM_UP else []
        for road in roads.values():
            road.check()
    ours, among_many, theirs = (median(taken[name]) for name in ("few", "many", "plain"))
    rests_on = BLOCK * len(taken["few"])
    spread = ", ".join(f"{name} {min(times):.0f} to {max(times):.0f}" for name, times in taken.items())
    print(
        f"  referrals: {1000 / among_many:.1f} whole referrals a second among {many:,} organisations, "
        f"{1000 / ours:.1f} among {FEW}, {1000 / theirs:.1f} by hand; ms each, {spread}"
    )
    return [
        Row(
            "referrals", among_many, ours, f"ms, {FEW} organisations", among_many / ours, "below 1.2",
            among_many / ours < 1.2, rests_on * 2,
        ),
        Row(
            "referrals-by-hand", ours, theirs, "ms, the same writes in plain Django", ours / theirs, "at most 2",
            ours / theirs <= 2, rests_on * 2,
        ),
    ]  # fmt: skip


# --- the road that a referral goes ------------------------------------------------------------------------------
@dataclass
class Road:
    """A running web process, with what is behind it. `settled` waits until everything that was sent has arrived."""

    side: Side
    port: int
    sides: list[dict[str, Any]]
    settled: Callable[[], None]
    walked: int = 0
    before: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def block(self, count: int) -> float:
        """Milliseconds for each of `count` referrals that go the whole way side by side."""
        people = self.side.ask("people", count=-(-count // len(self.sides)))
        travellers = [
            _Traveller(self, sender, self.sides[(number + 1) % len(self.sides)], person)
            for number, sender in enumerate(self.sides)
            for person in people[number]
        ][:count]
        started = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for leg in (_Traveller.set_out, _Traveller.arrive, _Traveller.work):
                list(pool.map(leg, travellers))
                self.settled()
        self.walked += len(travellers)
        return (time.perf_counter() - started) * 1000 / len(travellers)

    def check(self) -> None:
        """Everything has arrived, and every referral is closed."""
        left = self.side.ask("left")
        added = {name: left[name] - self.before[name] for name in left}
        assert added == {"undelivered": 0, "closed": self.walked, "others": 0}, added

    def ask(self, side: dict[str, Any], method: str, path: str, body: Any = None) -> Any:
        """What the API answers to the software of this side."""
        headers = {"Authorization": f"Bearer {self.tokens[side['host']]}", "Content-Type": "application/json"}
        return _ask(self.port, side["host"], method, path, headers, None if body is None else json.dumps(body))

    def sign_in(self) -> None:
        for side in self.sides:
            given = {"grant_type": "client_credentials", "client_id": side["client_id"]}
            body = urlencode({**given, "client_secret": side["secret"]})
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            token = _ask(self.port, side["host"], "POST", "/api/oauth/token", headers, body)
            self.tokens[side["host"]] = token["access_token"]


@dataclass
class _Traveller:
    """One referral."""

    road: Road
    sender: dict[str, Any]
    target: dict[str, Any]
    person: str
    ours: str = ""
    theirs: str = ""
    reference: str = ""

    def set_out(self) -> None:
        """A draft, then the consent, with which it is sent."""
        asked = {"client": self.person, "recipient": self.target["id"], "service": "mentoring", "need": NEED}
        draft = self.road.ask(self.sender, "POST", ADDRESS, {**asked, "area": "Valjevo"})
        self.ours, self.reference = draft["id"], draft["reference"]
        consent = {
            "scopes": ["identity", "contact"],
            "how_given": "signed",
            "expires_on": (date.today() + timedelta(days=300)).isoformat(),
        }
        self._move(self.sender, self.ours, "send", "sent", consent=consent)

    def arrive(self) -> None:
        """The other side finds it, reads it and takes the person on; then it is told who it is."""
        (found,) = self.road.ask(self.target, "GET", f"{ADDRESS}?reference={self.reference}")["results"]
        self.theirs = found["id"]
        self._move(self.target, self.theirs, "open", "opened")
        self._move(self.target, self.theirs, "accept", "accepted", assignee=self.target["assignee"])

    def work(self) -> None:
        """It begins, it ends, and the sender has read the result."""
        self._move(self.target, self.theirs, "start", "started")
        self._move(self.target, self.theirs, "complete", "completed", outcome="job", note="Works in a bakery now.")
        self._move(self.sender, self.ours, "close", "closed")

    def _move(self, side: dict[str, Any], key: str, verb: str, state: str, **body: Any) -> None:
        answer = self.road.ask(side, "POST", f"{ADDRESS}{key}/{verb}/", body)
        assert answer["state"] == state, answer


def _ask(port: int, host: str, method: str, path: str, headers: dict[str, str], body: str | None) -> Any:
    """A connection for each request, so that the kernel spreads them over the workers."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asked.request(method, path, body=body, headers={"Host": host, **headers})
        answer = asked.getresponse()
        content = answer.read()
    finally:
        asked.close()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{method} {path}: {answer.status} {content[:500]!r}")
    return json.loads(content)


# --- what is behind it ------------------------------------------------------------------------------------------
@contextmanager
def furnished(
    connection: psycopg2.extensions.connection, settings: str, organisations: int, quick: bool, work: str
) -> Iterator[tuple[Kept, Side]]:
    """A network with so many organisations that have referrals of before, filled once and kept until tables change:
    to migrate a thousand organisations takes longer than to make them. A quick look takes one of any size."""
    kept = Kept(settings, settings, f"bench-{settings}-keys")
    with Side(settings, "database") as side:
        version = side.ask("version")
    sizes, mark = f"{organisations} {EACH} {version}", kept.marked(connection)
    if quick and mark and mark.endswith(version):
        sizes = mark
    is_new = kept.prepare(connection, sizes)
    with Side(settings, work) as side:
        side.ask("found", organisations=organisations)
        side.ask("fill", each=EACH)
        if is_new:
            kept.mark(connection, sizes)
        yield kept, side


@contextmanager
def _network(settings: str, organisations: int, quick: bool) -> Iterator[Road]:
    """Halka with two web processes and two workers."""
    queue, mails = f"bench-{settings}", f"bench-{settings}-mail"
    with closing(connect()) as connection, ExitStack() as stack:
        kept, side = stack.enter_context(furnished(connection, settings, organisations, quick, "referrals"))
        kept.settle(connection)
        sides, port = side.ask("begin"), free_port()
        broker = redis.Redis.from_url(os.environ["BROKER_URL"])
        broker.delete(queue, mails)
        stack.callback(broker.delete, mails)
        outbox = stack.enter_context(closing(kept.reach(connection)))
        stack.enter_context(_web(settings, port))
        stack.enter_context(_running(services.worker(settings, [queue], processes=2), settings))
        road = Road(side, port, sides, lambda: _until_empty(broker, queue, outbox))
        road.sign_in()
        road.before = side.ask("left")
        yield road


@contextmanager
def _plain() -> Iterator[Road]:
    """One web application that writes both copies by itself: nothing is on its way once it has answered."""
    with closing(connect()) as connection, ExitStack() as stack:
        PLAIN.drop(connection)
        stack.callback(PLAIN.drop, connection)
        PLAIN.prepare(connection, "new")
        side = stack.enter_context(Side("referrals_plain", "plain_referrals"))
        sides, port = side.ask("furnish", organisations=FEW), free_port()
        PLAIN.settle(connection)
        stack.enter_context(_web("referrals_plain", port))
        tokens = {one["host"]: one["secret"] for one in sides}
        yield Road(side, port, sides, lambda: None, tokens=tokens, before=side.ask("left"))


@contextmanager
def _web(settings: str, port: int) -> Iterator[None]:
    with _running(services.web([f"127.0.0.1:{port}"], workers=2, access_log="/dev/null"), settings) as process:
        end = time.monotonic() + 60
        while services.status_of("/api/v1/", port=port, host="halka.localhost") is None:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The web process of {settings} did not start; {LOG} tells why.")
            time.sleep(0.1)
        yield


@contextmanager
def _running(command: list[str], settings: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": f"bench.settings_{settings}"}
    with LOG.open("a") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_empty(broker: Any, queue: str, network: psycopg2.extensions.connection) -> None:
    """Nothing is undelivered, no task waits and none is at work; seen twice, since a task that is just being taken
    stands nowhere for a moment."""
    seen, end = 0, time.monotonic() + 120
    while seen < 2:
        if time.monotonic() > end:
            raise RuntimeError("Deliveries do not come to an end.")
        time.sleep(0.003)
        at_work = broker.llen(queue) or any(json.loads(task)[2] == queue for task in broker.hvals("unacked"))
        seen = 0 if at_work or _undelivered(network) else seen + 1


def _undelivered(network: psycopg2.extensions.connection) -> bool:
    with network.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM exchange_outboxitem WHERE done_at IS NULL)")
        return bool(cursor.fetchone()[0])  # type: ignore[index]  # there is one row
