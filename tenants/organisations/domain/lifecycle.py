"""The secretariat moves organisations from state to state, inside of its own workspace and under its own role."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import TRANSITIONS, Kind, State
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Organisation


class CannotMove(Refused):
    """Not from this state, not this organisation, or not by this person."""


def suspend(*, organisation: UUID, reason: str, by: Seat) -> Organisation:
    """From the next request on, everything there can be read and nothing changed. Raises CannotMove."""
    return _move(organisation, State.SUSPENDED, "organisation.suspended", reason, by)


def resume(*, organisation: UUID, reason: str, by: Seat) -> Organisation:
    """Ends a suspension. Raises CannotMove."""
    return _move(organisation, State.ACTIVE, "organisation.resumed", reason, by, only_from=State.SUSPENDED)


def _move(
    organisation: UUID, to: State, action: str, reason: str, by: Seat, *, only_from: State | None = None
) -> Organisation:
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotMove(_("Only the network's secretariat does this."))
    with transaction.atomic():
        found = Organisation.objects.select_for_update().get(pk=organisation)
        before = State(found.state)
        if found.kind == Kind.SECRETARIAT:
            raise CannotMove(_("The secretariat itself always stays active."))
        if to not in TRANSITIONS[before] or only_from not in (None, before):
            raise CannotMove(_("This organisation is %(state)s now.") % {"state": before.label})
        found.state = to
        Organisation.objects.filter(pk=organisation).update(state=to)
        record(action=action, on=found, detail={"from": str(before), "to": str(to), "reason": reason}, by=by)
        after_commit(lambda: forget_hosts(organisation))
    return found
