"""Whose turn it is: the groups that lists of referrals are read in."""

from __future__ import annotations

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import RESULTS, RETRACTED, TRANSITIONS, Remains, State
from tenants.referrals.enums import Direction
from tenants.referrals.models import ReferralQuerySet


class Turn(TextChoices):
    """Who has to do something next."""

    US = "us", _("Waits for us")
    THEM = "them", _("Waits for them")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")


REDIRECTABLE = frozenset(state for state, edges in TRANSITIONS.items() if State.REDIRECTED in edges)
_WORKED_ON = frozenset({State.ACCEPTED, State.STARTED, State.REOPENED})
_OVER = frozenset({State.REJECTED, State.REDIRECTED, State.CLOSED, *REDIRECTABLE, *RETRACTED})
# Beside these, a copy that is to be erased or restricted waits for the recipient. Drafts have a list of their own.
TURNS: dict[Direction, dict[Turn, frozenset[State]]] = {
    Direction.IN: {
        Turn.US: frozenset({State.SENT, State.OPENED, State.WAITLISTED}),
        Turn.THEM: frozenset({State.INFO_REQUESTED, *RESULTS}),
        Turn.UNDER_WAY: _WORKED_ON,
        Turn.ENDED: _OVER,
    },
    Direction.OUT: {
        Turn.US: frozenset({State.INFO_REQUESTED, *RESULTS}),
        Turn.THEM: frozenset({State.HELD, State.SENT, State.OPENED, State.WAITLISTED}),
        Turn.UNDER_WAY: _WORKED_ON,
        Turn.ENDED: _OVER,
    },
}


def whose_turn(referrals: ReferralQuerySet, direction: Direction, turn: Turn) -> ReferralQuerySet:
    """Those of one direction where this side, the other side or nobody has to do something next."""
    found = Q(envelope__state__in=TURNS[direction][turn])
    to_settle = Q(envelope__state__in=RETRACTED, envelope__remains=Remains.WAITING)
    if direction == Direction.IN and turn == Turn.US:
        found |= to_settle
    if direction == Direction.IN and turn == Turn.ENDED:
        found &= ~to_settle
    return referrals.filter(found, direction=direction)
