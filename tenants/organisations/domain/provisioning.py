"""Creating an organisation: a prepared spare schema is claimed and renamed, or one is prepared at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from halka.common.addresses import workspace_host
from halka.common.identifiers import uuid7
from halka.common.sealing import keyring
from tenants.organisations.directory import forget_host
from tenants.organisations.domain.addresses import is_taken
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Domain, Organisation, SpareSchema
from tenants.organisations.names import validate_short_name
from tenants.organisations.walls import ddl
from tenants.organisations.walls.scripts import create_private_schema
from tenants.organisations.walls.versions import expected_version


@dataclass(frozen=True)
class NewOrganisation:
    """What an organisation begins with. `names` maps language codes to names; `values` are further columns.

    `id` is given by whoever has to know it before: rows from elsewhere, or a making that is taken up again.
    """

    short_name: str
    names: dict[str, str]
    kind: str = Kind.NGO
    language: str = "en"
    calendar: str = "gregorian"
    values: dict[str, Any] = field(default_factory=dict)
    id: UUID | None = None


def prepare_spare() -> SpareSchema:
    """Makes a schema with all private tables, and a role that reaches it and nothing else."""
    mark = secrets.token_hex(6)
    with as_owner():
        schema, role = f"spare_{mark}", f"{ddl.database_name()}_o_{mark}"
        create_private_schema(schema)
        try:
            with transaction.atomic():
                ddl.create_organisation_role(role, schema)
                return SpareSchema.objects.create(schema_name=schema, db_role=role, schema_version=expected_version())
        except BaseException:
            with suppress(DatabaseError):
                ddl.drop_organisation(role, schema)
            raise


def refill_spares(*, target: int | None = None, on_each: Callable[[int], None] = lambda _: None) -> int:
    """Brings the pool of spares to `target`; drops those on another version. Returns how many were made."""
    wanted = settings.SPARE_ORGANISATIONS if target is None else target
    with as_owner():
        for stale in SpareSchema.objects.exclude(schema_version=expected_version()):
            ddl.drop_organisation(stale.db_role, stale.schema_name)
            stale.delete()
        missing = max(0, wanted - SpareSchema.objects.count())
        for number in range(missing):
            prepare_spare()
            on_each(number + 1)
    return missing


def provision(*, new: NewOrganisation) -> Organisation:
    """Creates the organisation, ready to serve. Raises ValidationError for a bad or taken short name."""
    validate_short_name(new.short_name)
    with as_owner():
        if is_taken(new.short_name):
            raise _name_taken()
        try:
            organisation = _claim_with_keys(new) or _prepare_and_claim(new)
        except DatabaseError:
            if is_taken(new.short_name):
                raise _name_taken() from None
            raise
    forget_host(workspace_host(new.short_name))
    return organisation


def _name_taken() -> ValidationError:
    return ValidationError(_("An organisation with this short name exists already."), code="short_name_taken")


def _prepare_and_claim(new: NewOrganisation) -> Organisation:
    while True:
        prepare_spare()
        organisation = _claim_with_keys(new)
        if organisation is not None:
            return organisation


def _claim_with_keys(new: NewOrganisation) -> Organisation | None:
    """No organisation without its keys, and no keys left behind by one that did not come to be."""
    identifier = new.id or uuid7()
    has_keys = keyring.exists(identifier)  # of an earlier try, or of an organisation whose row was lost
    try:
        return _claim(new, identifier)
    except BaseException:
        if not has_keys:
            keyring.discard(identifier)
        raise


CLAIM = """
DELETE FROM organisations_spareschema WHERE id = (
    SELECT id FROM organisations_spareschema WHERE schema_version = %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING schema_name, db_role, schema_version
"""


@transaction.atomic
def _claim(new: NewOrganisation, identifier: UUID) -> Organisation | None:
    """One spare, its name changed, and the rows; the constraints on these tell that a short name is taken."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [expected_version()])
        spare = cursor.fetchone()
    if spare is None:
        return None
    schema, role, version = spare
    organisation = Organisation(
        id=identifier,
        schema_name=new.short_name,
        db_role=role,
        schema_version=version,
        names=new.names,
        kind=new.kind,
        language=new.language,
        calendar=new.calendar,
        **new.values,
    )
    Organisation.objects.bulk_create([organisation])
    Domain.objects.bulk_create([Domain(domain=workspace_host(new.short_name), tenant=organisation, is_primary=True)])
    ddl.hand_over(role, schema, new.short_name, secretariat=new.kind == Kind.SECRETARIAT)
    if not keyring.exists(identifier):
        keyring.create(identifier)
    return organisation
