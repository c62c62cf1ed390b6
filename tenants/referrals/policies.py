"""What may be done with a referral in its state, by its side, and by whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import RETRACTED, TAKEN_ON, TRANSITIONS, Remains, Side, State
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral

PERMISSION_OF = {Direction.OUT: Permission.REFERRAL_SEND, Direction.IN: Permission.REFERRAL_ANSWER}


def side_of(referral: Referral) -> Side:
    return Side.SENDER if referral.direction == Direction.OUT else Side.TARGET


def may_act(referral: Referral, seat: Seat) -> bool:
    """Whether this person may do our side's part at all."""
    return seat.can(PERMISSION_OF[Direction(referral.direction)])


def next_states(referral: Referral, seat: Seat) -> set[State]:
    """Where this person may move the referral now."""
    if not may_act(referral, seat):
        return set()
    edges = TRANSITIONS[State(referral.envelope.state)]
    return {state for state, sides in edges.items() if side_of(referral) in sides}


def require_move(referral: Referral, to: State, by: Seat) -> None:
    """Raises PermissionDenied unless they may make our side's moves. The person themselves takes a consent back."""
    if by is SYSTEM or (by is THEMSELVES and to == State.WITHDRAWN) or may_act(referral, by):
        return
    raise PermissionDenied(
        _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
        % {"permission": PERMISSION_OF[Direction(referral.direction)].label}
    )


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
