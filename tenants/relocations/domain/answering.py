"""What the target of a move does with the request."""

from __future__ import annotations

from django.db import transaction

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.relocation_enums import RelocationState
from tenants.organisations.models import Colleague
from tenants.relocations.domain.asking import advance_soon, require
from tenants.relocations.models import Relocation


def accept_relocation(*, relocation: Relocation, assignee: Colleague, answer: str = "", by: Seat) -> None:
    """The record is on its way to the assignee. Raises PermissionDenied, DealingMoved."""
    _answer(relocation, RelocationState.ACCEPTED, answer=answer, owner=assignee, by=by)


def decline_relocation(*, relocation: Relocation, reason: str, answer: str = "", by: Seat) -> None:
    """Raises PermissionDenied, DealingMoved, ReasonMissing."""
    _answer(relocation, RelocationState.DECLINED, reason=reason, answer=answer, by=by)


def _answer(
    relocation: Relocation,
    to: RelocationState,
    *,
    reason: str = "",
    answer: str,
    owner: Colleague | None = None,
    by: Seat,
) -> None:
    require(Permission.RECORD_RECEIVE, by)
    with transaction.atomic():
        network.move(relocation.shared, to=to, reason=reason)
        relocation.answer, relocation.owner = answer, owner
        relocation.save(update_fields=["answer", "owner"])
        record(action=f"relocation.{to.value}", on=relocation, detail={"reason": reason} if reason else {}, by=by)
        advance_soon(relocation)
