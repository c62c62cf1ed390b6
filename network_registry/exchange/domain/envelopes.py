"""Sending and moving envelopes, inside of the organisation that acts. The caller holds the transaction."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils import timezone

from halka.common.current import required_organisation
from network_registry.exchange.enums import ANSWERED, TRANSITIONS, DeclineReason, Freight, Service, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letters or digits that sound or look like another


def new_reference() -> str:
    """Eight random signs in two groups, 30**8 of them: H-7K2M-QX4T."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"H-{signs[:4]}-{signs[4:]}"


def send_envelope(*, target_id: UUID, service: Service) -> Envelope:
    """A new envelope from the organisation we are inside of, its first event, and the preview on its way."""
    envelope = Envelope.objects.create(
        reference=new_reference(), sender_id=required_organisation().id, target_id=target_id, service=service
    )
    _note(envelope, State.SENT)
    send(envelope, Freight.PREVIEW)
    return envelope


def move_envelope(*, envelope: Envelope, to: State, reason: DeclineReason | None = None) -> None:
    """Moves the envelope on, if its state in the database and our side allow it; else raises ReferralMoved."""
    side = envelope.side_of(required_organisation().id)
    sources = [state for state, edges in TRANSITIONS.items() if edges.get(to) == side]
    now = timezone.now()
    changes: dict[str, object] = {"state": to, "decline_reason": reason or ""}
    if to == State.OPENED:
        changes["opened_at"] = now
    if to in ANSWERED:
        changes["answered_at"] = now
    if not Envelope.objects.filter(pk=envelope.pk, state__in=sources).update(**changes):
        raise ReferralMoved
    for name, value in changes.items():
        setattr(envelope, name, value)
    _note(envelope, to, reason)


def send(envelope: Envelope, freight: Freight) -> None:
    """Puts something for the other side into the outbox."""
    OutboxItem.objects.create(envelope=envelope, freight=freight)


def _note(envelope: Envelope, state: State, reason: DeclineReason | None = None) -> None:
    EnvelopeEvent.objects.create(
        envelope=envelope, state=state, organisation_id=required_organisation().id, reason=reason or ""
    )
