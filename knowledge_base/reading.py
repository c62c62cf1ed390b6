"""What a reader finds: one list over all languages, the own one first to be chosen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, When
from django.http import Http404
from django.utils.translation import get_language

from halka.common.paging import page_of
from knowledge_base.access import editing_membership, is_member
from knowledge_base.models import Article, KnowledgeIndex


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
    index = _indexes().filter(locale__language_code=language).first()
    if index is None:
        raise Http404
    page, args, kwargs = index.route(request, [part for part in path.split("/") if part])
    return page.serve(request, *args, **kwargs)


def newest_for_everybody(count: int, *, language: str) -> list[Article]:
    """Public articles, the newest first, those in the language before all others. One query."""
    own = Case(When(locale__language_code=language, then=0), default=1)
    public = Article.objects.readable(by_member=False).select_related("locale")
    return list(public.order_by(own, "-first_published_at", "-id")[:count])


def list_for(request: Any) -> dict[str, Any]:
    """Context of the list: a page of articles, newest first, and the languages there are articles in."""
    readable = Article.objects.readable(by_member=is_member(request))
    languages = dict(settings.LANGUAGES)
    used = set(readable.order_by().values_list("locale__language_code", flat=True).distinct())
    language = request.GET.get("language", "")
    if language not in used:
        language = ""
    chosen = readable.filter(locale__language_code=language) if language else readable
    own_first = sorted(used & languages.keys(), key=lambda code: (code != get_language(), list(languages).index(code)))
    return {
        "articles": page_of(request, chosen.select_related("locale"), keys=["-first_published_at", "-id"]),
        "languages": [(code, languages[code]) for code in own_first],
        "language": language,
        "may_edit": editing_membership(request) is not None,
    }
