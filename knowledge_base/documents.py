"""Published texts as plain values, for other systems: what a page says, and nothing of how it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from wagtail.models import Page

from knowledge_base.enums import Kind
from knowledge_base.models import Curriculum, Lesson, Practice

Document = dict[str, Any]
LESSON: Final = (
    "outcome", "context", "tried", "happened", "why", "next_time", "programme", "target_group", "dimension", "level",
    "place", "cost", "evidence", "evidence_detail", "curricula", "services",
)  # fmt: skip
PRACTICE: Final = ("when_to_use", "steps", "needs", "pitfalls", "evidence", "dimension", "level")
CURRICULUM: Final = ("key", "who_for", "how_to_use", "outcomes", "levels")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _told_by(page: Any) -> str:
    """The short name of the organisation, where it wants to be named."""
    return page.told_by.schema_name if page.told_by else ""


def _lesson(page: Any) -> Document:
    return {name: getattr(page, name) for name in LESSON} | {"told_by": _told_by(page)}


def _practice(page: Any) -> Document:
    more = {"practice_kind": page.kind, "told_by": _told_by(page)}
    return {name: getattr(page, name) for name in PRACTICE} | more


def _curriculum(page: Any) -> Document:
    versions = [
        {"number": version.number, "changes": version.changes, "published_at": _moment(version.published_at)}
        for version in page.versions.published().order_by("-number")
    ]
    more = {"level_in_words": page.level, "versions": versions}
    return {name: getattr(page, name) for name in CURRICULUM} | more


WRITERS: Final[dict[type[Page], tuple[Kind, Callable[[Any], Document]]]] = {
    Lesson: (Kind.LESSON, _lesson),
    Practice: (Kind.PRACTICE, _practice),
    Curriculum: (Kind.CURRICULUM, _curriculum),
}


def document_of(page: Any) -> Document:
    """Everything in it is text, number, list or object of JSON."""
    _kind, written = WRITERS[type(page)]
    since = page.first_published_at or page.latest_revision_created_at
    common = {
        "title": page.title,
        "summary": page.summary,
        "path": f"{page.slug}/",
        "published_at": _moment(since),
    }
    return common | written(page)
