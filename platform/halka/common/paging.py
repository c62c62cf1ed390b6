"""Pages of long lists by key instead of by number: the thousandth page costs what the first does.

A cursor is a place between two rows: the direction to read in and the keys of the row beside it. It grants
nothing, so it is not signed; one that was tampered with leads to the first page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, F, Lookup, Value
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


@dataclass(frozen=True)
class Near(Generic[M]):
    """A first look at the `rows` that stand next in the list: where a filter lets many through, a page is full by then.

    `every` are all rows of the list, `found` those the filter lets through, written so that no other index answers it.
    """

    every: models.QuerySet[M]
    found: models.QuerySet[M]
    rows: int = 1500


class NoCursor(ValueError):
    """The text is not a cursor of this list."""


def page_of(
    request: HttpRequest,
    queryset: models.QuerySet[M],
    *,
    keys: Sequence[str],
    size: int = SIZE,
    gather: bool = False,
    near: Near[M] | None = None,
) -> Page[M]:
    """The page that the request's query string asks for. One query; two with `near`."""
    part = slice_of(queryset, keys=keys, cursor=request.GET.get(PARAMETER, ""), size=size, gather=gather, near=near)
    return Page(part.items, part.previous, part.next, _address(request, part.previous), _address(request, part.next))


def slice_of(
    queryset: models.QuerySet[M],
    *,
    keys: Sequence[str],
    cursor: str = "",
    size: int = SIZE,
    strict: bool = False,
    gather: bool = False,
    near: Near[M] | None = None,
) -> Slice[M]:
    """Up to `size` rows after (or before) the cursor, in the order of `keys`. One query; at most two with `near`.

    A bad cursor leads to the first page; with `strict` it raises NoCursor.

    `keys` are columns or annotations, none of them null, together unique; all rise, or all fall with a `-` before each.
    An index over them in this order makes every page cost the same. With `gather` that index is left alone, all rows
    of the queryset are gathered and sorted: for a text or a moment as first key, and a filter that another index
    answers. `near` looks first whether the page fills up from the rows that stand next.
    """
    names = [key.removeprefix("-") for key in keys]
    falling = [key.startswith("-") for key in keys]
    if any(falling) != all(falling):
        raise ValueError("The keys of a list all rise or all fall.")
    fields = [_field(queryset, name) for name in names]
    try:
        backwards, values = _read(cursor, fields)
    except NoCursor:
        if strict:
            raise
        backwards, values = False, []
    descending = all(falling) != backwards
    beyond = TupleLessThan if descending else TupleGreaterThan

    def ordered(rows: models.QuerySet[M], *, gather: bool) -> models.QuerySet[M]:
        if values:
            rows = rows.filter(beyond(Tuple(*map(F, names)), tuple(values)))
        keys: list[Any] = list(map(F, names))
        if gather:
            keys[0] = _beside_index(fields[0], names[0])
        return rows.order_by(*(key.desc() if descending else key.asc() for key in keys))

    rows: list[M] = []
    if near is not None:
        # As an array, so that these rows are fetched and no others, whatever the planner thinks of the filter.
        window = ArraySubquery(ordered(near.every, gather=False).values("pk")[: near.rows])
        rows = list(ordered(near.found.filter(Among(F("pk"), window)), gather=True)[: size + 1])
    if len(rows) <= size:
        rows = list(ordered(queryset, gather=gather)[: size + 1])
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
        _written("b", _texts(rows[0], names)) if before else "",
        _written("f", _texts(rows[-1], names)) if after else "",
    )


def leads_back(cursor: str) -> bool:
    """Whether it asks for what stands before a place in the list; False for what is no cursor."""
    try:
        return _parts(cursor)[:1] == ["b"]
    except NoCursor:
        return False


class Among(Lookup):
    """One of an array's values: `filter(Among(F("pk"), ArraySubquery(…)))`. The few rows it names are fetched by key,
    where a planner that takes them for many reads the whole table.
    """

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY {right}", (*left_params, *right_params)


def _field(queryset: models.QuerySet[M], name: str) -> _Field:
    annotation = queryset.query.annotations.get(name)
    return cast(_Field, annotation.output_field if annotation else queryset.model._meta.get_field(name))


def _texts(row: models.Model, names: Sequence[str]) -> list[str]:
    """What `field.to_python` reads again."""
    values = [getattr(row, name) for name in names]
    return [value.isoformat() if isinstance(value, date) else str(value) for value in values]


def _beside_index(field: _Field, name: str) -> Any:
    """The key, sorted as it stands, in words that no index knows."""
    if isinstance(field, models.DateField):
        return ExpressionWrapper(F(name) + Value(timedelta()), output_field=models.DateTimeField())
    return Concat(F(name), Value(""), output_field=models.TextField())


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
