"""What may be done with a referral in its state, by its side, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import RESULTS, RETRACTED, TAKEN_ON, TRANSITIONS, Remains, Side, State
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client
from tenants.caseloads.policies import counts_as_professional, professions_of
from tenants.referrals.domain.disclosure import Values, fields_in
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral

PERMISSION_OF = {Direction.OUT: Permission.REFERRAL_SEND, Direction.IN: Permission.REFERRAL_ANSWER}


def side_of(referral: Referral) -> Side:
    return Side.SENDER if referral.direction == Direction.OUT else Side.TARGET


@dataclass(frozen=True)
class LinkSeat(Seat):
    """The seat of whoever holds a link: of one referral that came, for these moves of it, and nothing by role."""

    referral_id: UUID | None = None
    moves: frozenset[State] = frozenset()


def may_act(referral: Referral, seat: Seat, to: State | None = None) -> bool:
    """Whether this person may do our side's part at all, or make this move."""
    if isinstance(seat, LinkSeat):
        is_theirs = referral.direction == Direction.IN and seat.referral_id == referral.pk
        return is_theirs and (to is None or to in seat.moves)
    return seat.can(PERMISSION_OF[Direction(referral.direction)])


def next_states(referral: Referral, seat: Seat) -> set[State]:
    """Where this person may move the referral now."""
    if not may_act(referral, seat):
        return set()
    edges = TRANSITIONS[State(referral.envelope.state)]
    return {state for state, sides in edges.items() if side_of(referral) in sides and may_act(referral, seat, state)}


def require_move(referral: Referral, to: State, by: Seat) -> None:
    """Raises PermissionDenied unless they may make our side's moves. The person themselves takes a consent back."""
    if by is SYSTEM or (by is THEMSELVES and to == State.WITHDRAWN) or may_act(referral, by, to):
        return
    raise not_allowed(PERMISSION_OF[Direction(referral.direction)])


def not_allowed(permission: Permission) -> PermissionDenied:
    return PermissionDenied(
        _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
        % {"permission": permission.label}
    )


# Both sides write to each other from opening to closing.
TALKING = frozenset({State.OPENED, State.INFO_REQUESTED, State.WAITLISTED, State.DECLINED}) | TAKEN_ON | RESULTS


def require_part(referral: Referral, by: Seat) -> None:
    """Raises PermissionDenied unless they may do our side's part."""
    if not may_act(referral, by):
        raise not_allowed(PERMISSION_OF[Direction(referral.direction)])


def may_talk(referral: Referral) -> bool:
    """Whether messages are written now."""
    return referral.envelope.state in TALKING and not referral.restricted_at and not referral.purged_at


def may_enclose(referral: Referral) -> bool:
    """Whether documents are sent now: both sides know who the person is."""
    knows = referral.envelope.state in TAKEN_ON | RESULTS and referral.names_person
    return knows and not referral.restricted_at and not referral.purged_at


def may_read_need(referral: Referral) -> bool:
    """The recipient reads what is needed once it has opened the referral."""
    return referral.direction == Direction.OUT or referral.envelope.state != State.SENT


def awaits_client(referral: Referral) -> bool:
    """Accepted and told, and somebody must say whether the person is here already."""
    return (
        referral.direction == Direction.IN
        and referral.envelope.state in TAKEN_ON
        and referral.client_id is None
        and referral.names_person
    )


def awaits_settling(referral: Referral) -> bool:
    """The recipient must say what becomes of its copy."""
    envelope = referral.envelope
    return referral.direction == Direction.IN and envelope.state in RETRACTED and envelope.remains == Remains.WAITING


def may_settle(referral: Referral, seat: Seat) -> bool:
    """Whoever is responsible here, whoever looks after people's rights, and software that answers for us."""
    if seat.can(Permission.RIGHTS_MANAGE) or (seat.is_software and may_act(referral, seat)):
        return True
    return seat.membership_id is not None and seat.membership_id == referral.owner_id


def require_settling(referral: Referral, by: Seat) -> None:
    """Raises PermissionDenied."""
    if by is not SYSTEM and not may_settle(referral, by):
        raise not_allowed(Permission.RIGHTS_MANAGE)


def closed_fields(values: Values, client: Client | None, seat: Seat) -> set[str]:
    """Fields of these that the person does not read on the record either: health and the national number are for
    professionals. Software and whoever holds a link read what was told."""
    if seat.is_software or seat.link_id is not None:
        return set()
    closed = {*fields_in(ConsentScope.HEALTH), *fields_in(ConsentScope.OFFICIAL)} & {name for name, _value in values}
    if not closed or counts_as_professional(seat, professions_of(seat, client) if client else ()):
        return set()
    return closed


def read_by(values: Values, client: Client | None, seat: Seat) -> Values:
    """What of these the person reads."""
    closed = closed_fields(values, client, seat)
    return tuple((name, value) for name, value in values if name not in closed)


def told_to(values: Values, client: Client, seat: Seat) -> Values:
    """Before it is told: that these will be is said to all; what they are, to those who read it on the record."""
    closed = closed_fields(values, client, seat)
    return tuple((name, "" if name in closed else value) for name, value in values)


def is_locked(referral: Referral, seat: Seat) -> bool:
    """The recipient's copy, or the person's record, is restricted: only those who look after people's rights read what
    it holds."""
    is_copy = referral.direction == Direction.IN and referral.restricted_at is not None
    is_record = referral.client is not None and referral.client.restricted_at is not None
    return (is_copy or is_record) and not seat.can(Permission.RIGHTS_MANAGE)
