"""Counters that all processes share, in Valkey. No label tells which organisation, person or record it was about.

Each process gathers for a moment what it counts, so that a request costs no question to Valkey of its own.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from contextlib import suppress
from typing import Final

from django.core.cache import caches
from redis.exceptions import RedisError

SHELF: Final = "counters"
GATHERED: Final = 2  # seconds
BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Labels = tuple[str, ...]
_pending: dict[tuple[str, Labels], float] = defaultdict(float)
_lock = threading.Lock()
_written = time.monotonic()


def add(name: str, *labels: str, amount: float = 1) -> None:
    with _lock:
        _pending[name, labels] += amount


def observe(name: str, *labels: str, seconds: float) -> None:
    """Into a histogram: the buckets it fits, sum and count."""
    with _lock:
        for bound in BOUNDS:
            if seconds <= bound:
                _pending[f"{name}_bucket", (*labels, f"{bound:g}")] += 1
        _pending[f"{name}_bucket", (*labels, "+Inf")] += 1
        _pending[f"{name}_sum", labels] += seconds
        _pending[f"{name}_count", labels] += 1


def write_if_due() -> None:
    if time.monotonic() - _written >= GATHERED:
        write()


def write() -> None:
    """Adds what was gathered to what all have counted; it is kept for the next time where Valkey is away."""
    global _written
    with _lock:
        gathered = dict(_pending)
        _pending.clear()
        _written = time.monotonic()
    if not gathered:
        return
    try:
        caches["network"].add_amounts(  # type: ignore[attr-defined]
            SHELF, {json.dumps([name, *labels]): amount for (name, labels), amount in gathered.items()}
        )
    except (RedisError, OSError):
        with _lock:
            for key, amount in gathered.items():
                _pending[key] += amount


def counted() -> dict[tuple[str, Labels], float]:
    """By name and labels; nothing where Valkey is away."""
    write()
    found: dict[tuple[str, Labels], float] = {}
    with suppress(RedisError, OSError):
        for key, amount in caches["network"].amounts(SHELF).items():  # type: ignore[attr-defined]
            name, *labels = json.loads(key)
            found[name, tuple(labels)] = amount
    return found
