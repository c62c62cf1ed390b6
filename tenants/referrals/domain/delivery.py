"""Carrying outbox items from one side to the other: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm. What goes to one
organisation about one referral goes in order.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import Freight
from network_registry.exchange.models import OutboxItem
from tenants.organisations.isolation import inside
from tenants.referrals import crossing
from tenants.referrals.domain import receiving, telling

AT_ONCE = 500


def carry_all(envelope_id: UUID) -> int:
    """Delivers all that waits of one envelope, outside of any organisation; how many items it were."""
    carried = 0
    while item := outbox.claim_next(envelope_id):
        try:
            _ROUTES[Freight(item.freight)](item)
        except BaseException:
            outbox.give_back(item)
            raise
        outbox.finish(item)
        carried += 1
    return carried


def waiting_envelopes() -> list[UUID]:
    """Whose items should have been delivered and were not, those that wait longest first."""
    return outbox.waiting_envelopes(AT_ONCE)


def _told(item: OutboxItem) -> crossing.Step:
    """The step, as the side that made it tells of it."""
    event, envelope = item.event, item.envelope
    assert event is not None
    if event.organisation_id not in (envelope.sender_id, envelope.target_id):
        return telling.step_by_itself(event, envelope)
    with inside(event.organisation.ref()):
        return telling.tell_step(event)


def _carry_preview(item: OutboxItem) -> None:
    step = _told(item)
    with inside(item.envelope.sender.ref()):
        preview = telling.tell_preview(item.envelope)
    with inside(item.to.ref()):
        receiving.receive_preview(preview, step)


def _carry_step(item: OutboxItem) -> None:
    step = _told(item)
    with inside(item.to.ref()):
        receiving.receive_step(step)


def _carry_disclosure(item: OutboxItem) -> None:
    with inside(item.envelope.sender.ref()):
        disclosure = telling.disclose(item.envelope)
    if disclosure is not None:
        with inside(item.to.ref()):
            receiving.receive_disclosure(disclosure)


_ROUTES: dict[Freight, Callable[[OutboxItem], None]] = {
    Freight.PREVIEW: _carry_preview,
    Freight.STEP: _carry_step,
    Freight.DISCLOSURE: _carry_disclosure,
}
