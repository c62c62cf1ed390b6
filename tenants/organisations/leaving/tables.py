"""The tables that hold an organisation's rows, and reading them line by line, as JSON that PostgreSQL writes.

Sealed columns are opened, for the organisation alone; blind indexes, which its key makes, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from halka.common.models import PrivateModel
from halka.common.sealing.fields import BlindIndexField, SealedJSONField
from halka.common.sealing.seals import opener
from tenants.organisations.domain.resealing import Column, sealed_columns
from tenants.organisations.leaving.own_rows import own_rows
from tenants.organisations.walls.moments import Moment

PAGE: Final = 200  # more at once cost more: memory comes and goes
PRIVATE, SHARED = "private", "shared"


@dataclass(frozen=True)
class Table:
    """One table, private or shared; `rows` is the condition for an organisation's own of the shared ones, `page` how
    many rows are read at a time."""

    model: type[models.Model]
    folder: str
    columns: tuple[str, ...]
    sealed: tuple[Column, ...] = ()
    rows: str = "true"
    loads: bool = True
    page: int = PAGE

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.pk.column)

    @property
    def pk(self) -> Any:
        assert self.model._meta.pk is not None
        return self.model._meta.pk

    @property
    def key_type(self) -> str:
        return {"bigserial": "bigint", "serial": "integer"}.get(kind := str(self.pk.db_type(connection)), kind)

    @property
    def blind(self) -> list[BlindIndexField]:
        return [field for field in self.model._meta.local_concrete_fields if isinstance(field, BlindIndexField)]

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}"


class Page(NamedTuple):
    """Some rows of a table: the key of the last one, and the lines of all."""

    last: str
    lines: list[str]


@cache
def private_tables() -> tuple[Table, ...]:
    """All of them: whatever is private is the organisation's own."""
    sealed: dict[type[models.Model], list[Column]] = {}
    for column in sealed_columns():
        sealed.setdefault(column.model, []).append(column)
    return tuple(
        Table(model, PRIVATE, _plain(model), tuple(sealed.get(model, ())))
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table)
        if issubclass(model, PrivateModel) and model._meta.managed
    )


@cache
def shared_tables() -> tuple[Table, ...]:
    by_name = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return tuple(
        Table(
            by_name[own.table],
            SHARED,
            own.columns or _plain(by_name[own.table]),
            (),
            own.rows,
            own.loads,
            own.page or PAGE,
        )
        for own in own_rows()
    )


def table_named(name: str) -> Table:
    """Raises LookupError."""
    for table in (*private_tables(), *shared_tables()):
        if table.name == name:
            return table
    raise LookupError(name)


def _plain(model: type[models.Model]) -> tuple[str, ...]:
    """Neither sealed, nor made of what is sealed, nor computed by the database."""
    return tuple(
        str(field.column)
        for field in model._meta.local_concrete_fields
        if not (getattr(field, "is_sealed", False) or isinstance(field, BlindIndexField) or field.generated)
    )


# --- reading -------------------------------------------------------------------------------------------
def count(moment: Moment, table: Table, organisation_id: UUID) -> int:
    own = {"organisation": str(organisation_id)}
    return int(moment.rows(f'SELECT count(*) FROM "{table.name}" AS own WHERE {table.rows}', own)[0][0])


def has_more(moment: Moment, table: Table, organisation_id: UUID, after: str) -> bool:
    statement = f'SELECT EXISTS (SELECT 1 FROM "{table.name}" AS own WHERE {_behind(table, after)})'
    return bool(moment.rows(statement, {"organisation": str(organisation_id), "after": after})[0][0])


def pages(moment: Moment, table: Table, organisation_id: UUID, *, after: str | None, most: int) -> Iterator[Page]:
    """At most so many rows behind a key, in the order of the keys. Memory stays flat: a page at a time, and the next
    one on its way. Nothing else is asked of the moment meanwhile.
    """
    opening = [_Opening(column, organisation_id) for column in table.sealed]
    fetch = f"FETCH {table.page} FROM pages"
    moment.ask(
        f"CLOSE ALL; DECLARE pages NO SCROLL CURSOR FOR {_rows(table, after)} LIMIT {most}; {fetch}",
        {"organisation": str(organisation_id), "after": after},
    )
    while rows := moment.answer():
        is_last = len(rows) < table.page
        if not is_last:
            moment.ask(fetch)
        yield Page(rows[-1][0], _lines(opening, rows))
        if is_last:
            return


def _rows(table: Table, after: str | None) -> str:
    """Key, what is not sealed as JSON, and sealed values, with what their row is called before them."""
    plain = ", ".join(f'own."{column}"' for column in table.columns)
    parts = [f'CAST(own."{table.key}" AS text)', "CAST(row_to_json(line) AS text)"]
    if table.sealed:
        parts += [f'CAST(own."{table.sealed[0].row}" AS text)']
        parts += [f'own."{column.field.column}"' for column in table.sealed]
    return (
        f'SELECT {", ".join(parts)} FROM "{table.name}" AS own CROSS JOIN LATERAL (SELECT {plain}) AS line '
        f'WHERE {_behind(table, after)} ORDER BY own."{table.key}"'
    )


def _behind(table: Table, after: str | None) -> str:
    own = f"({table.rows})"
    return own if after is None else f'{own} AND own."{table.key}" > CAST(%(after)s AS {table.key_type})'


class _Opening:
    """One sealed column, and what opens its values."""

    def __init__(self, column: Column, organisation_id: UUID) -> None:
        self.begins = f',"{column.field.column}":'
        self.is_json = isinstance(column.field, SealedJSONField)
        self.unseal = opener(organisation_id, column.bound_table, column.field.column)

    def texts(self, rows: Iterable[str], values: Iterable[memoryview | None]) -> list[str]:
        """What each value adds to a line. Sealed and empty is an empty text, or nothing where it would be JSON."""
        begins, unseal = self.begins, self.unseal
        encode = str if self.is_json else encode_basestring
        empty, null = "" if self.is_json else f'{begins}""', f"{begins}null"
        return [
            f"{begins}{encode(unseal(row, bytes(value)).decode())}" if value else null if value is None else empty
            for row, value in zip(rows, values, strict=True)
        ]


def _lines(opening: Sequence[_Opening], rows: Sequence[tuple[Any, ...]]) -> list[str]:
    if not opening:
        return [plain for _key, plain in rows]
    _keys, plain, names, *sealed = zip(*rows, strict=True)
    opened = [column.texts(names, values) for column, values in zip(opening, sealed, strict=True)]
    return [f"{line[:-1]}{''.join(texts)}}}" for line, *texts in zip(plain, *opened, strict=True)]


def fingerprint(moment: Moment, table: Table, after: str | None, up_to: str) -> str:
    """Of the rows of a private table with these keys: another one, as soon as any was added, changed or removed."""
    statement = (
        "SELECT concat_ws(' ', count(*), bit_xor(hashtextextended(concat_ws(' ', own.ctid, own.xmin), 0))) "
        f'FROM "{table.name}" AS own '
        f'WHERE {_behind(table, after)} AND own."{table.key}" <= CAST(%(up_to)s AS {table.key_type})'
    )
    return str(moment.rows(statement, {"after": after, "up_to": up_to})[0][0])
