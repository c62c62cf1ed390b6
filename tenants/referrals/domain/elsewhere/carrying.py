"""Carrying parcels from one organisation to another: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from network_registry.exchange.domain import outbox
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import MatchSide, Parcel
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere import matches

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


_ROUTES: dict[Load, Callable[[Parcel], None]] = {
    Load.MATCH_FOUND: _carry_match,
    Load.MATCH_REVEALED: _carry_responsible,
    Load.MATCH_ENDED: _carry_end,
}
