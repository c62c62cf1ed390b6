"""What crosses from one organisation to another: frozen values, never model instances (design: one rule)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Step:
    """A move of the referral or another event of it, with what whoever made it wrote for the other side.

    `side` is a value of Side. `distance` maps a dimension to (first, last), 0 to 100, told with a result.
    """

    envelope_id: UUID
    event_id: UUID
    type: str
    side: str
    reason: str
    at: datetime
    note: str = ""
    distance: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """All that the recipient sees before it accepts; nothing that says who the person is."""

    envelope_id: UUID
    sender_id: UUID
    need: str
    urgency: str
    area: str


@dataclass(frozen=True)
class Disclosure:
    """What the consent covers, as (field of Client, value as text) pairs; empty when the consent has ended."""

    envelope_id: UUID
    values: tuple[tuple[str, str], ...]
