"""Pages of lists by cursor: the addresses of the next and the previous page come with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from halka.common.paging import SIZE, NoCursor, slice_of

MOST = 100


class PageQuery(serializers.Serializer[Any]):
    """Parameters of every list."""

    cursor = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="A place in the list, out of `next` or `previous`."
    )
    limit = serializers.IntegerField(
        required=False, default=SIZE, min_value=1, max_value=MOST, help_text="How many rows at most."
    )


def page_of(
    request: Request,
    queryset: models.QuerySet[Any],
    row: type[serializers.Serializer[Any]],
    query: dict[str, Any],
    keys: Sequence[str] = ("-id",),
) -> dict[str, Any]:
    """The page that `query` (PageQuery's data) asks for, the newest first unless `keys` say otherwise, each row through
    the serializer."""
    try:
        part = slice_of(queryset, keys=keys, cursor=query["cursor"], size=query["limit"], strict=True)
    except NoCursor as error:
        raise serializers.ValidationError({"cursor": [_("This is not a cursor of this list.")]}) from error
    here = request.build_absolute_uri()
    return {
        "results": row(part.items, many=True, context={"request": request}).data,
        "next": replace_query_param(here, "cursor", part.next) if part.next else None,
        "previous": replace_query_param(here, "cursor", part.previous) if part.previous else None,
    }
