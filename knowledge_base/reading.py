"""What a reader finds: one search over all kinds and languages, and the pages themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.choices import Dimension
from halka.common.paging import page_of
from knowledge_base.access import PUBLIC, Reader, editing_membership, reader_of
from knowledge_base.domain.indexing import READERS
from knowledge_base.domain.search import GATHERED, SIZE, Found, Wanted, filtered, marked, search
from knowledge_base.enums import Kind, Level, Outcome, Tab, TargetGroup, TopicKind
from knowledge_base.models import Entry, KnowledgeIndex

LONGEST_QUESTION: Final = 200
MOST_RELATED: Final = 12
BELOW_AN_INDEX: Final = 3  # of Wagtail's tree: the root, a language's index, its pages
ABOUT_ALL: Final = ("dimension", "level")
# What a kind can be narrowed by, besides the language.
NARROWED_BY: Final = {
    "": ("outcome", *ABOUT_ALL, "group"),
    Tab.LESSONS: ("outcome", *ABOUT_ALL, "group"),
    Tab.PRACTICES: ABOUT_ALL,
    Tab.CURRICULA: ABOUT_ALL,
    Tab.ARTICLES: (),
    Tab.ADVOCACY: (),
}
CHOICES: Final[dict[str, tuple[Any, list[tuple[str, Any]]]]] = {
    "outcome": (_("How it ended"), Outcome.choices),
    "dimension": (_("Dimension"), Dimension.choices),
    "level": (_("Level"), Level.choices),
    "group": (_("With whom"), TargetGroup.choices),
    "language": (_("Language"), list(settings.LANGUAGES)),
}


@dataclass(frozen=True)
class Narrowing:
    """A field of the page's form."""

    name: str
    label: Any
    choices: list[tuple[str, Any]]
    value: str


def index_in(language: str | None) -> KnowledgeIndex:
    """The index of the language, else the English one."""
    wanted = [language or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE]
    found = {index.locale.language_code: index for index in _indexes().filter(locale__language_code__in=wanted)}
    for code in wanted:
        if code in found:
            return found[code]
    raise Http404


def _indexes() -> Any:
    return KnowledgeIndex.objects.live().select_related("locale")


def page_at(request: Any, *, language: str, path: str) -> Any:
    """The page's own answer. Raises Http404 where there is none, or none for this reader."""
    slug, *below = [part for part in path.split("/") if part]
    rows = Page.objects.type(tuple(READERS)).select_related("locale")
    found = rows.filter(locale__language_code=language, depth=BELOW_AN_INDEX, slug=slug).first()
    if found is None:
        raise Http404
    page, args, kwargs = found.specific.route(request, below)
    page.locale = found.locale  # known already
    return page.serve(request, *args, **kwargs)


def newest_for_everybody(count: int, *, language: str) -> list[Entry]:
    """What is public, the newest first, in the language before all others. Two queries at most."""
    public = filtered(Wanted(), by=PUBLIC).order_by("-published_at", "-id")
    own = list(public.filter(language=language)[:count])
    return own + list(public.exclude(language=language)[: count - len(own)]) if len(own) < count else own


def wanted_of(parameters: Any) -> Wanted:
    """What the query string asks for; a value that is no choice, or not one of this kind, is left out."""
    tab = parameters.get("kind", "")
    tab = tab if tab in Tab.values else ""
    values = {}
    for name in (*NARROWED_BY[tab], "language"):
        value = parameters.get(name, "")
        if value in dict(CHOICES[name][1]):
            values[name] = value
    text = " ".join(parameters.get("q", "").split())[:LONGEST_QUESTION]
    return Wanted(text=text, tab=tab, **values)


def list_for(request: Any) -> dict[str, Any]:
    """Context of the list: results for what is asked, or all there is, newest first."""
    wanted = wanted_of(request.GET)
    reader = reader_of(request)
    found = _searched(request, wanted, reader) if wanted.text else _newest(request, wanted, reader)
    return found | {
        "wanted": wanted,
        "tabs": [("", _("Everything")), *Tab.choices],
        "narrowings": [
            Narrowing(name, *CHOICES[name], getattr(wanted, name)) for name in (*NARROWED_BY[wanted.tab], "language")
        ],
        "is_narrowed": any(getattr(wanted, name) for name in CHOICES),
        "may_edit": editing_membership(request) is not None,
        "may_keep": reader.is_member,
        "topics": topics_in(wanted),
    }


def topics_in(wanted: Wanted) -> list[tuple[str, Any]]:
    """What it is narrowed by that can be followed: as a form sends it, and its label."""
    found = []
    for kind in (TopicKind.DIMENSION, TopicKind.GROUP):
        if (value := getattr(wanted, kind.value)) and value != TargetGroup.ANYBODY:
            found.append((f"{kind}:{value}", dict(CHOICES[kind.value][1])[value]))
    return found


def _newest(request: Any, wanted: Wanted, reader: Reader) -> dict[str, Any]:
    rows = filtered(wanted, by=reader).defer("words", "title_words", "text")
    page = page_of(request, rows, keys=["-published_at", "-id"], size=SIZE)
    found = [Found(row, marked(row.title, []), marked(row.summary, [])) for row in page.items]
    return {"found": found, "results": None, "previous_url": page.previous_url, "next_url": page.next_url}


def _searched(request: Any, wanted: Wanted, reader: Reader) -> dict[str, Any]:
    number = request.GET.get("page", "")
    page = min(int(number), 2 * GATHERED // SIZE) if number.isascii() and number.isdigit() and number != "0" else 1
    results = search(wanted, language=get_language() or "", page=max(page, 1), by=reader)
    return {
        "found": results.found,
        "results": results,
        "previous_url": _address(request, page - 1) if page > 1 else "",
        "next_url": _address(request, page + 1) if results.has_more else "",
    }


def _address(request: Any, page: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(page)
    return f"?{parameters.urlencode()}"


def related_to(keys: Sequence[str], *, language: str, request: Any) -> list[Entry]:
    """Curricula and units of these keys that this reader may read. One query."""
    return _sharing(keys, language, request, [Kind.CURRICULUM, Kind.UNIT]) if keys else []


def lessons_about(key: str, *, language: str, request: Any) -> list[Entry]:
    """The newest lessons that belong to a curriculum or unit. One query."""
    return _sharing([key], language, request, [Kind.LESSON])


def _sharing(keys: Sequence[str], language: str, request: Any, kinds: list[str]) -> list[Entry]:
    rows = Entry.objects.readable(by=reader_of(request)).filter(
        keys__overlap=list(keys), language=language, kind__in=kinds
    )
    return list(rows.defer("words", "title_words", "text").order_by("kind", "-published_at", "-id")[:MOST_RELATED])
