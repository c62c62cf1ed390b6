"""An organisation's own copies of referrals, by noun."""

from tenants.referrals.models.access import Access, AccessStep
from tenants.referrals.models.documents import Enclosure
from tenants.referrals.models.links import AnswerLink
from tenants.referrals.models.matches import Match, Participation, Presence
from tenants.referrals.models.messages import Message
from tenants.referrals.models.referrals import Referral, ReferralQuerySet
from tenants.referrals.models.steps import Step
from tenants.referrals.models.transfers import Transfer, TransferStep

__all__ = [
    "Access",
    "AccessStep",
    "AnswerLink",
    "Enclosure",
    "Match",
    "Message",
    "Participation",
    "Presence",
    "Referral",
    "ReferralQuerySet",
    "Step",
    "Transfer",
    "TransferStep",
]
