"""Two texts word by word: what stayed, what left, what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
SAME, LEFT, CAME = "same", "left", "came"
LONG: Final = 100  # words of what stayed that are worth showing between two changes
AROUND: Final = 36


@dataclass(frozen=True)
class Piece:
    """Some words: the same in both texts, those that `left`, those that `came`."""

    kind: str
    text: str


def words_between(before: str, after: str) -> list[Piece]:
    """From one text to the other; long stretches that stayed are cut in their middle."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, _shortened(old[old_from:old_to])))
            continue
        for kind, words in ((LEFT, old[old_from:old_to]), (CAME, new[new_from:new_to])):
            if words:
                pieces.append(Piece(kind, "".join(words)))
    return pieces


def _shortened(words: list[str]) -> str:
    if len(words) <= LONG:
        return "".join(words)
    return "".join([*words[:AROUND], " … ", *words[-AROUND:]])
