"""What the secretariat does with a merger: propose it, take that back, have it carried out, have it undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.domain import mergers as network
from network_registry.membership.enums import Actor, MergerState
from network_registry.membership.errors import CannotMerge
from network_registry.membership.models import Merger
from tenants.mergers.domain.telling import tell_state
from tenants.organisations.domain import lifecycle
from tenants.organisations.domain.closing import call_off_closing
from tenants.organisations.enums import Kind, State, Why
from tenants.organisations.enums_leaving import ClosingState
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Closing

FRESH: Final = timedelta(hours=1)  # so old may numbers be when a merger is undone


def propose(*, absorbed: UUID, remaining: UUID, reason: str, by: Seat) -> Merger:
    """The managers of both are asked. Raises CannotMerge."""
    _require_secretariat(by)
    with transaction.atomic():
        network.check_sides(absorbed, remaining)
        merger = Merger(absorbed_id=absorbed, remaining_id=remaining, reason=reason, proposed_by_name=by.name)
        try:
            with transaction.atomic():
                merger.save(force_insert=True)
        except IntegrityError as error:
            raise CannotMerge(_("Somebody else has proposed a merger of one of them just now.")) from error
        record(action="merger.proposed", on=merger, detail=sides_of(merger), by=by)
        tell_state(merger)
        _look_soon(merger)
    return merger


def withdraw(*, merger: UUID, by: Seat) -> Merger:
    """Before it has begun. Raises CannotMerge."""
    _require_secretariat(by)
    with transaction.atomic():
        found = _found(merger)
        network.move(found, MergerState.WITHDRAWN, actor=Actor.SECRETARIAT, ended_at=timezone.now())
        record(action="merger.withdrawn", on=found, detail=sides_of(found), by=by)
        tell_state(found)
    return found


def begin(*, merger: UUID, by: Seat) -> Merger:
    """From the next request on what is absorbed can be read and not changed; a worker does the rest.

    Raises CannotMerge, CannotMove.
    """
    _require_secretariat(by)
    with transaction.atomic():
        found = _found(merger)
        absorbed = lifecycle.locked(found.absorbed_id, by)
        remaining = lifecycle.locked(found.remaining_id, by)
        if not {State(absorbed.state), State(remaining.state)} <= set(network.MERGING_STATES):
            raise CannotMerge(_("One of them is leaving or closed by now. Withdraw the merger."))
        network.move(
            found,
            MergerState.MERGING,
            actor=Actor.SECRETARIAT,
            begun_at=timezone.now(),
            begun_by_name=by.name,
            due_at=timezone.now(),
        )
        if absorbed.state != State.SUSPENDED:
            lifecycle.suspend(organisation=absorbed.pk, reason=found.reason, by=by, why=Why.MERGED)
        record(action="merger.begun", on=found, detail=sides_of(found), by=by)
        advance_soon(found)
    return found


def ask_undo(*, merger: UUID, reason: str, by: Seat) -> Merger:
    """Within 30 days, with numbers that are not older than an hour; a worker does the rest.

    Raises CannotMerge where something stands in the way, or work would be lost that the remaining organisation has not
    given up.
    """
    _require_secretariat(by)
    with transaction.atomic():
        found = _found(merger)
        if not found.may_be_undone:
            raise CannotMerge(_("This cannot be undone any more."))
        if found.seen_at is None or found.seen_at < timezone.now() - FRESH or "changed" not in found.seen:
            raise CannotMerge(_("Have it counted anew first: the numbers are too old."))
        check_undo(found)
        network.move(
            found,
            MergerState.UNDOING,
            actor=Actor.SECRETARIAT,
            undo_reason=reason,
            undo_at=timezone.now(),
            undo_by_name=by.name,
            due_at=timezone.now(),
            trouble="",
            obstacles={},
            tries=0,
        )
        waiting = Closing.objects.filter(organisation=found.absorbed_id, state=ClosingState.WAITING).first()
        if waiting is not None:
            call_off_closing(closing=waiting.pk, by=by)
        record(action="merger.undoing", on=found, detail=sides_of(found), by=by)
        advance_soon(found)
    return found


def check_undo(merger: Merger) -> None:
    """By what was counted last. Raises CannotMerge."""
    if merger.seen.get("obstacles"):
        raise CannotMerge(_("Something has to be ended first."))
    changed = merger.seen.get("changed", 0)
    answer = network.confirmed(merger)
    if changed and (answer is None or answer.counts.get("changed", 0) < changed):
        raise CannotMerge(
            _(
                "Work was done on these records since, and would be lost. A manager of the organisation that remains "
                "has to confirm that first, on the page of the merger there."
            )
        )


def look_again(*, merger: UUID, by: Seat) -> None:
    """Has the numbers counted, inside of the organisations. Raises CannotMerge."""
    _require_secretariat(by)
    _look_soon(_found(merger))


def sides_of(merger: Merger) -> dict[str, Any]:
    """For the audit: both short names."""
    return {"absorbed": merger.absorbed.schema_name, "remaining": merger.remaining.schema_name}


def advance_soon(merger: Merger) -> None:
    from tenants.mergers.tasks import advance

    send_after_commit(advance, str(merger.pk))


def _look_soon(merger: Merger) -> None:
    from tenants.mergers.tasks import look

    send_after_commit(look, str(merger.pk))


def _require_secretariat(by: Seat) -> None:
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotMerge(_("Only the network's secretariat does this."))


def _found(merger: UUID) -> Merger:
    return Merger.objects.with_sides().get(pk=merger)
