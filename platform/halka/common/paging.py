"""Pages of long lists by key instead of by number: the thousandth page costs what the first does.

A cursor is a place between two rows: the direction to read in and the keys of the row beside it. It grants
nothing, so it is not signed; one that was tampered with leads to the first page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Concat
from django.http import HttpRequest

SIZE: Final = 25
PARAMETER: Final = "from"  # of the query string

M = TypeVar("M", bound=models.Model)
_Field: TypeAlias = "models.Field[Any, Any]"


@dataclass(frozen=True)
class Slice(Generic[M]):
    """Some rows in order. `previous` and `next` are cursors, empty where the list ends."""

    items: list[M]
    previous: str
    next: str


@dataclass(frozen=True)
class Page(Slice[M]):
    """A slice with the addresses of its neighbours for components/pager.html, all other parameters kept."""

    previous_url: str
    next_url: str


class NoCursor(ValueError):
    """The text is not a cursor of this list."""


def page_of(
    request: HttpRequest, queryset: models.QuerySet[M], *, keys: Sequence[str], size: int = SIZE, gather: bool = False
) -> Page[M]:
    """The page that the request's query string asks for. One query."""
    part = slice_of(queryset, keys=keys, cursor=request.GET.get(PARAMETER, ""), size=size, gather=gather)
    return Page(part.items, part.previous, part.next, _address(request, part.previous), _address(request, part.next))


def slice_of(
    queryset: models.QuerySet[M],
    *,
    keys: Sequence[str],
    cursor: str = "",
    size: int = SIZE,
    strict: bool = False,
    gather: bool = False,
) -> Slice[M]:
    """Up to `size` rows after (or before) the cursor, in the order of `keys`. One query.

    A bad cursor leads to the first page; with `strict` it raises NoCursor.

    `keys` are columns of the model, none of them null, together unique; all rise, or all fall with a `-` before each.
    An index over them in this order makes every page cost the same. With `gather` that index is left alone, all rows
    of the queryset are gathered and sorted: for a text as first key, and a filter that another index answers.
    """
    names = [key.removeprefix("-") for key in keys]
    falling = [key.startswith("-") for key in keys]
    if any(falling) != all(falling):
        raise ValueError("The keys of a list all rise or all fall.")
    fields = [cast(_Field, queryset.model._meta.get_field(name)) for name in names]
    try:
        backwards, values = _read(cursor, fields)
    except NoCursor:
        if strict:
            raise
        backwards, values = False, []
    descending = all(falling) != backwards
    if values:
        beyond = TupleLessThan if descending else TupleGreaterThan
        queryset = queryset.filter(beyond(Tuple(*map(F, names)), tuple(values)))
    order = [F(name).desc() if descending else F(name).asc() for name in names]
    if gather:
        first = Concat(F(names[0]), Value(""), output_field=models.TextField())
        order[0] = first.desc() if descending else first.asc()
    rows = list(queryset.order_by(*order)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        # What stood here is gone: on to the other end of the list.
        end, start = _written("b", []), _written("f", [])
        return Slice([], end if values and not backwards else "", start if values and backwards else "")
    before, after = (more, bool(values)) if backwards else (bool(values), more)
    return Slice(
        rows,
        _written("b", [field.value_to_string(rows[0]) for field in fields]) if before else "",
        _written("f", [field.value_to_string(rows[-1]) for field in fields]) if after else "",
    )


def _written(direction: str, texts: list[str]) -> str:
    text = json.dumps([direction, *texts], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _parts(cursor: str) -> list[str]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
        json.dumps(parts, ensure_ascii=False).encode()  # half of a surrogate pair would stop the database's driver
    except (ValueError, RecursionError) as error:
        raise NoCursor from error
    if not isinstance(parts, list) or not all(isinstance(part, str) and "\0" not in part for part in parts):
        raise NoCursor
    return parts


def _read(cursor: str, fields: Sequence[_Field]) -> tuple[bool, list[object]]:
    """(backwards, values of the keys); without values, from that end of the list. Raises NoCursor."""
    if not cursor:
        return False, []
    direction, *texts = _parts(cursor) or [""]
    if direction not in ("f", "b") or len(texts) not in (0, len(fields)):
        raise NoCursor
    try:
        return direction == "b", [field.to_python(text) for field, text in zip(fields, texts, strict=False)]
    except ValidationError as error:
        raise NoCursor from error


def _address(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    parameters = request.GET.copy()
    parameters[PARAMETER] = cursor
    return f"?{parameters.urlencode()}"
