"""A sign of life of each queue's workers."""

from __future__ import annotations

from celery import shared_task

from halka.operating import checks, counters


@shared_task(name="operating.heartbeat")
def heartbeat(queue: str) -> None:
    """Sent to each queue by beat; what the worker's process has counted is written along."""
    checks.note_heartbeat(queue)
    counters.write()
