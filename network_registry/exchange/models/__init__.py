"""The exchange's tables, by noun."""

from network_registry.exchange.models.access import Access
from network_registry.exchange.models.deadlines import Deadlines
from network_registry.exchange.models.dealings import DealingEvent
from network_registry.exchange.models.envelopes import Envelope, EnvelopeEvent
from network_registry.exchange.models.fairness import Fairness
from network_registry.exchange.models.matches import Match, MatchSide, Token, TokenCount
from network_registry.exchange.models.outbox import OutboxItem
from network_registry.exchange.models.parcels import Parcel
from network_registry.exchange.models.relocations import Relocation
from network_registry.exchange.models.transfers import Transfer

__all__ = [
    "Access",
    "Deadlines",
    "DealingEvent",
    "Envelope",
    "EnvelopeEvent",
    "Fairness",
    "Match",
    "MatchSide",
    "OutboxItem",
    "Parcel",
    "Relocation",
    "Token",
    "TokenCount",
    "Transfer",
]
