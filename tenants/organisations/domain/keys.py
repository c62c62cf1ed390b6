"""Keys of organisations: who has some, who needs some, and sealing everything anew."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyMissing
from halka.common.sealing.fields import SealedField


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedField]]:
    """Every sealed column of every model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField):
                yield model, field


def ensure_keys(organisation_id: UUID, schema: str) -> None:
    """Keys for an organisation that was there before there were keyrings. Asked of the owner.

    Raises KeyMissing where something is sealed already: then the keyring was lost, and new keys would not open it.
    """
    if keyring.exists(organisation_id) or keyring.is_destroyed(organisation_id):
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model, field in sealed_columns():
            table, column = f"{quote(schema)}.{quote(model._meta.db_table)}", quote(field.column)
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE octet_length({column}) > 0)")
            if cursor.fetchone()[0]:
                raise KeyMissing(
                    f"{schema} holds sealed values and its keys are not in the keyring: bring it back from its backup."
                )
    keyring.create(organisation_id)
