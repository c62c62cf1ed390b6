"""Links between texts that lead to nothing, or to what a reader of the one may not read. Nothing outside is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.documents import get_document_model

from halka.common.addresses import origin
from knowledge_base.enums import Audience, Fault, Kind
from knowledge_base.models import Article, Entry, KnowledgeIndex, Lesson

ANCHOR: Final = re.compile(r"<a\b[^>]*>")
ATTRIBUTE: Final = re.compile(r'\b(linktype|id|href)="([^"]*)"')
ADDRESS: Final = re.compile(r"(?P<host>https?://[^\s/\"<>]+)?/knowledge/(?P<language>[a-z]{2})/(?P<path>(?:[-\w]+/)*)")


@dataclass(frozen=True)
class Broken:
    """A link of a page; `target` as it stands there."""

    page_id: int
    title: str
    language: str
    target: str
    fault: Fault


@dataclass(frozen=True)
class _Source:
    page_id: int
    title: str
    language: str
    audience: str

    def broken(self, target: str, fault: Fault) -> Broken:
        return Broken(self.page_id, self.title, self.language, target, fault)


class _Known:
    """What there is to lead to. Three queries."""

    def __init__(self) -> None:
        self.pages: dict[int, str] = dict.fromkeys(KnowledgeIndex.objects.live().values_list("pk", flat=True), "public")
        self.paths: dict[tuple[str, str], str] = {}
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.documents = set(get_document_model().objects.values_list("pk", flat=True))
        self.sources: dict[int, _Source] = {}
        rows = Entry.objects.values_list("page_id", "kind", "title", "language", "audience", "path", "keys")
        for page_id, kind, title, language, audience, path, keys in rows:
            self.paths[language, path] = audience
            if kind in (Kind.CURRICULUM, Kind.UNIT):
                self.keys[language].update(keys)
            if kind != Kind.UNIT:
                self.pages[page_id] = audience
                self.sources[page_id] = _Source(page_id, title, language, audience)


def _fault(source: _Source, audience: str | None) -> Fault | None:
    """Of a link from the source to a text for this audience (None: to nothing)."""
    if audience is None:
        return Fault.NOTHING
    own = [] if source.audience == Audience.PUBLIC else [Audience.MEMBERS, source.audience]
    return None if audience in (Audience.PUBLIC, *own) else Fault.CLOSED


def broken_links() -> list[Broken]:
    """Of all published texts, by title. Six queries; only texts that hold a link are read."""
    known = _Known()
    found = [*_of_lessons(known), *_of_articles(known), *_typed(known)]
    return sorted(dict.fromkeys(found), key=lambda one: (one.title, one.page_id, one.target))


def _of_lessons(known: _Known) -> Iterator[Broken]:
    """Curricula and units that a lesson says it belongs to. A translation names those of its original."""
    for pk, keys in Lesson.objects.live().filter(translation=None).exclude(curricula=[]).values_list("pk", "curricula"):
        source = known.sources.get(pk)
        if source is not None:
            missing = [key for key in keys if key not in known.keys[source.language]]
            yield from (source.broken(key, Fault.NO_KEY) for key in missing)


def _of_articles(known: _Known) -> Iterator[Broken]:
    holding = Article.objects.live().alias(raw=Cast("body", TextField())).filter(raw__contains="<a ")
    for article in holding:
        source = known.sources.get(article.pk)
        if source is not None:
            for block in article.body.raw_data:
                for anchor in ANCHOR.findall(str(block["value"])):
                    yield from _of_anchor(known, source, dict(ATTRIBUTE.findall(anchor)))


def _of_anchor(known: _Known, source: _Source, link: dict[str, str]) -> Iterator[Broken]:
    number = int(link["id"]) if link.get("id", "").isdigit() else 0
    fault = None
    if link.get("linktype") == "page":
        fault = _fault(source, known.pages.get(number))
    elif link.get("linktype") == "document":
        fault = None if number in known.documents else Fault.NOTHING  # whoever reads the page may have its files
    else:
        yield from _addresses(known, source, link.get("href", ""))
    if fault is not None:
        yield source.broken(f"{link['linktype']} {number}", fault)


def _typed(known: _Known) -> Iterator[Broken]:
    """Our own addresses, written out in a text."""
    holding = Entry.objects.filter(Q(text__contains="/knowledge/") | Q(summary__contains="/knowledge/"))
    for page_id, summary, text in holding.values_list("page_id", "summary", "text"):
        source = known.sources.get(page_id)
        if source is not None:
            yield from _addresses(known, source, f"{summary} {text}")


def _addresses(known: _Known, source: _Source, text: str) -> Iterator[Broken]:
    for match in ADDRESS.finditer(text):
        if match["host"] in (None, origin()) and match["path"]:
            fault = _fault(source, _audience_at(known, match["language"], match["path"]))
            if fault is not None:
                yield source.broken(match[0], fault)


def _audience_at(known: _Known, language: str, path: str) -> Any:
    """Of the text at an address; sheets, versions and files of a curriculum are there when it is."""
    parts = path.split("/")
    if parts[1:2] == ["units"]:
        return known.paths.get((language, "/".join([*parts[:3], ""])))
    return known.paths.get((language, f"{parts[0]}/"))
