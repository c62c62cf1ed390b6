"""What both hosts answer about the knowledge base; each gives the rows that its callers may read."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from rest_framework.request import Request

from api.paging import page_of
from api.v1.knowledge.serializers import ChangeSerializer, ChangesQuery, TextsQuery
from api.views import valid
from knowledge_base.enums import Audience, Kind
from knowledge_base.models import MembersText, PublishedModule, PublishedText, PublishedUnit, PublishedVersion
from knowledge_base.models.published_texts import TextQuerySet


def for_everybody() -> TextQuerySet:
    rows: TextQuerySet = PublishedText.objects.filter(readers=Audience.PUBLIC)
    return rows


def for_members() -> TextQuerySet:
    """On an organisation's host, with its rights."""
    rows: TextQuerySet = MembersText.objects.all()
    return rows


def texts(request: Request, rows: TextQuerySet, kind: Kind, row: Any) -> dict[str, Any]:
    """The page that is asked for, what changed last first. One query."""
    query = valid(TextsQuery(data=request.query_params))
    found = rows.there().filter(kind=kind)
    if language := query.get("language"):
        found = found.filter(language=language)
    return page_of(request, found, row, query, keys=("-number",))


def text(rows: TextQuerySet, kind: Kind, pk: int) -> Any:
    """Raises Http404."""
    found = rows.there().filter(kind=kind, page_id=pk).first()
    if found is None:
        raise Http404
    return found


def version(rows: TextQuerySet, pk: int, number: int) -> PublishedVersion:
    """Of a curriculum that is among the rows, with modules and units. Four queries. Raises Http404."""
    text(rows, Kind.CURRICULUM, pk)
    units: QuerySet[Any] = PublishedUnit.objects.order_by("position", "id")
    modules = PublishedModule.objects.order_by("position", "id").prefetch_related(Prefetch("units", units))
    of_page = PublishedVersion.objects.filter(curriculum=pk, number=number)
    found = of_page.prefetch_related(Prefetch("modules", modules)).first()
    if found is None:
        raise Http404
    return found


def changes(request: Request, rows: TextQuerySet) -> dict[str, Any]:
    """In the order in which they happened. One query. With no words of any text."""
    query = valid(ChangesQuery(data=request.query_params))
    found = rows.filter(number__gt=query["since"]).defer("document").order_by("number")
    if query["kinds"]:
        found = found.filter(kind__in=query["kinds"])
    part = list(found[: query["limit"] + 1])
    shown = part[: query["limit"]]
    return {
        "results": ChangeSerializer(shown, many=True).data,
        "next_since": shown[-1].number if shown else query["since"],
        "has_more": len(part) > len(shown),
    }
