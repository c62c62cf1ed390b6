"""What Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/ (text, version 0.0.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import redis
from django.db import DatabaseError

from halka.operating import checks, counters

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# Name -> kind, meaning, names of the labels.
COUNTED: Final = {
    "halka_requests_total": ("counter", "Requests answered", ("site", "area", "status")),
    "halka_request_seconds": ("histogram", "Time until an answer began", ("site",)),
    "halka_tasks_total": ("counter", "Background tasks that have ended", ("task", "outcome")),
    "halka_task_seconds": ("histogram", "Time that a background task took", ("queue",)),
}
# Values by the label that is given with them; the empty one stands for no label.
Gauge = Callable[[], Mapping[str, float]]
_gauges: dict[str, tuple[str, str, Gauge]] = {}


def register(name: str, meaning: str, label: str, gauge: Gauge) -> None:
    """A number that is asked for anew each time. Labels name states and kinds, never an organisation."""
    _gauges[name] = meaning, label, gauge


def exposition() -> str:
    return "\n".join([*_counted(), *_asked(), ""])


def _counted() -> Iterator[str]:
    found = counters.counted()
    for name, (kind, meaning, labels) in COUNTED.items():
        yield from _head(name, kind, meaning)
        for (counter, values), amount in sorted(found.items(), key=_in_order):
            if counter == name or counter.startswith(f"{name}_"):
                names = (*labels, "le") if counter.endswith("_bucket") else labels
                yield _line(counter, zip(names, values, strict=True), amount)


def _in_order(counted: tuple[tuple[str, counters.Labels], float]) -> tuple[str, counters.Labels, float]:
    """Buckets of a histogram by what they hold."""
    (name, values), _amount = counted
    return (name, values[:-1], float(values[-1])) if name.endswith("_bucket") else (name, values, 0.0)


def _asked() -> Iterator[str]:
    for name, (meaning, label, gauge) in _gauges.items():
        try:
            values = gauge()
        except (DatabaseError, redis.RedisError, OSError):
            continue  # the checks tell what is away
        yield from _head(name, "gauge", meaning)
        for value, amount in values.items():
            yield _line(name, [(label, value)] if label else [], amount)


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: Iterable[tuple[str, str]], amount: float) -> str:
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels)
    number = str(int(amount)) if amount == int(amount) else repr(amount)
    return f"{name}{{{told}}} {number}" if told else f"{name} {number}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def register_own() -> None:
    register("halka_check", "1 where a check is well", "check", lambda: {
        result.name: float(result.is_good) for result in checks.results()
    })  # fmt: skip
    register("halka_queue_length", "Tasks that wait", "queue", lambda: {
        queue: float(length) for queue, length in checks.queue_lengths().items()
    })  # fmt: skip
    register("halka_heartbeat_age_seconds", "Since a worker of the queue was heard of", "queue", lambda: {
        queue: age for queue in checks.QUEUES if (age := checks.heartbeat_age(queue)) is not None
    })  # fmt: skip
