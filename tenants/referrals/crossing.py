"""What crosses from one organisation to another: frozen values, never model instances (design: one rule)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


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


@dataclass(frozen=True)
class Answer:
    """The recipient's word to the sender."""

    envelope_id: UUID
    note: str
