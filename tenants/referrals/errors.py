"""What can go wrong with a referral."""

from halka.common.errors import Refused


class ConsentMissing(Refused):
    """There is no consent of this client that names this recipient and is valid now."""


class ReferralOpenAlready(Refused):
    """This person has an open referral for the same service at the same organisation."""


class RecipientUnavailable(Refused):
    """The organisation takes no referrals: it is oneself, suspended or closed."""


class SaysWho(Refused):
    """A text that is read before acceptance says who the person is. `field` is the one of the request."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class TalkingEnded(Refused):
    """Nothing is written about the referral: it is not opened yet, closed, or was taken back."""


class NotCovered(Refused):
    """No valid consent of the person covers documents for the other side, or the person is not known there."""


class TransferUnderWay(Refused):
    """The case has ended, or is being handed over already."""


class AccessUnderWay(Refused):
    """They were asked about this person already."""


class NewMember(Refused):
    """Our organisation is provisional: it does not ask about people."""


class NotNamed(Refused):
    """Nobody has said yet which client is meant."""


class LinkOver(Refused):
    """The link opens nothing any more: it was used, replaced, or its time is over."""


class NotTakenOn(Refused):
    """The person is no client here yet: somebody must say first whether they are known."""
