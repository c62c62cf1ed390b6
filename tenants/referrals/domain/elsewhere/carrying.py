"""Carrying parcels from one organisation to another: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import Side
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import DealingEvent, MatchSide, Parcel, Transfer
from tenants.organisations.isolation import inside
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere import handing, matches

AT_ONCE = 500


def carry_all(dealing: UUID) -> int:
    """Delivers all that waits of one dealing, outside of any organisation; how many parcels it were."""
    carried = 0
    while parcel := outbox.claim(Parcel, dealing, "to"):
        try:
            _ROUTES[Load(parcel.load)](parcel)
        except BaseException:
            outbox.give_back(parcel)
            raise
        outbox.finish(parcel)
        carried += 1
    return carried


def waiting_dealings() -> list[UUID]:
    return outbox.waiting_lanes(Parcel, AT_ONCE)


# --- matches --------------------------------------------------------------------------------------------------
def _carry_match(parcel: Parcel) -> None:
    side = MatchSide.objects.select_related("match").get(pk=parcel.dealing)
    with inside(parcel.to.ref()):
        matches.receive_match(
            side_id=side.pk,
            person=side.person,
            likeness=side.match.likeness,
            found_at=side.match.found_at,
            expires_at=side.match.expires_at,
        )


def _carry_responsible(parcel: Parcel) -> None:
    side = MatchSide.objects.get(pk=parcel.dealing)
    other = MatchSide.objects.select_related("organisation").filter(match=side.match_id).exclude(pk=side.pk).get()
    with inside(other.organisation.ref()):
        responsible = matches.tell_responsible(other.pk, other.organisation_id)
    if responsible is not None:
        with inside(parcel.to.ref()):
            matches.receive_responsible(side.pk, responsible)


def _carry_end(parcel: Parcel) -> None:
    with inside(parcel.to.ref()):
        matches.forget_match(parcel.dealing)


# --- transfers ------------------------------------------------------------------------------------------------
def _transfer(parcel: Parcel) -> Transfer:
    found: Transfer = Transfer.objects.select_related("sender", "target").get(pk=parcel.dealing)
    return found


def _carry_offer(parcel: Parcel) -> None:
    transfer = _transfer(parcel)
    step = _transfer_step(parcel)
    with inside(transfer.sender.ref()):
        offer = handing.tell_offer(transfer.pk)
    if step is not None:
        with inside(parcel.to.ref()):
            handing.receive_offer(offer, step)


def _carry_transfer_step(parcel: Parcel) -> None:
    step = _transfer_step(parcel)
    if step is not None:
        with inside(parcel.to.ref()):
            handing.receive_step(step)


def _transfer_step(parcel: Parcel) -> crossing.DealingStep | None:
    """As the side that made it tells of it; what happened by itself nobody wrote down."""
    event = DealingEvent.objects.select_related("organisation").get(pk=parcel.about)
    if event.organisation is None:
        return crossing.DealingStep(event.dealing, event.pk, event.type, Side.SYSTEM, event.reason, event.at)
    with inside(event.organisation.ref()):
        return handing.tell_step(event)


def _carry_record(parcel: Parcel) -> None:
    with inside(_transfer(parcel).sender.ref()):
        handover = handing.hand_over(parcel.dealing)
    if handover is not None:
        with inside(parcel.to.ref()):
            handing.receive_record(handover)


def _carry_file(parcel: Parcel) -> None:
    assert parcel.about is not None
    with inside(_transfer(parcel).sender.ref()):
        file = handing.tell_file(parcel.dealing, parcel.about)
    if file is not None:
        with inside(parcel.to.ref()):
            handing.receive_file(file)


def _carry_done(parcel: Parcel) -> None:
    with inside(parcel.to.ref()):
        handing.receive_done(parcel.dealing)


_ROUTES: dict[Load, Callable[[Parcel], None]] = {
    Load.MATCH_FOUND: _carry_match,
    Load.MATCH_REVEALED: _carry_responsible,
    Load.MATCH_ENDED: _carry_end,
    Load.TRANSFER_OFFER: _carry_offer,
    Load.TRANSFER_STEP: _carry_transfer_step,
    Load.TRANSFER_RECORD: _carry_record,
    Load.TRANSFER_FILE: _carry_file,
    Load.TRANSFER_DONE: _carry_done,
}
