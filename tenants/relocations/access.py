"""Fetching moves of records, and checking access in one line.

Whoever takes records on sees all moves; others who may ask see their own. None of them names anybody but to those who
may open the record that is here.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import Side
from network_registry.exchange.relocation_enums import RELOCATION_EDGES, RelocationState
from tenants.caseloads.access import closed_to
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals.enums import Direction
from tenants.relocations.models import Relocation

# Act -> the state it moves to, the side it is done on and the permission for it.
ACTS: dict[str, tuple[RelocationState, Direction | None, Permission]] = {
    "accept": (RelocationState.ACCEPTED, Direction.IN, Permission.RECORD_RECEIVE),
    "decline": (RelocationState.DECLINED, Direction.IN, Permission.RECORD_RECEIVE),
    "withdraw": (RelocationState.WITHDRAWN, Direction.OUT, Permission.RECORD_MOVE),
    "undo": (RelocationState.UNDOING, None, Permission.RIGHTS_MANAGE),
}


def moves_for(seat: Seat) -> Any:
    """Those that the reader sees, each with `may_name`: whether they may see whom it is about.

    While the record is here it is closed like the record; what was moved away says nothing of anybody.
    """
    this = Client.objects.filter(pk=OuterRef("client_id"))
    in_reach = Exists(this.reachable_by(seat))
    own = Q(owner=seat.membership_id, client__restricted_at=None)
    rows = Relocation.objects.for_list().annotate(may_name=in_reach).filter(~Exists(this) | in_reach | own)
    return rows if seat.can(Permission.RECORD_RECEIVE) else rows.filter(owner=seat.membership_id)


def relocation_for(request: Any, pk: UUID, permission: Permission) -> Relocation:
    """Reading it is audited. Raises Http404, PermissionDenied, NotYours while the record is here and a colleague's."""
    seat = require(request, permission)
    if seat.is_support:
        raise PermissionDenied(_("Network support reads nothing of this."))
    found: Relocation | None = moves_for(seat).filter(pk=pk).first()
    if found is None:
        here = Client.objects.with_people().filter(relocations=pk)
        raise closed_to(get_object_or_404(here))
    return found


def watch(relocation: Relocation, seat: Seat) -> None:
    """That it was read is written down."""
    record(action="relocation.viewed", on=relocation, by=seat)


def acts_of(relocation: Relocation, seat: Seat) -> list[str]:
    """What this person may do with it now."""
    state = RelocationState(relocation.shared.state)
    side = Side.SENDER if relocation.direction == Direction.OUT else Side.TARGET
    return [
        name
        for name, (to, direction, permission) in ACTS.items()
        if side in RELOCATION_EDGES[state].get(to, ())
        and direction in (None, relocation.direction)
        and seat.can(permission)
        and (name != "undo" or relocation.may_be_undone)
    ]
