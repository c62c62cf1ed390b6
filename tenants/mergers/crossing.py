"""What crosses between two organisations that are merged beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ProgrammeAs:
    """A programme whole, but for who changed it last. `key` is the one there; `targets`, and what people who were
    erased counted for (`kept`), are (measure, number).
    """

    key: UUID
    name: str
    funder: str
    starts_on: date
    ends_on: date | None
    territory: str
    objectives: str
    target_group: str
    consent_wording: str
    consent_months: int
    unseen_days: int
    state: str
    targets: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, int], ...]
