"""Carrying outbox items from one side to the other: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm. What goes to one
organisation about one referral goes in order.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from halka.common.current import OrganisationRef
from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import Freight
from network_registry.exchange.models import OutboxItem
from tenants.organisations.isolation import inside
from tenants.referrals import crossing
from tenants.referrals.domain import enclosing, links, messages, receiving, telling

AT_ONCE = 500


def carry_all(envelope_id: UUID) -> int:
    """Delivers all that waits of one envelope, outside of any organisation; how many items it were."""
    carried, item = 0, outbox.claim_next(envelope_id)
    while item is not None:
        try:
            _ROUTES[Freight(item.freight)](item)
        except BaseException:
            outbox.give_back(item)
            raise
        carried += 1
        item = outbox.claim_next(envelope_id) if outbox.finish(item) else None
    return carried


def waiting_envelopes() -> list[UUID]:
    """Whose items should have been delivered and were not, those that wait longest first."""
    return outbox.waiting_envelopes(AT_ONCE)


def _told(item: OutboxItem) -> crossing.Step:
    """The step, as the side that made it tells of it."""
    event, envelope = item.event, item.envelope
    assert event is not None
    if event.organisation is None or event.organisation_id not in (envelope.sender_id, envelope.target_id):
        return telling.step_by_itself(event, envelope)
    with inside(event.organisation.ref()):
        return telling.tell_step(event, envelope)


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


def _carry_message(item: OutboxItem) -> None:
    with inside(_from(item)):
        message = messages.tell_message(_source(item))
    if message is not None:
        step = _told(item)
        with inside(item.to.ref()):
            messages.receive_message(message, step)


def _carry_enclosure(item: OutboxItem) -> None:
    """The bytes go part by part out of one side's seal into the other's."""
    with inside(_from(item)):
        told = enclosing.tell_enclosure(_source(item))
    if told is not None:
        enclosure, parts = told
        step = _told(item)
        with inside(item.to.ref()):
            enclosing.receive_enclosure(enclosure, parts, step)


def _carry_link(item: OutboxItem) -> None:
    with inside(_from(item)):
        sent = links.tell_link(item.envelope, _source(item))
    if sent is not None:
        with inside(item.to.ref()):
            links.receive_link(sent)


def _carry_link_request(item: OutboxItem) -> None:
    with inside(_from(item)):
        request = links.tell_request(item.envelope, _source(item))
    if request is not None:
        with inside(item.to.ref()):
            links.receive_request(request)


def _carry_reading(item: OutboxItem) -> None:
    with inside(_from(item)):
        reading = messages.tell_reading(item.envelope, _source(item))
    if reading is not None:
        with inside(item.to.ref()):
            messages.receive_reading(reading)


def _from(item: OutboxItem) -> OrganisationRef:
    """The side that it comes from: the one that it does not go to."""
    envelope = item.envelope
    return (envelope.target if item.to_id == envelope.sender_id else envelope.sender).ref()


def _source(item: OutboxItem) -> UUID:
    assert item.source is not None
    return item.source


_ROUTES: dict[Freight, Callable[[OutboxItem], None]] = {
    Freight.PREVIEW: _carry_preview,
    Freight.STEP: _carry_step,
    Freight.DISCLOSURE: _carry_disclosure,
    Freight.MESSAGE: _carry_message,
    Freight.READ: _carry_reading,
    Freight.DOCUMENT: _carry_enclosure,
    Freight.LINK: _carry_link,
    Freight.LINK_ASKED: _carry_link_request,
}
