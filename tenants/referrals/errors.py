"""What can go wrong with a referral."""

from halka.common.errors import Refused


class ConsentMissing(Refused):
    """There is no consent of this client that names this recipient and is valid now."""


class ReferralOpenAlready(Refused):
    """This person has an open referral for the same service at the same organisation."""


class RecipientUnavailable(Refused):
    """The organisation takes no referrals: it is oneself, suspended or closed."""
