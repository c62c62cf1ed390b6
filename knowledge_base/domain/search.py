"""Finding knowledge by words: all languages at once, tolerant of mistakes, the best first.

Rows that hold the words in their titles are gathered first, then those that hold them anywhere, a bounded number of
both; only these are ranked. So a common word costs the same among fifty thousand pages as among five hundred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import BigAutoField, Case, F, FloatField, Func, Value, When
from django.db.models.expressions import CombinedExpression
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from halka.common.folding import folded
from halka.common.paging import Among
from knowledge_base.access import Reader
from knowledge_base.domain.words import CONFIGURATIONS, SHORTEST_PREFIX, asked, stems_of
from knowledge_base.enums import LISTED, SEARCHED, Kind, Tab
from knowledge_base.models import Entry

GATHERED: Final = 300  # rows of titles, and as many of texts, that are ranked
SIZE: Final = 20
ALIKE: Final = 3  # known words that stand for one with a mistake
COMPARED: Final = 12
OWN_LANGUAGE: Final = 1.4  # counts for so much more
AROUND: Final = 120  # letters shown on either side of what was found
LONGEST_EXCERPT: Final = 280
SHORTEST_STEM: Final = 4


@dataclass(frozen=True)
class Wanted:
    """What is looked for; all of it must hold."""

    text: str = ""
    tab: str = ""
    language: str = ""
    outcome: str = ""
    dimension: str = ""
    level: str = ""
    group: str = ""


@dataclass(frozen=True)
class Found:
    """A row with what was looked for marked in it."""

    entry: Entry
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Results:
    found: list[Found]
    has_more: bool
    meant: str = ""  # what these are results for, where nothing held the words as they were typed
    is_partial: bool = False  # they hold some of the words only


def filtered(wanted: Wanted, *, by: Reader) -> Any:
    """The rows that one may read and that the choices let through, whatever the words."""
    kinds = SEARCHED if wanted.text else LISTED
    rows = Entry.objects.readable(by=by)
    if wanted.tab:
        rows = rows.filter(kind__in=kinds[Tab(wanted.tab)])
    elif not wanted.text:
        rows = rows.exclude(kind=Kind.UNIT)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.dimension:
        rows = rows.filter(dimensions__contains=[wanted.dimension])
    if wanted.level:
        rows = rows.filter(levels__contains=[wanted.level])
    if wanted.group:
        rows = rows.filter(target_group=wanted.group)
    return rows.defer("words", "title_words")


def search(wanted: Wanted, *, language: str, page: int = 1, by: Reader) -> Results:
    """The page of the best results. At most four queries, however many words there are."""
    words = asked(wanted.text)
    if not words:
        return Results([], has_more=False)
    rows = filtered(wanted, by=by)
    found = _ranked(rows, _all(words), language, page)
    if found or page > 1:
        return _results(found, words)
    meant = _meant(words, by=by)
    if meant and (found := _ranked(rows, _all_of(meant), language, page)):
        every = [word for others in meant for word in others]
        return _results(found, every, meant=" ".join(others[0] for others in meant))
    every = [word for others in meant for word in others] if meant else words
    if len(words) > 1 and (found := _ranked(rows, reduce(or_, map(_one, every)), language, page)):
        return _results(found, every, is_partial=True)
    return Results([], has_more=False)


def _results(found: list[Entry], words: Sequence[str], **values: Any) -> Results:
    shown = [Found(row, marked(row.title, words), excerpt(row.summary, row.text, words)) for row in found[:SIZE]]
    return Results(shown, has_more=len(found) > SIZE, **values)


# --- what PostgreSQL is asked ------------------------------------------------------------


def _one(word: str) -> Any:
    """A word: its beginning in any language, its stem in those that have one."""
    start = f"{word}:*" if len(word) >= SHORTEST_PREFIX else word
    variants: list[Any] = [SearchQuery(start, config="simple", search_type="raw")]
    variants += [SearchQuery(word, config=config, search_type="plain") for config in CONFIGURATIONS.values()]
    variants += [SearchQuery(stem, config="simple", search_type="raw") for stem in sorted(stems_of(word))]
    return reduce(or_, variants)


def _all(words: Sequence[str]) -> Any:
    return reduce(and_, map(_one, words))


def _all_of(meant: Sequence[Sequence[str]]) -> Any:
    return reduce(and_, (reduce(or_, map(_one, others)) for others in meant))


def _ranked(rows: Any, query: Any, language: str, page: int) -> list[Entry]:
    """A page and one more. Nothing beyond what was gathered: nobody reads on to the six hundredth result."""
    gathered = Func(
        ArraySubquery(rows.filter(title_words=query).order_by().values("pk")[:GATHERED]),
        ArraySubquery(rows.filter(words=query).order_by().values("pk")[:GATHERED]),
        function="array_cat",
        output_field=ArrayField(BigAutoField()),
    )
    own = Case(When(language=language, then=Value(OWN_LANGUAGE)), default=Value(1.0), output_field=FloatField())
    rank = CombinedExpression(
        SearchRank(F("words"), query, normalization=Value(1)), "*", own, output_field=FloatField()
    )
    first = (page - 1) * SIZE
    best = Entry.objects.filter(Among(F("pk"), gathered)).defer("words", "title_words")
    return list(best.annotate(rank=rank).order_by("-rank", "-published_at", "-id")[first : first + SIZE + 1])


def _meant(words: Sequence[str], *, by: Reader) -> list[list[str]]:
    """For each word itself, or the known words most like it where nothing begins with it; [] when all are known.

    A reader's words are held against those that this reader may read: a suggestion tells nothing else.
    """
    readable = "" if by.is_member else "AND known.is_public"
    with connection.cursor() as cursor:
        cursor.execute(
            # `readable` is one of two texts of ours
            f"""
            SELECT typed, alike.word FROM unnest(%s::text[]) AS typed
            LEFT JOIN LATERAL (
                SELECT known.word FROM knowledge_base_word AS known
                WHERE known.word %% typed {readable}
                ORDER BY similarity(known.word, typed) DESC, known.word LIMIT %s
            ) AS alike ON true
            WHERE NOT EXISTS (
                SELECT 1 FROM knowledge_base_word AS known WHERE known.word LIKE typed || '%%' {readable}
            )
            """,
            [list(words), COMPARED],
        )
        pairs = sorted(cursor.fetchall(), key=lambda pair: words.index(pair[0]))
    unknown = {typed: [word for _typed, word in found if word] for typed, found in groupby(pairs, lambda pair: pair[0])}
    if not any(unknown.values()):
        return []
    return [_nearest(word, unknown[word]) if unknown.get(word) else [word] for word in words]


def _nearest(typed: str, known: list[str]) -> list[str]:
    """Letters in their order count for more than shared groups of three: a swapped pair breaks up four of these."""
    return sorted(known, key=lambda word: (-round(SequenceMatcher(None, typed, word).ratio(), 3), word))[:ALIKE]


# --- what readers see --------------------------------------------------------------------

_WORD: Final = re.compile(r"[\w\u200c]+(?:['’]\w+)*")


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Escaped, with every word that was looked for in a <mark>."""
    parts, last = [], 0
    for match in _WORD.finditer(text):
        if _is_meant(match[0], words):
            parts += [conditional_escape(text[last : match.start()]), f"<mark>{conditional_escape(match[0])}</mark>"]
            last = match.end()
    return mark_safe("".join([*map(str, parts), str(conditional_escape(text[last:]))]))  # noqa: S308


def excerpt(summary: str, text: str, words: Sequence[str]) -> SafeString:
    """The summary, or its part or that of the text where a word stands; never more than a few lines."""
    for whole in (summary, text):
        place = next((match.start() for match in _WORD.finditer(whole) if _is_meant(match[0], words)), None)
        if place is not None:
            return _around(whole, place, words)
    return _around(summary, 0, words)


def _around(text: str, place: int, words: Sequence[str]) -> SafeString:
    """Whole words on either side of a place; all of a short text."""
    start, end = max(0, place - AROUND), min(len(text), place + AROUND)
    if len(text) <= LONGEST_EXCERPT:
        start, end = 0, len(text)
    start = text.find(" ", start, place) + 1 or start if start else 0
    end = text.rfind(" ", place, end) if end < len(text) and " " in text[place:end] else end
    piece = marked(text[start:end], words)
    return mark_safe(f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}")  # noqa: S308


def _is_meant(written: str, words: Sequence[str]) -> bool:
    """Begins with a word, or shares its stem as far as can be told without PostgreSQL."""
    for part in folded(written).split():
        for word in words:
            if part.startswith(word) if len(word) >= SHORTEST_PREFIX else part == word:
                return True
            if _stem(part, word):
                return True
    return False


def _stem(one: str, other: str) -> bool:
    pairs = enumerate(zip(one, other, strict=False))
    shared = next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
    return shared >= max(SHORTEST_STEM, max(len(one), len(other)) - 3)
