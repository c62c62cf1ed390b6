"""What belongs to nobody: schemas, roles, keys and files left by something that was stopped half way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from halka.common.sealing import keyring
from tenants.organisations.doctor.findings import Finding, error, warning
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation, SpareSchema
from tenants.organisations.walls import ddl, scripts
from tenants.organisations.walls.identities import network_role
from tenants.organisations.walls.scripts import script_version
from tenants.organisations.walls.versions import expected_version

SCHEMAS: Final = "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)'"
ROLES: Final = "SELECT rolname::text FROM pg_roles WHERE starts_with(rolname, %s)"
ENTERED: Final = """
SELECT pg_get_userbyid(roleid)::text FROM pg_auth_members WHERE pg_get_userbyid(member) = %s
"""


def of_database() -> Iterator[Finding]:
    """Asked of the owner."""
    database = ddl.database_name()
    organisations = dict(Organisation.objects.values_list("schema_name", "db_role"))
    closed = set(Organisation.objects.filter(state=State.CLOSED).values_list("schema_name", flat=True))
    spares = dict(SpareSchema.objects.values_list("schema_name", "db_role"))
    schemas, roles = _column(SCHEMAS), _column(ROLES, f"{database}_o_")
    for schema in sorted(schemas - organisations.keys() - spares.keys()):
        yield warning(f"The schema {schema} belongs to no organisation.", "Look into it; then drop it as the owner.")
    for role in sorted(roles - {*organisations.values(), *spares.values()}):
        yield warning(f"The role {role} belongs to no organisation.", "Drop it as the owner, with what it owns.")
    for schema in sorted(spares.keys() - schemas):
        yield error(
            f"The spare schema {schema} is missing: the next new organisation would fail.",
            f"Delete its row from organisations_spareschema as the owner, and its role {spares[schema]}.",
        )
    for schema in sorted(closed & schemas):
        yield from _of_closed(schema)
    if settings.DATABASE_WALLS == "login" and (entered := _column(ENTERED, network_role(database))):
        yield error(
            f"The network's role may act as {len(entered)} organisations' roles.", "Run `manage.py prepare_database`."
        )
    if script_version(scripts.PRIVATE) != expected_version():
        yield warning(
            "The prepared scripts are older than the code: schemas cannot be compared, and new ones take minutes.",
            "Install the release whole; in development run `manage.py write_schema_scripts`.",
        )


def _of_closed(schema: str) -> Iterator[Finding]:
    yield warning(
        f"{schema} is closed, and its schema is still there.",
        "Where its time to object has passed, run `manage.py close_organisations`.",
    )


def of_files() -> Iterator[Finding]:
    """Keys and folders of organisations that are not in the register."""
    known = set(Organisation.objects.values_list("pk", flat=True))
    for identifier in sorted(set(keyring.organisations()) - known):
        yield warning(
            f"The keyring has keys of {identifier}, which is no organisation.",
            "If the database was restored from before it was created, remove that file; else find out why.",
        )
    folder = Path(settings.MEDIA_ROOT, "organisations")
    own = {str(pk) for pk in known}
    for path in sorted(folder.glob("*")):
        if path.name not in own:
            yield warning(f"The folder {path} belongs to no organisation.", "Look into it, then remove it.")


def _column(statement: str, *parameters: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {value for (value,) in cursor.fetchall()}
