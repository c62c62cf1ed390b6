"""What may be done with a referral in its state, by its side. Who may do it: permissions."""

from __future__ import annotations

from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import TRANSITIONS, Side, State
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral


def side_of(referral: Referral) -> Side:
    return Side.SENDER if referral.direction == Direction.OUT else Side.TARGET


def next_states(referral: Referral, seat: Seat) -> set[State]:
    """Where this person may move the referral now."""
    if not seat.can(Permission.REFERRAL_ANSWER):
        return set()
    edges = TRANSITIONS[State(referral.envelope.state)]
    return {state for state, side in edges.items() if side == side_of(referral)}


def may_read_need(referral: Referral) -> bool:
    """The recipient reads what is needed once it has opened the referral."""
    return referral.direction == Direction.OUT or referral.envelope.state != State.SENT


def awaits_client(referral: Referral) -> bool:
    """Accepted and told, and somebody must say whether the person is here already."""
    return (
        referral.direction == Direction.IN
        and referral.envelope.state == State.ACCEPTED
        and referral.client_id is None
        and bool(referral.disclosed)
    )
