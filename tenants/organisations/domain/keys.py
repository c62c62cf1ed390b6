"""Keys of organisations: who needs some, and who shall never read again."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from halka.audit.domain import SYSTEM, record
from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyMissing
from tenants.organisations.domain.resealing import sealed_columns
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation


def ensure_keys(organisation_id: UUID, schema: str) -> None:
    """Keys for an organisation that was there before there were keyrings. Asked of the owner.

    Raises KeyMissing where something is sealed already: then the keyring was lost, and new keys would not open it.
    """
    if keyring.exists(organisation_id) or keyring.is_destroyed(organisation_id):
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for column in sealed_columns():
            table, name = f"{quote(schema)}.{quote(column.model._meta.db_table)}", quote(column.field.column)
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE octet_length({name}) > 0)")
            if cursor.fetchone()[0]:
                raise KeyMissing(
                    f"{schema} holds sealed values and its keys are not in the keyring: bring it back from its backup."
                )
    keyring.create(organisation_id)


def destroy_keys(*, organisation: Organisation) -> None:
    """For good: nobody reads again what the organisation sealed, in the database and in all backups of it.

    The secretariat's audit says so before it is done.
    """
    secretariat = Organisation.objects.filter(kind=Kind.SECRETARIAT).exclude(pk=organisation.pk).first()
    if secretariat is not None and secretariat.state != State.CLOSED:
        with inside(secretariat.ref()), transaction.atomic():
            record(action="keys.destroyed", on=organisation, by=SYSTEM)
    keyring.destroy(organisation.pk)
