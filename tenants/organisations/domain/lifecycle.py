"""Organisations move from state to state by one table; the secretariat moves them, in its own workspace and role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import ASIDE, TOLD_OTHERWISE, TRANSITIONS, Kind, State, Why
from tenants.organisations.isolation import after_commit, send_after_commit
from tenants.organisations.models import Organisation, StateChange

MOST_CHANGES: Final = 50  # shown of one organisation
Obstacle = Callable[[Organisation], str]
_obstacles: list[Obstacle] = []


class CannotMove(Refused):
    """Not from this state, not this organisation, or not by this person."""


def register_obstacle(find: Obstacle) -> None:
    """What stands against resuming an organisation, in words; empty where nothing does."""
    _obstacles.append(find)


def back_to(organisation: Organisation) -> State:
    """What it becomes when it is suspended or leaving no longer."""
    return State(organisation.earlier_states[-1]) if organisation.earlier_states else State.ACTIVE


def suspend(*, organisation: UUID, reason: str, by: Seat, why: Why = Why.DECIDED) -> Organisation:
    """From the next request on, everything there can be read and nothing changed. Raises CannotMove."""
    with transaction.atomic():
        found = locked(organisation, by)
        change = move(found, State.SUSPENDED, why=why, reason=reason, by=by)
        record(action="organisation.suspended", on=found, detail=_told(change), by=by)
    return found


def resume(*, organisation: UUID, reason: str, by: Seat, why: Why = Why.DECIDED) -> Organisation:
    """Ends a suspension: it is again what it was before. Raises CannotMove."""
    with transaction.atomic():
        found = locked(organisation, by)
        if found.state != State.SUSPENDED:
            raise _not_from(found)
        for words in filter(None, (find(found) for find in _obstacles)):
            raise CannotMove(words)
        change = move(found, back_to(found), why=why, reason=reason, by=by)
        record(action="organisation.resumed", on=found, detail=_told(change), by=by)
    return found


def confirm(*, organisation: UUID, by: Seat) -> bool:
    """A provisional member becomes a full one, at once or when it comes back; whether it was provisional."""
    with transaction.atomic():
        found = locked(organisation, by)
        if found.state == State.PROVISIONAL:
            move(found, State.ACTIVE, why=Why.CONFIRMED, reason="", by=by)
            return True
        if State.PROVISIONAL not in found.earlier_states:
            return False
        found.earlier_states = [State.ACTIVE if old == State.PROVISIONAL else old for old in found.earlier_states]
        Organisation.objects.filter(pk=found.pk).update(earlier_states=found.earlier_states)
        after_commit(lambda: forget_hosts(organisation))
    return True


def life_of(organisation: UUID) -> list[StateChange]:
    """How it came to its state, the latest first."""
    return list(StateChange.objects.filter(organisation=organisation).order_by("-at", "-id")[:MOST_CHANGES])


def locked(organisation: UUID, by: Seat) -> Organisation:
    """To be moved. Raises CannotMove for the secretariat itself, and to everybody who is not of it."""
    here = required_organisation()
    if here.kind != Kind.SECRETARIAT or not (by is SYSTEM or by.can(Permission.NETWORK_MANAGE)):
        raise CannotMove(_("Only the network's secretariat does this."))
    found = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation)
    if found.kind == Kind.SECRETARIAT:
        raise CannotMove(_("The secretariat itself always stays active."))
    return found


def move(found: Organisation, to: State, *, why: Why, reason: str, by: Seat) -> StateChange:
    """Moves a locked organisation, notes it in its life and writes to its managers. Raises CannotMove."""
    from tenants.organisations.tasks_life import tell_state

    before = State(found.state)
    if why not in TRANSITIONS[before].get(to, ()):
        raise _not_from(found)
    if to in ASIDE and why != Why.CALLED_OFF:
        found.earlier_states = [*found.earlier_states, before]
    elif before in ASIDE:
        found.earlier_states = found.earlier_states[:-1]
    found.state = to
    key = found.pk
    Organisation.objects.filter(pk=key).update(state=to, earlier_states=found.earlier_states)
    change = StateChange.objects.create(
        organisation=found, before=before, after=to, why=why, reason=reason, by_name=by.name
    )
    after_commit(lambda: forget_hosts(key))
    if why not in TOLD_OTHERWISE:
        send_after_commit(tell_state, found.schema_name, str(change.pk))
    return change


def _not_from(found: Organisation) -> CannotMove:
    return CannotMove(_("This organisation is %(state)s now.") % {"state": State(found.state).label})


def _told(change: StateChange) -> dict[str, str]:
    return {"from": change.before, "to": change.after, "reason": change.reason}
