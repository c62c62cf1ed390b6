"""The secretariat's verbs: what a provisional member sends waits until somebody has let it go out.

Nobody here sees who it is about, nor what is needed.
"""

from __future__ import annotations

from django.db import transaction

from halka.audit.domain import record
from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import Sent, move_envelope
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope


def release_held(*, envelope: Envelope, by: Seat) -> Sent:
    """Lets it go out. Raises ReferralMoved when it does not wait any more."""
    with transaction.atomic():
        sent = move_envelope(envelope=envelope, to=State.SENT)
        record(action="held.released", on=envelope, detail={"reference": envelope.reference}, by=by)
    return sent


def reject_held(*, envelope: Envelope, reason: str, by: Seat) -> Sent:
    """It goes back, with a reason. Raises ReferralMoved, ReasonMissing."""
    with transaction.atomic():
        sent = move_envelope(envelope=envelope, to=State.REJECTED, reason=reason)
        record(
            action="held.rejected",
            on=envelope,
            detail={"reference": envelope.reference, "reason": reason},
            by=by,
        )
    return sent
