"""A new data key for an organisation: everything sealed is sealed anew, while people go on working.

Old keys open until nothing is left under them. A row is replaced only where it still holds the bytes that were read,
so whoever writes at the same time wins, and writes under the new key anyway. What was done stays done: after a stop
the next run goes on with the same key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.common.errors import Refused
from halka.common.sealing import files, keyring
from halka.common.sealing.errors import KeyMissing, SealBroken
from halka.common.sealing.fields import BlindIndexField, SealedField
from halka.common.sealing.keyring import Keys
from halka.common.sealing.seals import Place, seal, unseal
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Organisation
from tenants.organisations.walls.versions import expected_version

BATCH: Final = 500
SETTLING: Final = 3.0  # seconds: longer than between the sealing of a value and the statement that writes it
LOCK: Final = 4_862_003  # advisory, with the organisation's own number

# Transactions that have written to the schema; one may have sealed under the old key.
WRITERS = """
SELECT DISTINCT held.virtualtransaction FROM pg_locks AS held
JOIN pg_class AS relation ON relation.oid = held.relation
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE space.nspname = %s AND held.mode = 'RowExclusiveLock' AND held.pid <> pg_backend_pid()
AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass
class Resealed:
    """What a rotation did. While something is `broken`, the old keys are kept."""

    values: int = 0
    files: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A sealed column of one table, and the blind indexes made of it. `row` is the column that values are bound to."""

    model: type[models.Model]
    field: SealedField
    indexes: tuple[BlindIndexField, ...]

    @property
    def bound_table(self) -> str:
        tracked: type[models.Model] = getattr(self.model, "pgh_tracked_model", self.model)
        return tracked._meta.db_table

    @property
    def row(self) -> str:
        key: str = "pgh_obj_id" if self.is_history else self.pk
        return key

    @property
    def is_history(self) -> bool:
        return hasattr(self.model, "pgh_tracked_model")

    @property
    def pk(self) -> str:
        assert self.model._meta.pk is not None
        assert self.model._meta.pk.column is not None
        return self.model._meta.pk.column

    @property
    def history(self) -> type[models.Model] | None:
        """The model of its events, where it has a history."""
        return getattr(self.model, "pgh_event_model", None)

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"


def sealed_columns() -> Iterator[Column]:
    """Every sealed column of every model."""
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        for found in fields:
            if isinstance(found, SealedField):
                indexes = (one for one in fields if isinstance(one, BlindIndexField) and one.indexes == found.name)
                yield Column(model, found, tuple(indexes))


def rotate_data_keys(
    *, organisation: Organisation, keep_old: bool = False, say: Callable[[str], None] = lambda _: None
) -> Resealed:
    """Seals everything of the organisation under a new data key, then forgets the old ones unless `keep_old`.

    Raises Refused while another rotation runs or the schema is on another version, KeyMissing.
    """
    if organisation.schema_version != expected_version():
        raise Refused(_("%(name)s is on another version of its schema.") % {"name": organisation.schema_name})
    with as_owner(organisation.schema_name):
        _take_turn(organisation)
        resealed = _rotate(organisation, say)
    if not resealed.broken and not keep_old:
        keyring.drop_keys_before(organisation.pk, keyring.keys_of(organisation.pk).newest.number)
    if organisation.state != State.CLOSED:
        with inside(organisation.ref()), transaction.atomic():
            detail = {"values": resealed.values, "files": resealed.files}
            record(action="keys.rotated", detail=detail, by=SYSTEM)
    return resealed


def _take_turn(organisation: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, str(organisation.pk)])
        if not cursor.fetchone()[0]:
            raise Refused(_("Another rotation of keys is running for %(name)s.") % {"name": organisation.schema_name})


def _rotate(organisation: Organisation, say: Callable[[str], None]) -> Resealed:
    keys = keyring.keys_of(organisation.pk)
    if len(keys.by_number) == 1:  # else an earlier rotation was stopped: it goes on
        keyring.add_key(organisation.pk)
        keys = keyring.keys_of(organisation.pk)
    time.sleep(SETTLING)
    _wait_for_writers(organisation.schema_name, say)
    done = Resealed()
    while True:
        broken: list[str] = []
        values = sum(_reseal_column(column, keys, broken, say) for column in sealed_columns())
        count, broken_files = files.reseal_all(organisation.pk)
        done.values += values
        done.files += count
        done.broken = broken + broken_files
        if not values and not count:
            return done


def _wait_for_writers(schema: str, say: Callable[[str], None]) -> None:
    """Until those have ended that were writing when the new key came."""
    writing = _writers(schema)
    if writing:
        say(f"waiting for {len(writing)} transactions")
    while writing & _writers(schema):
        time.sleep(0.2)


def _writers(schema: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS, [schema])
        return {transaction_id for (transaction_id,) in cursor.fetchall()}


def _reseal_column(column: Column, keys: Keys, broken: list[str], say: Callable[[str], None]) -> int:
    """Returns how many values came under the newest key."""
    count, after = 0, None
    while rows := _older(column, keys.newest.number, after):
        after = rows[-1][0]
        count += _replace(column, list(_sealed_anew(column, keys, rows, broken)))
        say(f"{column}: {count}")
    return count


def _older(column: Column, newest: int, after: Any) -> list[tuple[Any, ...]]:
    """The next rows whose value is sealed under another key than the newest."""
    quote = connection.ops.quote_name
    pk, row, name = quote(column.pk), quote(column.row), quote(column.field.column)
    further = "" if after is None else f"AND {pk} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk}, {row}, {name} FROM {quote(column.model._meta.db_table)} "
            f"WHERE octet_length({name}) > 0 AND substring({name} FROM 2 FOR 2) <> %s {further} "
            f"ORDER BY {pk} LIMIT {BATCH}",
            [newest.to_bytes(2, "big"), *([] if after is None else [after])],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _sealed_anew(
    column: Column, keys: Keys, rows: list[tuple[Any, ...]], broken: list[str]
) -> Iterator[tuple[Any, ...]]:
    for pk, row, value in rows:
        place = Place(keys.organisation_id, column.bound_table, column.field.column, str(row))
        try:
            content = unseal(place, bytes(value))
        except (SealBroken, KeyMissing) as fault:
            broken.append(f"{column} {pk}: {fault}")
            continue
        indexes = [_index(index, content.decode(), keys) for index in column.indexes]
        yield pk, row, bytes(value), seal(place, content), *indexes


def _index(index: BlindIndexField, text: str, keys: Keys) -> bytes | None:
    message = index.message(text)
    return keys.newest.index_of(message) if message else None


def _replace(column: Column, rows: list[tuple[Any, ...]]) -> int:
    """Only where the old bytes still stand. The history does not see it: to the reader nothing has changed."""
    if not rows:
        return 0
    quote = connection.ops.quote_name
    names = [column.field.column, *(index.column for index in column.indexes)]
    kind = column.model._meta.pk.db_type(connection)
    kind = {"bigserial": "bigint", "serial": "integer"}.get(kind or "", kind)
    given = ", ".join(f"new_{number}" for number in range(len(names)))
    line = f"(CAST(%s AS {kind}), CAST(%s AS bytea)" + ", CAST(%s AS bytea)" * len(names) + ")"
    changes = ", ".join(f"{quote(name)} = given.new_{number}" for number, name in enumerate(names))
    statement = (
        f"UPDATE {quote(column.model._meta.db_table)} AS kept SET {changes} "
        f"FROM (VALUES {', '.join([line] * len(rows))}) AS given (pk, old, {given}) "
        f"WHERE kept.{quote(column.pk)} = given.pk AND kept.{quote(column.field.column)} = given.old"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [part for pk, _row, *values in rows for part in (pk, *values)])
        count: int = cursor.rowcount
        if column.history is not None:
            # the triggers have copied the rows; what this transaction made of them is taken back
            events = quote(column.history._meta.db_table)
            cursor.execute(f"DELETE FROM {events} WHERE xmin = CAST(pg_current_xact_id() AS xid)")
    return count
