"""What of a page is put into another language, part by part; what is not words is the same in all languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from knowledge_base.fields import LinesField
from knowledge_base.models import Advocacy, Article, Curriculum, Lesson, Practice
from knowledge_base.rich_text import as_notation, as_rich_text

# In the order in which they are read.
WORDS: Final[dict[type[Page], tuple[str, ...]]] = {
    Lesson: (
        "title", "summary", "context", "tried", "happened", "why", "next_time", "programme", "place", "cost",
        "evidence", "evidence_detail",
    ),
    Practice: ("title", "summary", "when_to_use", "steps", "needs", "pitfalls", "evidence"),
    Advocacy: ("title", "summary", "issue", "position", "asks", "addressed_to"),
    Article: ("title", "introduction", "body"),
    Curriculum: ("title", "summary", "who_for", "how_to_use", "level", "outcomes"),
}  # fmt: skip
# What says the same in all languages, and follows the original.
FACTS: Final[dict[type[Page], tuple[str, ...]]] = {
    Lesson: (
        "audience", "group_id", "is_from_member", "told_by_id", "outcome", "target_group", "dimension", "level",
        "curricula", "services",
    ),
    Practice: ("audience", "group_id", "is_from_member", "told_by_id", "kind", "dimension", "level"),
    Advocacy: ("audience", "group_id"),
    Article: ("audience", "group_id"),
    Curriculum: ("audience", "group_id", "key", "levels"),
}  # fmt: skip


@dataclass(frozen=True)
class Segment:
    """A part of a page; `most`: letters it may have, None for any number."""

    key: str
    label: str | Promise
    text: str
    most: int | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.text)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def segments_of(page: Any) -> list[Segment]:
    """Parts of a specific page that have words."""
    return [segment for name in WORDS[type(page)] for segment in of_field(page, name) if segment.text]


def fill(page: Any, source: Any, texts: Mapping[str, str]) -> None:
    """Puts the translated words, and the facts of the original, into a page of the same kind."""
    for name in FACTS[type(source)]:
        setattr(page, name, getattr(source, name))
    for name in WORDS[type(source)]:
        field = source._meta.get_field(name)
        if isinstance(field, StreamField):
            setattr(page, name, [_translated(source, name, block, texts) for block in getattr(source, name).raw_data])
        else:
            setattr(page, name, filled(field, texts.get(name, "")))


def filled(field: Any, text: str) -> Any:
    """What a field of words or of lines holds, of a text."""
    return lines_of(text) if isinstance(field, LinesField) else text


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def of_field(row: Any, name: str) -> Iterator[Segment]:
    """The parts of one field, of a page or of what a curriculum teaches."""
    field: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(field, StreamField):
        for block in value.raw_data:
            yield from _of_block(field, name, block)
    elif isinstance(field, LinesField):
        yield Segment(name, field.verbose_name, "\n".join(value))
    else:
        most = field.max_length if isinstance(field, models.CharField | models.TextField) else None
        yield Segment(name, field.verbose_name, tidy(value), most)


def tidy(text: str) -> str:
    """As it is kept and compared: ends of lines as one letter, nothing around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _of_block(field: Any, name: str, block: Mapping[str, Any]) -> Iterator[Segment]:
    shape = field.stream_block.child_blocks[block["type"]]
    key, value = f"{name}:{block['id']}", block["value"]
    if isinstance(shape, blocks.StructBlock):
        for part, inner in shape.child_blocks.items():
            yield Segment(f"{key}:{part}", inner.label, tidy(value.get(part) or ""))
    elif isinstance(shape, blocks.RichTextBlock):
        yield Segment(key, shape.label, as_notation(value))
    else:
        yield Segment(key, shape.label, tidy(value))


def _translated(source: Any, name: str, block: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    shape = source._meta.get_field(name).stream_block.child_blocks[block["type"]]
    key = f"{name}:{block['id']}"
    value: Any
    if isinstance(shape, blocks.StructBlock):
        value = {part: texts.get(f"{key}:{part}", "") for part in shape.child_blocks}
    elif isinstance(shape, blocks.RichTextBlock):
        value = as_rich_text(texts.get(key, ""), like=block["value"])
    else:
        value = texts.get(key, "")
    return {"type": block["type"], "id": block["id"], "value": value}
