"""What in a text could tell who somebody is, told by its shape alone: addresses, numbers, days and ages in the
digits of every script, and words that look like a full name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from halka.common.calendars import JALALI_MONTHS
from halka.common.folding import folded

WORD: Final = re.compile(r"[^\W\d_]+(?:[\u200c'’-][^\W\d_]+)*")
OPENING: Final = re.compile(r"(?:^|[.!?؟…:]|\n)[\s\"“„«'(*•-]*$")
EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DAY_IN_NUMBERS: Final = re.compile(r"(?<![\d.])(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?!\d)")
DAY_BEFORE_MONTH: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|-?(?:a|i|m|ا?م))?\.?\s+([^\W\d_]{3,})")
DAY_AFTER_MONTH: Final = re.compile(r"([^\W\d_]{3,})(?:\s+mėn\.)?\s+(\d{1,2})(?!\d)(?!\s*%)")
# Two letters at most may stand around the numbers that states give to people.
LONG_NUMBER: Final = re.compile(r"(?<!\w)[A-Za-z]?\d{8,}[A-Za-z]?(?!\w)")
PHONE: Final = re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d[\d\s().\-/\u2011]{5,}\d(?!\w)")
AMOUNT: Final = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+")
YEARS: Final = re.compile(r"\d{4}\s*[-/]\s*\d{2,4}")
ENOUGH_DIGITS: Final = 7
AGE: Final = re.compile(
    r"(?<!\d)\d{1,3}[\s-]*(?:years?[\s-]old|vje[çc]\w*|go?di[sš]nj\w*|годиш[њн]\w*|met[iė]\w*|letn\w*|سال[هگ]\w*)",
    re.IGNORECASE,
)
STREETS: Final = r"ulic\w+|ul\.|улиц\w+|ул\.|rrug\w+|rr\.|bulevar\w*|булевар\w*|خیابان|کوچه|بلوار|پلاک"
AFTER_NAMES: Final = r"street|road|avenue|lane|gatv\w+|g\.|cest\w+|trg\w*"
ADDRESS: Final = re.compile(
    rf"(?<!\w)(?:(?:{STREETS})\s+(?:[^\W\d_]+\s+){{0,3}}\d+|(?:\d+\s+)?[^\W\d_]+\s+(?:{AFTER_NAMES})\s*\d+\w?"
    rf"|\d+\s+[^\W\d_]+\s+(?:street|road|avenue|lane))(?!\w)",
    re.IGNORECASE,
)


class Shape(StrEnum):
    PERSON = "person"
    CONTACT = "contact"
    NUMBER = "number"
    DAY = "day"
    AGE = "age"
    ADDRESS = "address"


@dataclass(frozen=True)
class Span:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Token:
    """A word where it stands. `is_capital`: written like a name, which scripts without capitals always are."""

    start: int
    end: int
    folded: str
    is_capital: bool
    opens_sentence: bool
    has_cases: bool

    @property
    def parts(self) -> list[str]:
        return self.folded.split()


def tokens_of(text: str) -> Iterator[Token]:
    for match in WORD.finditer(text):
        word = match[0]
        has_cases = word.lower() != word.upper()
        yield Token(
            match.start(),
            match.end(),
            folded(word),
            not has_cases or word[0].isupper(),
            bool(OPENING.search(text, max(0, match.start() - 12), match.start())),
            has_cases,
        )


def spans_in(text: str) -> Iterator[Span]:
    """The surest first: a later one that lies over an earlier one is not looked at."""
    yield from _all(EMAIL, Shape.CONTACT, text)
    yield from _days(text)
    yield from _all(ADDRESS, Shape.ADDRESS, text)
    yield from _all(AGE, Shape.AGE, text)
    yield from _all(LONG_NUMBER, Shape.NUMBER, text)
    for match in PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in match[0])
        if digits >= ENOUGH_DIGITS and not AMOUNT.fullmatch(match[0]) and not YEARS.fullmatch(match[0]):
            yield Span(Shape.CONTACT, match.start(), match.end())


def full_names(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Two words with capital letters beside each other look like somebody's name."""
    small = {token.folded for token in tokens if not token.is_capital}
    for first, second in itertools.pairwise(tokens):
        alike = all(token.is_capital and token.has_cases for token in (first, second))
        beside = alike and text[first.end : second.start] in (" ", "-")
        if beside and not (first.opens_sentence and (len(first.folded) <= 4 or first.folded in small)):
            yield Span(Shape.PERSON, first.start, second.end)


def apart(spans: Iterable[Span]) -> list[Span]:
    """Without those that lie over an earlier kind's, in the order of the text."""
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _all(pattern: re.Pattern[str], kind: Shape, text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(kind, match.start(), match.end())


def _days(text: str) -> Iterator[Span]:
    for match in DAY_IN_NUMBERS.finditer(text):
        first, middle, last = (int(match[number]) for number in (1, 3, 4))
        if 1 <= middle <= 31 and (1 <= first <= 31 or 1 <= last <= 31) and len(match[1]) + len(match[4]) != 2:
            yield Span(Shape.DAY, match.start(), match.end())
    for pattern, number, word in ((DAY_BEFORE_MONTH, 1, 2), (DAY_AFTER_MONTH, 2, 1)):
        for match in pattern.finditer(text):
            if 1 <= int(match[number]) <= 31 and _is_month(match[word]):
                yield Span(Shape.DAY, match.start(), match.end())


def _is_month(word: str) -> bool:
    form = folded(word)
    return any(form.startswith(begins) and len(form) <= longest for begins, longest in _months())


@cache
def _months() -> frozenset[tuple[str, int]]:
    """What the months of all languages begin with, and how long a form of each may be."""
    names: set[str] = {name for months in JALALI_MONTHS.values() for name in months}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {str(name) for name in (*MONTHS.values(), *MONTHS_ALT.values())}
    return frozenset((form[: max(min(len(form), 4), len(form) - 2)], len(form) + 3) for form in map(folded, names))
