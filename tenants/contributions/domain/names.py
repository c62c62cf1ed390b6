"""Names of clients, colleagues and small places, found in running text in whatever form its language gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count

from halka.common.folding import folded
from halka.common.shapes import Token
from tenants.caseloads.models import Client
from tenants.organisations.models import Colleague

SHORTEST: Final = 3  # letters of a stem
FEW: Final = 10  # clients of one place: fewer could be told by it
# What a name ends with where it stands for itself, and what its forms end with: Marko and Marka, Jonas and Jono, Dren
# and Drenit, Mojca and Mojčin. In folded letters.
NAME_END: Final = "(as|is|us|ys|a|e|i|o|u|y)$"
_LATIN_ENDINGS: Final = (
    "a e i o u y s m n as is us ys os es en em om am im oj ej ju jem jom ui iui ai ei io iu in it ut ve vet un "
    "ova ove ovo ovi ovu ov ovih ovim ev eva eve evo ina ine ino inu ini se sin sja"
)
ENDINGS: Final = frozenset(f"{_LATIN_ENDINGS} ی م ت ش ها ان ام جان خانم".split())
LONGEST_ENDING: Final = 4
_KNOWN: Final = f"""
SELECT DISTINCT word FROM {Client._meta.db_table}, unnest(string_to_array(search_key, ' ')) AS word
WHERE word = ANY(%s) OR regexp_replace(word, %s, '') = ANY(%s)
"""  # the table's own name


@dataclass(frozen=True)
class Known:
    """Names as they stand alone, and what is left of them without their ending."""

    names: frozenset[str]
    stems: frozenset[str]

    def holds(self, token: Token) -> bool:
        """Small letters count for a whole name of some length only: people type on phones."""
        parts = token.parts
        if any(part in self.names and (token.is_capital or len(part) > SHORTEST) for part in parts):
            return True
        return token.is_capital and any(stem in self.stems for part in parts for stem in stems_of(part))


def stems_of(word: str) -> Iterator[str]:
    """What could be left of a name in one of its forms."""
    if len(word) >= SHORTEST:
        yield word
    for length in range(1, LONGEST_ENDING + 1):
        rest, ending = word[:-length], word[-length:]
        if len(rest) >= SHORTEST - (length == 1) and ending in ENDINGS:
            yield rest


def names_in(tokens: Iterable[Token]) -> Known:
    """Of all clients, restricted and merged ones too, and of all colleagues, those that went too."""
    whole, stems = _asked(token for token in tokens)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [whole, NAME_END, stems])
        names = {name for (name,) in cursor.fetchall() if len(name) >= SHORTEST and not name.isdigit()}
    people = Colleague.objects.values_list("name", flat=True)
    names |= {part for name in people for part in folded(name).split() if len(part) >= SHORTEST}
    return _known(names)


def known_places(tokens: Iterable[Token]) -> Known:
    """Places that few of the organisation's clients come from. Those of several words are known by the longest."""
    rare = Client.objects.exclude(place="").order_by().values("place").annotate(count=Count("pk")).filter(count__lt=FEW)
    words = (max(folded(place).split() or [""], key=len) for place in rare.values_list("place", flat=True))
    asked = set(_asked(tokens)[1])
    names = {word for word in words if len(word) > SHORTEST and not word.isdigit()}
    return _known({name for name in names if _stem(name) in asked or name in asked})


def _asked(tokens: Iterable[Token]) -> tuple[list[str], list[str]]:
    parts = {(part, token.is_capital) for token in tokens for part in token.parts}
    whole = {part for part, is_capital in parts if is_capital or len(part) > SHORTEST}
    stems = {stem for part, is_capital in parts if is_capital for stem in stems_of(part)}
    return sorted(whole), sorted(stems)


def _known(names: Iterable[str]) -> Known:
    names = frozenset(names)
    stems = {stem for name in names if len(stem := _stem(name)) >= SHORTEST - 1}
    return Known(names, frozenset(stems))


def _stem(name: str) -> str:
    return re.sub(NAME_END, "", name)
