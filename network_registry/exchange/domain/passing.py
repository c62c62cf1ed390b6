"""What happens by itself when a deadline has come, under the network's rights."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network_registry.exchange.domain import clock
from network_registry.exchange.domain.clock import Clock
from network_registry.exchange.domain.envelopes import move_envelope, tell_of
from network_registry.exchange.enums import Deadline, EventType, Remains, State
from network_registry.exchange.models import Envelope


def due_envelopes(limit: int) -> list[UUID]:
    """Where something is to happen by itself now, those first that are late for longest."""
    due = Envelope.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    return list(due.values_list("pk", flat=True)[:limit])


def pass_deadline(envelope_id: UUID) -> Deadline | None:
    """What is due of the envelope happens; None when nothing is, any more."""
    with transaction.atomic():
        now = timezone.now()
        found = Envelope.objects.select_for_update(no_key=True).filter(pk=envelope_id, due_at__lte=now)
        envelope = found.first()
        if envelope is None:
            return None
        ticking = clock.latest(_clock_of(envelope), days=envelope.days, now=now)
        deadline = Deadline(ticking.due)
        match deadline:
            case Deadline.EXPIRY:
                move_envelope(envelope=envelope, to=State.EXPIRED)
            case Deadline.CLOSING:
                move_envelope(envelope=envelope, to=State.CLOSED)
            case Deadline.SETTLING:
                is_open = envelope.remains == Remains.WAITING
                _set(envelope, clock.settling(ticking, now=now) if is_open else Clock(waited=ticking.waited))
                if is_open:
                    tell_of(envelope=envelope, type=EventType.REMINDED)
            case _:
                _set(envelope, clock.passed(ticking, days=envelope.days))
                is_last = deadline == Deadline.ESCALATION
                tell_of(envelope=envelope, type=EventType.ESCALATED if is_last else EventType.REMINDED)
    return deadline


def answer_due(envelope: Envelope) -> datetime | None:
    """When it expires unless it is answered; None while the clock stands."""
    return clock.answer_due(_clock_of(envelope), days=envelope.days)


def _clock_of(envelope: Envelope) -> Clock:
    return Clock(envelope.waited, envelope.clock_since, envelope.passed, envelope.due, envelope.due_at)


def _set(envelope: Envelope, ticking: Clock) -> None:
    changes = {"passed": ticking.passed, "due": ticking.due, "due_at": ticking.due_at}
    Envelope.objects.filter(pk=envelope.pk).update(**changes)
