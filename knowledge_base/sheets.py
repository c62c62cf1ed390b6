"""The rows of a page on which somebody translates, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from halka.common.differences import Piece
from knowledge_base.domain.translating import Pair, PartState, Typed, pairs_of
from knowledge_base.models import Translation
from knowledge_base.segments import Segment, segments_of

LETTERS_A_LINE: Final = 60
FEWEST, MOST = 1, 24  # lines of a field


@dataclass(frozen=True)
class Row:
    """A part on the page; `theirs` is what somebody else has written meanwhile, `typed` what this person has."""

    pair: Pair
    typed: Typed | None = None

    @property
    def key(self) -> str:
        return self.pair.segment.key

    @property
    def anchor(self) -> str:
        return self.key.replace(":", "-")

    @property
    def text(self) -> str:
        return self.typed.text if self.typed else self.pair.text

    @property
    def theirs(self) -> str:
        return self.pair.text if self.typed else ""

    @property
    def state(self) -> PartState:
        return self.pair.state

    @property
    def what_changed(self) -> list[Piece]:
        return self.pair.what_changed() if self.state == PartState.CHANGED else []

    @property
    def lines(self) -> int:
        """As many as the longer of both needs."""
        longest = max(self.pair.segment.text, self.text, key=len)
        needed = sum(1 + len(line) // LETTERS_A_LINE for line in longest.split("\n"))
        return min(max(needed, FEWEST), MOST)


def rows_of(source: Any, translation: Translation | None, *, contested: Mapping[str, Typed] | None = None) -> list[Row]:
    return rows_about(segments_of(source), translation, contested=contested)


def rows_about(
    segments: list[Segment], translation: Translation | None, *, contested: Mapping[str, Typed] | None = None
) -> list[Row]:
    pairs = pairs_of(translation, segments)
    return [Row(pair, (contested or {}).get(pair.segment.key)) for pair in pairs]


def typed_in(data: Any) -> list[Typed]:
    """All parts that were sent; what is not of this page is left out."""
    found = []
    for name, text in data.items():
        kind, _, key = name.partition("-")
        if kind == "text" and key:
            version = data.get(f"version-{key}", "")
            found.append(
                Typed(
                    key=key,
                    text=text.replace("\0", ""),
                    seen_version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
                    seen_source=data.get(f"source-{key}", ""),
                    is_current=bool(data.get(f"current-{key}")),
                )
            )
    return found
