"""What every verb of a referral does in its transaction: move the envelope, note it on our own copy, in the audit and
in our feed of events, and have it carried to the other side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from halka.audit.domain import record
from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import Sent, move_envelope
from network_registry.exchange.enums import State
from tenants.integrations.domain.events import note_event
from tenants.organisations.isolation import send_after_commit
from tenants.referrals import policies
from tenants.referrals.domain.naming import check_text
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, Step


def move(*, referral: Referral, to: State, reason: str = "", note: str = "", by: Seat) -> Step:
    """Raises PermissionDenied, ReferralMoved, ReasonMissing; SaysWho where a note of the sender's names the person to a
    recipient that was not told who it is."""
    policies.require_move(referral, to, by)
    if note and referral.direction == Direction.OUT and referral.client and not referral.names_person:
        check_text(referral.client, note=note)
    sent = move_envelope(envelope=referral.envelope, to=to, reason=reason)
    record(action=f"referral.{to.value}", on=referral, detail={"reason": reason} if reason else {}, by=by)
    return note_own(referral, sent, note=note, by=by)


def note_own(referral: Referral, sent: Sent, *, note: str = "", by: Seat) -> Step:
    """Our own step, on our timeline and in our feed, and on its way to the other side."""
    event = sent.event
    step = Step(
        referral=referral,
        event=event.pk,
        type=event.type,
        side=policies.side_of(referral),
        reason=event.reason,
        note=note,
        by_name=by.name,
        at=event.at,
    )
    step.insert()
    tell_feed(referral, event_id=event.pk, type=event.type, side=step.side, reason=event.reason)
    if sent.items:
        deliver_soon(referral.envelope_id)
    return step


def tell_feed(referral: Referral, *, event_id: UUID, type: str, side: str, reason: str = "") -> None:
    """What our software learns: codes and keys alone."""
    data: dict[str, Any] = {
        "referral": str(referral.pk),
        "reference": referral.envelope.reference,
        "state": referral.envelope.state,
        "side": side,
        "reason": reason or None,
    }
    note_event(
        type=f"referral.{type}",
        referral_id=referral.pk,
        envelope_id=referral.envelope_id,
        source_id=event_id,
        data=data,
    )


def deliver_soon(envelope_id: UUID) -> None:
    from tenants.referrals.tasks import deliver

    send_after_commit(deliver, str(envelope_id))
