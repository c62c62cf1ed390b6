"""The tables that hold an organisation's rows, and reading them line by line, as JSON that PostgreSQL writes.

Sealed columns are opened, for the organisation alone; blind indexes, which its key makes, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from halka.common.models import PrivateModel
from halka.common.sealing.fields import BlindIndexField, SealedJSONField
from halka.common.sealing.seals import opener
from tenants.organisations.domain.resealing import Column, sealed_columns
from tenants.organisations.leaving.own_rows import own_rows

PAGE: Final = 1000
PRIVATE, SHARED = "private", "shared"
Opener = Callable[[str, bytes], bytes]


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
def count(cursor: Any, table: Table, organisation_id: UUID) -> int:
    cursor.execute(
        f'SELECT count(*) FROM "{table.name}" AS own WHERE {table.rows}', {"organisation": str(organisation_id)}
    )
    return int(cursor.fetchone()[0])


def lines(
    cursor: Any, table: Table, organisation_id: UUID, *, after: Any = None, up_to: Any = None, most: int = 0
) -> Iterator[tuple[str, str]]:
    """Key and line of each row, in the order of the keys. Memory stays flat: a page of rows at a time.

    `most` is after how many rows to stop; `up_to` the last key.
    """
    given = 0
    while True:
        size = min(table.page, most - given) if most else table.page
        page = _page(cursor, table, organisation_id, after, up_to, size)
        opening = [opener(organisation_id, column.bound_table, column.field.column) for column in table.sealed]
        for key, plain, row, *values in page:
            yield key, _line(table, opening, plain, row, values)
        given += len(page)
        if len(page) < table.page or given == most:
            return
        after = page[-1][0]


def _page(
    cursor: Any, table: Table, organisation_id: UUID, after: Any, up_to: Any, most: int
) -> Sequence[tuple[Any, ...]]:
    plain = ", ".join(f'own."{column}"' for column in table.columns)
    row = table.sealed[0].row if table.sealed else table.key
    parts = [f'CAST(own."{table.key}" AS text)', f"(SELECT row_to_json(line)::text FROM (SELECT {plain}) AS line)"]
    parts += [f'CAST(own."{row}" AS text)', *(f'own."{column.field.column}"' for column in table.sealed)]
    limits = [
        f'own."{table.key}" {sign} CAST(%({name})s AS {table.key_type})'
        for sign, name, value in ((">", "after", after), ("<=", "up_to", up_to))
        if value is not None
    ]
    cursor.execute(
        f'SELECT {", ".join(parts)} FROM "{table.name}" AS own WHERE {" AND ".join([f"({table.rows})", *limits])} '
        f'ORDER BY own."{table.key}" LIMIT {most}',
        {"organisation": str(organisation_id), "after": after, "up_to": up_to},
    )
    page: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return page


def _line(table: Table, opening: Sequence[Opener], plain: str, row: str, values: Sequence[Any]) -> str:
    """What is sealed and empty is an empty text, or left out where it would be JSON; nothing is null."""
    if not table.sealed:
        return plain
    opened = []
    for column, unseal, value in zip(table.sealed, opening, values, strict=True):
        name, is_json = column.field.column, isinstance(column.field, SealedJSONField)
        if value is None:
            opened.append(f'"{name}":null')
            continue
        text = unseal(row, bytes(value)).decode() if value else ""
        if not is_json:
            opened.append(f'"{name}":{encode_basestring(text)}')
        elif text:
            opened.append(f'"{name}":{text}')
    return f"{plain[:-1]},{','.join(opened)}}}" if opened else plain


def fingerprint(cursor: Any, table: Table, after: Any, up_to: Any) -> str:
    """Of the rows of a private table with these keys: another one, as soon as any was added, changed or removed."""
    limits = "" if after is None else f'AND own."{table.key}" > CAST(%(after)s AS {table.key_type})'
    cursor.execute(
        "SELECT concat_ws(' ', count(*), bit_xor(hashtextextended(concat_ws(' ', own.ctid, own.xmin), 0))) "
        f'FROM "{table.name}" AS own WHERE own."{table.key}" <= CAST(%(up_to)s AS {table.key_type}) {limits}',
        {"after": after, "up_to": up_to},
    )
    return str(cursor.fetchone()[0])
