"""The texts of several pages at once, for paper: a query for each kind, however many pages there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from knowledge_base.enums import Kind
from knowledge_base.models import Advocacy, Article, Curriculum, Entry, Lesson, Practice

MODELS: Final[dict[str, Any]] = {
    Kind.LESSON: Lesson,
    Kind.PRACTICE: Practice,
    Kind.ARTICLE: Article,
    Kind.ADVOCACY: Advocacy,
    Kind.CURRICULUM: Curriculum,
    Kind.UNIT: Curriculum,
}


def texts_of(entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """By the row's key, what the template of its kind needs: the template's name, the page, and the unit."""
    entries = list(entries)
    pages: dict[int, Any] = {}
    for model in dict.fromkeys(MODELS[entry.kind] for entry in entries):
        keys = [entry.page_id for entry in entries if MODELS[entry.kind] is model]
        pages |= {page.pk: page for page in model.objects.filter(pk__in=keys).select_related("locale")}
    return {
        entry.pk: {
            "template": f"knowledge_base/texts/{entry.kind}.html",
            "page": pages[entry.page_id],
            "unit": entry.unit,
        }
        for entry in entries
    }
