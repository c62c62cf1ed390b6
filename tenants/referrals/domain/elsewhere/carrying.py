"""Carrying parcels from one organisation to another: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import Side
from network_registry.exchange.match_enums import Load, MatchState
from network_registry.exchange.models import Access, DealingEvent, MatchSide, Parcel, Transfer
from network_registry.exchange.models.dealings import Dealing
from tenants.organisations.isolation import inside
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere import handing, matches, reading

AT_ONCE = 500


def carry_all(dealing: UUID) -> int:
    """Delivers all that waits of one dealing, outside of any organisation; how many parcels it were."""
    carried, parcel = 0, outbox.claim(Parcel, dealing, "to")
    while parcel is not None:
        try:
            _ROUTES[Load(parcel.load)](parcel)
        except BaseException:
            outbox.give_back(parcel)
            raise
        carried += 1
        parcel = outbox.claim(Parcel, dealing, "to") if outbox.finish(parcel) else None
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


# --- transfers and access -------------------------------------------------------------------------------------
def _transfer(parcel: Parcel) -> Transfer:
    found: Transfer = Transfer.objects.select_related("sender", "target").get(pk=parcel.dealing)
    return found


def _access(parcel: Parcel) -> Access:
    found: Access = Access.objects.select_related("sender", "target").get(pk=parcel.dealing)
    return found


def _step(parcel: Parcel, dealing: Dealing) -> crossing.DealingStep:
    """With what whoever made it wrote for the other side; without, where it happened by itself, or the person was
    erased with it meanwhile: that it happened is told all the same."""
    assert parcel.about is not None
    event = DealingEvent.objects.select_related("organisation").get(pk=parcel.about)
    note, side = "", Side.SYSTEM
    if event.organisation is not None:
        side = dealing.side_of(event.organisation.pk)
        with inside(event.organisation.ref()):
            note = handing.note_of(event.pk) if isinstance(dealing, Transfer) else reading.note_of(event.pk)
    return crossing.DealingStep(event.dealing, event.pk, event.type, side, event.reason, event.at, note)


def _carry_offer(parcel: Parcel) -> None:
    transfer = _transfer(parcel)
    step = _step(parcel, transfer)
    with inside(transfer.sender.ref()):
        offer = handing.tell_offer(transfer.pk)
    if offer is not None:
        with inside(parcel.to.ref()):
            handing.receive_offer(offer, step)


def _carry_transfer_step(parcel: Parcel) -> None:
    step = _step(parcel, _transfer(parcel))
    with inside(parcel.to.ref()):
        handing.receive_step(step)


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


def _carry_request(parcel: Parcel) -> None:
    access = _access(parcel)
    step = _step(parcel, access)
    with inside(access.sender.ref()):
        request = reading.tell_request(access.pk)
    if request is None:
        return
    if request.match_side is not None:
        request = replace(request, match_side=_other_side(request.match_side))
    with inside(parcel.to.ref()):
        reading.receive_request(request, step)


def _other_side(side_id: UUID) -> UUID | None:
    """The other organisation's key of the same match, which both agreed to."""
    sides = MatchSide.objects.filter(match__sides=side_id, state=MatchState.REVEALED).exclude(pk=side_id)
    return sides.values_list("pk", flat=True).first()


def _carry_access_step(parcel: Parcel) -> None:
    step = _step(parcel, _access(parcel))
    with inside(parcel.to.ref()):
        reading.receive_step(step)


def _carry_values(parcel: Parcel) -> None:
    access = _access(parcel)
    with inside(access.target.ref()):
        values = reading.tell_values(access.pk)
    if values is not None:
        with inside(access.sender.ref()):
            reading.receive_values(values)


_ROUTES: dict[Load, Callable[[Parcel], None]] = {
    Load.MATCH_FOUND: _carry_match,
    Load.MATCH_REVEALED: _carry_responsible,
    Load.MATCH_ENDED: _carry_end,
    Load.TRANSFER_OFFER: _carry_offer,
    Load.TRANSFER_STEP: _carry_transfer_step,
    Load.TRANSFER_RECORD: _carry_record,
    Load.TRANSFER_FILE: _carry_file,
    Load.TRANSFER_DONE: _carry_done,
    Load.ACCESS_REQUEST: _carry_request,
    Load.ACCESS_STEP: _carry_access_step,
    Load.ACCESS_VALUES: _carry_values,
}
