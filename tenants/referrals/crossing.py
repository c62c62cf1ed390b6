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
class Message:
    """What one side wrote to the other."""

    id: UUID
    text: str
    language: str
    at: datetime


@dataclass(frozen=True)
class Reading:
    """Everything that was written up to a moment was read, at another."""

    envelope_id: UUID
    up_to: datetime
    at: datetime


@dataclass(frozen=True)
class Enclosure:
    """A document that goes with a referral; its bytes follow part by part. Taken back: there are none any more.

    `audience` says who of the recipient's team reads it.
    """

    id: UUID
    title: str
    content_type: str
    audience: str
    at: datetime
    is_taken_back: bool = False


@dataclass(frozen=True)
class LinkRequest:
    """The sender has a link sent again, under this key."""

    envelope_id: UUID
    id: UUID
    purpose: str


@dataclass(frozen=True)
class SentLink:
    """That the recipient was sent a link; `code` is what the sender's people say on the telephone, where one asks, and
    `tries` how many wrong ones were typed."""

    envelope_id: UUID
    id: UUID
    purpose: str
    code: str
    tries: int
    sent_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Disclosure:
    """What the consent covers, as (field of Client, value as text) pairs; empty when the consent has ended."""

    envelope_id: UUID
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Responsible:
    """Who may be asked about somebody whom two organisations know, once both have agreed: a colleague, not a client."""

    organisation_id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class DealingStep:
    """A step of a transfer or of a request for access, with what whoever made it wrote for the other side."""

    dealing_id: UUID
    event_id: UUID
    type: str
    side: str
    reason: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class TransferOffer:
    """All that is read before a case is taken over: nothing that says who the person is. `parts` are (kind, number)."""

    transfer_id: UUID
    sender_id: UUID
    note: str
    scopes: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Handover:
    """What goes over with a case: (field of Client, value as text) pairs, and the chosen parts as JSON."""

    transfer_id: UUID
    values: tuple[tuple[str, str], ...]
    story: str


@dataclass(frozen=True)
class HandedFile:
    """One document that goes over with a case, under the same key on both sides."""

    transfer_id: UUID
    document_id: UUID
    title: str
    content_type: str
    audience: str
    content: bytes


@dataclass(frozen=True)
class AccessRequest:
    """Asks to read what is known of somebody: named by a referral or a match that both sides know, else by name and
    year of birth, where the person agreed to that. `match_side` is the asker's on the way out, the other's on arrival.
    """

    access_id: UUID
    asker_id: UUID
    note: str
    scopes: tuple[str, ...]
    envelope_id: UUID | None
    match_side: UUID | None
    named: tuple[str, int | None] | None


@dataclass(frozen=True)
class AccessValues:
    """What may be read now: (field of Client, value as text) pairs."""

    access_id: UUID
    values: tuple[tuple[str, str], ...]
