"""What a member's lesson or practice is made of: the fields of its page that a member fills in, and how they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise

from knowledge_base.enums import Kind
from knowledge_base.models.lessons import Lesson, Practice

PAGES: Final[dict[str, type[Lesson] | type[Practice]]] = {Kind.LESSON: Lesson, Kind.PRACTICE: Practice}
# The order in which they are written, checked and read.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    Kind.LESSON: (
        "title", "summary", "context", "tried", "happened", "why", "next_time", "programme", "place", "cost",
        "evidence", "evidence_detail", "outcome", "target_group", "dimension", "level",
    ),
    Kind.PRACTICE: (
        "title", "summary", "when_to_use", "steps", "needs", "pitfalls", "evidence", "kind", "dimension", "level",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One field of a text as it reads; `is_text` where somebody wrote it freely."""

    name: str
    label: str | Promise
    text: str
    is_text: bool


def page_field(kind: str, name: str) -> models.Field[Any, Any]:
    found: models.Field[Any, Any] = PAGES[kind]._meta.get_field(name)
    return found


def texts_of(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """What was written freely, in order."""
    return {name: values.get(name, "") for name in FIELDS[kind] if not page_field(kind, name).choices}


def missing_in(kind: str, values: Mapping[str, str]) -> list[str]:
    """Names of fields that a page cannot do without and that are empty."""
    return [name for name in FIELDS[kind] if not page_field(kind, name).blank and not values.get(name, "").strip()]


def parts_of(kind: str, values: Mapping[str, str]) -> Iterator[Part]:
    """What is filled in."""
    for name in FIELDS[kind]:
        field, value = page_field(kind, name), values.get(name, "")
        if value:
            label = field.verbose_name
            shown = str(dict(field.flatchoices).get(value, value)) if field.choices else value
            yield Part(name, label, shown, not field.choices)
