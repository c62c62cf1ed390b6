"""The columns that clients are searched and sorted by."""

from __future__ import annotations

import re

from halka.common.calendars import latin_digits
from halka.common.folding import folded, order_of

PHONE = re.compile(r"[\s\d+()/.-]{5,}")
SHORT = 2  # up to here a fragment counts at the beginning of a word only: elsewhere it is everywhere


def words(*names: str) -> str:
    return folded(" ".join(names))


def search_key(given_name: str, family_name: str, other_names: str, phone: str) -> str:
    """All words in one form, each with a space before it, and the digits of the phone number."""
    digits = phone_digits(phone)
    return f" {words(given_name, family_name, other_names)}" + (f" {digits}" if digits else "")


def sort_key(given_name: str, family_name: str) -> str:
    return order_of(family_name, given_name)[:450]


def fragments(text: str) -> list[str]:
    """What a search key must hold to be found by the text; none when there is nothing to look for in it."""
    if PHONE.fullmatch(text.strip()):
        digits = phone_digits(text)
        return [digits] if digits else []
    return [word if len(word) > SHORT else f" {word}" for word in words(text).split()]


def is_selective(text: str) -> bool:
    """Whether the index of fragments leads to few clients: it knows parts of three letters."""
    return any(len(fragment.strip()) > SHORT for fragment in fragments(text))


def phone_digits(phone: str) -> str:
    """Without what stands before the number at home (0) or abroad (00, +)."""
    return re.sub(r"\D", "", latin_digits(phone)).lstrip("0")
