"""What crosses between the two sides of a move beside the record itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, repr=False)
class Preview:
    """What the target sees before it accepts; nothing that says who it is. `counts` are (label of a model, rows)."""

    shared_id: UUID
    sender_id: UUID
    need: str
    area: str
    counts: tuple[tuple[str, int], ...]
    note: str
