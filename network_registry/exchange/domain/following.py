"""What goes to the other side beside the steps of an envelope. The caller holds the transaction."""

from __future__ import annotations

from uuid import UUID

from halka.common.current import required_organisation
from network_registry.exchange.enums import Freight
from network_registry.exchange.models import Envelope, OutboxItem


def send_along(*, envelope: Envelope, freight: Freight, source: UUID) -> OutboxItem:
    """Lets something of ours follow to the other side; it is no event of the envelope."""
    here = required_organisation().id
    to = envelope.target_id if here == envelope.sender_id else envelope.sender_id
    return OutboxItem.objects.create(envelope=envelope, to_id=to, freight=freight, source=source)


def hold_envelope(envelope: Envelope) -> None:
    """Reads it anew, and lets nobody move it until the transaction ends."""
    envelope.refresh_from_db(from_queryset=Envelope.objects.select_for_update(no_key=True))
