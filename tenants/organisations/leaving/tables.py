"""The tables that hold an organisation's rows, and reading them line by line, as JSON that PostgreSQL writes.

Sealed columns are opened, for the organisation alone; blind indexes, which its key makes, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
    """Key and line of each row, in the order of the keys. Memory stays flat: a page of rows at a time, and the next one
    on its way.

    `most` is after how many rows to stop; `up_to` the last key. Nothing else is asked of the cursor meanwhile.
    """
    given = 0
    with ThreadPoolExecutor(1) as ahead:

        def ask(after: Any, size: int) -> Future[Sequence[tuple[Any, ...]]]:
            return ahead.submit(_page, cursor.cursor, table, organisation_id, after, up_to, size)

        size = min(table.page, most) if most else table.page
        asked = ask(after, size)
        while True:
            with cursor.db.wrap_database_errors:
                page, wanted = asked.result(), size
            given += len(page)
            is_last = len(page) < wanted or given == most
            if not is_last:
                size = min(table.page, most - given) if most else table.page
                asked = ask(page[-1][0], size)
            opening = [_Opening(column, organisation_id) for column in table.sealed]
            for key, plain, row, *values in page:
                yield key, _line(opening, plain, row, values)
            if is_last:
                return


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


class _Opening:
    """One sealed column: its name as it begins in a line, and what opens its values."""

    __slots__ = ("begins", "is_json", "unseal")

    def __init__(self, column: Column, organisation_id: UUID) -> None:
        self.begins = f'"{column.field.column}":'
        self.is_json = isinstance(column.field, SealedJSONField)
        self.unseal = opener(organisation_id, column.bound_table, column.field.column)


def _line(opening: Sequence[_Opening], plain: str, row: str, values: Sequence[Any]) -> str:
    """What is sealed and empty is an empty text, or left out where it would be JSON; nothing is null."""
    opened = []
    for column, value in zip(opening, values, strict=True):
        if value is None:
            opened.append(f"{column.begins}null")
            continue
        text = column.unseal(row, bytes(value)).decode() if value else ""
        if not column.is_json:
            opened.append(column.begins + encode_basestring(text))
        elif text:
            opened.append(column.begins + text)
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
