"""Background work of working groups: e-mails, with the network's rights, since no organisation knows the others'
addresses. Primitives in."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any
from uuid import UUID

from celery import shared_task

from halka.common.icalendar import Method
from network_registry.working_groups.domain import writing

RETRIED: dict[str, Any] = {
    "autoretry_for": (SMTPException, OSError),
    "retry_backoff": 10,
    "retry_jitter": True,
    "max_retries": 8,
}


@shared_task(name="working_groups.send_invitations", **RETRIED)
def send_invitations(meeting_id: str, sequence: int, method: str) -> int:
    return writing.send_invitations(UUID(meeting_id), sequence, Method(method))


@shared_task(name="working_groups.invite_late", **RETRIED)
def invite_late(seat_id: str) -> int:
    return writing.invite_late(UUID(seat_id))


@shared_task(name="working_groups.tell", **RETRIED)
def tell(about: str, key: str) -> int:
    return writing.tell(about, UUID(key))
