"""Does it work? Asked by the status page, by monitors and by whoever starts the next version.

Other apps register what only they can ask. A check returns nothing where all is well, and otherwise says what is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import redis
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.utils import timezone

KEPT: Final = 5.0  # seconds that an answer serves everybody, so that asking often costs nothing
LATE: Final = 180  # seconds after which a worker is given up
BROKER_SECONDS: Final = 2
QUEUES: Final = ("celery", "provisioning", "webhooks")
Check = Callable[[], str]


@dataclass(frozen=True)
class Result:
    """`fault` is empty where all is well; it names no organisation and nobody."""

    name: str
    fault: str

    @property
    def is_good(self) -> bool:
        return not self.fault


_registered: dict[str, Check] = {}
_last: tuple[float, tuple[Result, ...]] = (0.0, ())


def register(name: str, check: Check) -> None:
    _registered[name] = check


def results() -> tuple[Result, ...]:
    """Of every check; not older than KEPT seconds."""
    global _last
    asked, found = _last
    if not found or time.monotonic() - asked > KEPT:
        found = tuple(Result(name, _asked(check)) for name, check in _registered.items())
        _last = time.monotonic(), found
    return found


def forget() -> None:
    """The next question is asked anew."""
    global _last
    _last = (0.0, ())


def _asked(check: Check) -> str:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as fault:
        return type(fault).__name__


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def broker() -> str:
    _broker().ping()
    return ""


def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.BROKER_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
    )


def queue_lengths() -> dict[str, int]:
    """Tasks that wait, by queue. Raises redis.RedisError."""
    return {queue: int(_broker().llen(queue)) for queue in QUEUES}  # type: ignore[arg-type]


def note_heartbeat(queue: str) -> None:
    """Called by a task of that queue: beat, broker and a worker of it were alive a moment ago."""
    caches["network"].set(f"heartbeat-{queue}", timezone.now().isoformat(), None)


def heartbeat_age(queue: str) -> float | None:
    """Seconds; None where there was none yet."""
    last = caches["network"].get(f"heartbeat-{queue}")
    return (timezone.now() - datetime.fromisoformat(last)).total_seconds() if last else None


def _worker(queue: str) -> Check:
    def check() -> str:
        age = heartbeat_age(queue)
        return "no heartbeat" if age is None or age > LATE else ""

    return check


def register_own() -> None:
    register("database", database)
    register("broker", broker)
    for queue in QUEUES:
        register(f"worker-{queue}", _worker(queue))
