"""What can go wrong with an envelope."""

from halka.common.errors import Refused


class ReferralMoved(Refused):
    """The referral is not in a state, or not on a side, from which this can be done: somebody was faster."""


class ReasonMissing(Refused):
    """This move says why, in one of the network's words."""


class DealingMoved(Refused):
    """A transfer or a request for access is not in a state, or not on a side, from which this can be done."""


class EnoughForToday(Refused):
    """The organisation has had as many people looked for as it may on one day."""


class MatchOver(Refused):
    """Somebody did not agree, too much time has passed, or it was answered already."""
