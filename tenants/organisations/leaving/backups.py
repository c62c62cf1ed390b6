"""A backup of one organisation, and bringing it back, without a look at the others.

A backup is one ZIP file: the rows of each table as PostgreSQL copies them, what is sealed still sealed; the script that
makes the tables; the sealed files; checksums of all of it. The keys are not in it. It becomes visible when it is whole.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from halka.audit.domain import SYSTEM, record
from halka.common.sealing import keyring
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Organisation
from tenants.organisations.walls import catalogue, ddl, scripts
from tenants.organisations.walls.versions import expected_version

FORMAT: Final = 1
MANIFEST, SCRIPT = "manifest.json", "schema.sql"
PIECE: Final = 1 << 16
# By way of pg_depend, which has an index for it: the views of the catalogue read the relations of all schemas.
RELATIONS: Final = """
FROM pg_depend AS held JOIN pg_class AS class ON class.oid = held.objid AND held.classid = 'pg_class'::regclass
"""
OF_SCHEMA: Final = "held.refclassid = 'pg_namespace'::regclass AND held.refobjid = CAST(%s AS regnamespace)"
COLUMNS: Final = f"""
SELECT class.relname::text, array_agg(attribute.attname::text ORDER BY attribute.attnum)
{RELATIONS} JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
WHERE {OF_SCHEMA} AND class.relkind = 'r' AND attribute.attnum > 0
AND NOT attribute.attisdropped AND attribute.attgenerated = '' GROUP BY class.relname ORDER BY class.relname
"""
COUNTERS: Final = f"""
SELECT class.relname::text, pg_sequence_last_value(class.oid) {RELATIONS} WHERE {OF_SCHEMA} AND class.relkind = 'S'
"""


class CannotBackUp(RuntimeError):
    """Closed, or on a version that there is no script of."""


class CannotRestore(RuntimeError):
    """Not a backup of this organisation, a damaged one, or one whose keys are gone."""


def folder_of(organisation: Organisation) -> Path:
    return Path(settings.BACKUP_ROOT, organisation.schema_name)


def backups_of(organisation: Organisation) -> list[Path]:
    """The newest first."""
    return sorted(folder_of(organisation).glob("[0-9]*.zip"), reverse=True)


# --- backing up -----------------------------------------------------------------------------------------
def back_up(organisation: Organisation) -> Path:
    """All rows as they are at one moment. Raises CannotBackUp. The owner's rights are needed."""
    if organisation.state == State.CLOSED:
        raise CannotBackUp(f"{organisation.schema_name} is closed.")
    if organisation.schema_version != scripts.script_version(scripts.PRIVATE):
        raise CannotBackUp(f"{organisation.schema_name} is on another version: run prepare_database first.")
    folder = folder_of(organisation)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob(".*.part"):  # of one that was stopped
        left.unlink()
    moment = datetime.now(UTC)
    whole = folder / f"{moment:%Y-%m-%dT%H%M%S}.{moment.microsecond:06}Z.zip"
    part = folder / f".{secrets.token_hex(4)}.part"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        _pack(packed, organisation, moment)
    part.chmod(0o600)
    return part.rename(whole)


def _pack(packed: zipfile.ZipFile, organisation: Organisation, moment: datetime) -> None:
    sums: dict[str, str] = {}
    schema = organisation.schema_name
    with as_owner(schema), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(COLUMNS, [schema])
        columns: dict[str, list[str]] = dict(cursor.fetchall())
        cursor.execute(COUNTERS, [schema])
        counters: dict[str, int | None] = dict(cursor.fetchall())
        for table, names in columns.items():
            with _Entry(packed, f"tables/{table}.copy", sums) as target:
                cursor.cursor.copy_expert(_copy("{} TO STDOUT", schema, table, names), target)
    with _Entry(packed, SCRIPT, sums) as target:
        target.write(scripts.PRIVATE.read_bytes())
    media = _media(organisation.pk)
    for path in sorted(media.glob("sealed/*/*")):
        if not path.name.startswith("."):
            _pack_file(packed, path, media, sums)
    manifest = {
        "format": FORMAT,
        "organisation": str(organisation.pk),
        "short_name": schema,
        "schema_version": organisation.schema_version,
        "made_at": moment.isoformat(),
        "keys": sorted(keyring.keys_of(organisation.pk).by_number),
        "tables": columns,
        "counters": counters,
        "sha256": sums,
    }
    packed.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _pack_file(packed: zipfile.ZipFile, path: Path, media: Path, sums: dict[str, str]) -> None:
    try:
        source = path.open("rb")
    except FileNotFoundError:  # removed since it was found
        return
    with source, _Entry(packed, f"files/{path.relative_to(media).as_posix()}", sums) as target:
        while piece := source.read(PIECE):
            target.write(piece)


class _Entry:
    """A file of the archive that sums up what is written to it."""

    def __init__(self, packed: zipfile.ZipFile, name: str, sums: dict[str, str]) -> None:
        self.name, self.sums, self.digest = name, sums, hashlib.sha256()
        self.target = packed.open(name, "w", force_zip64=True)

    def write(self, data: bytes) -> None:
        self.digest.update(data)
        self.target.write(data)

    def __enter__(self) -> _Entry:
        return self

    def __exit__(self, *_: object) -> None:
        self.target.close()
        self.sums[self.name] = self.digest.hexdigest()


def _media(organisation_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT, "organisations", str(organisation_id))


def _copy(direction: str, schema: str, table: str, columns: list[str]) -> str:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    what = sql.SQL("{} ({})").format(sql.Identifier(schema, table), names)
    return str(sql.SQL("COPY " + direction).format(what).as_string(connection.connection))


# --- bringing back --------------------------------------------------------------------------------------
def restore(organisation: Organisation, path: Path, *, say: Callable[[str], None] = lambda _: None) -> None:
    """Everything private of the organisation as the backup has it; nothing of any other is looked at.

    Filled beside the tables that serve, and put in their place in one transaction: until then nothing has changed, and
    after a stop it is run again. Raises CannotRestore.
    """
    with zipfile.ZipFile(path) as packed:
        manifest = _checked(packed, organisation, say)
        beside = ddl.restored(organisation.schema_name)
        say("filling the tables")
        with as_owner(), transaction.atomic():
            _drop(beside)
            _fill(packed, manifest, beside)
        _bring_up_to_date(manifest, beside, say)
        _put_files(packed, organisation.pk)
    say("taking its place")
    _take_place(organisation, beside)
    forget_hosts(organisation.pk)
    with inside(Organisation.objects.get(pk=organisation.pk).ref()), transaction.atomic():
        record(action="organisation.restored", detail={"name": path.name}, by=SYSTEM)


def _checked(packed: zipfile.ZipFile, organisation: Organisation, say: Callable[[str], None]) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
    except KeyError:
        raise CannotRestore("This is no backup of an organisation.") from None
    if manifest["format"] != FORMAT or manifest["organisation"] != str(organisation.pk):
        raise CannotRestore(f"This is no backup of {organisation.schema_name}.")
    if organisation.state == State.CLOSED:
        raise CannotRestore(f"{organisation.schema_name} is closed.")
    gone = sorted(set(manifest["keys"]) - keyring.keys_of(organisation.pk).by_number.keys())
    if gone:
        raise CannotRestore(
            f"It was sealed under data key {', '.join(map(str, gone))}, which is not in the keyring any more: "
            "bring the keyring of that time back first."
        )
    say("comparing checksums")
    for name, expected in manifest["sha256"].items():
        digest = hashlib.sha256()
        for piece in _pieces(packed, name):
            digest.update(piece)
        if digest.hexdigest() != expected:
            raise CannotRestore(f"{name} is not what it was when the backup was made.")
    return manifest


def _pieces(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with packed.open(name) as content:
        while piece := content.read(PIECE):
            yield piece


def _drop(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def _fill(packed: zipfile.ZipFile, manifest: dict[str, Any], schema: str) -> None:
    """With the tables of its own time. Triggers stand still: history and audit are among what is filled in."""
    scripts.run_private(packed.read(SCRIPT).decode(), schema)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(schema, "django_migrations")))
        _triggers(cursor, manifest, schema, "DISABLE")
        for table, columns in manifest["tables"].items():
            with packed.open(f"tables/{table}.copy") as source:
                cursor.cursor.copy_expert(_copy("{} FROM STDIN", schema, table, columns), source)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, manifest, schema, "ENABLE")
        for name, last in manifest["counters"].items():
            if last is not None:
                cursor.execute("SELECT setval(%s, %s)", [f'"{schema}"."{name}"', last])


def _triggers(cursor: Any, manifest: dict[str, Any], schema: str, verb: str) -> None:
    for table in manifest["tables"]:
        statement = sql.SQL(f"ALTER TABLE {{}} {verb} TRIGGER USER").format(sql.Identifier(schema, table))
        cursor.execute(statement)


def _bring_up_to_date(manifest: dict[str, Any], schema: str, say: Callable[[str], None]) -> None:
    """A backup from before an update goes through the migrations since."""
    if manifest["schema_version"] != expected_version():
        say("migrating it to the code's version")
        scripts.migrate_schema(schema)


def _put_files(packed: zipfile.ZipFile, organisation_id: UUID) -> None:
    """Those that are gone since. None is overwritten: a file never changes under its name, but for its key."""
    media = _media(organisation_id)
    for name in packed.namelist():
        path = media / name.removeprefix("files/")
        if not name.startswith("files/") or path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with part.open("wb") as target:
            _write(target, _pieces(packed, name))
        part.chmod(0o600)
        part.rename(path)


def _write(target: IO[bytes], pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        target.write(piece)


def _take_place(organisation: Organisation, beside: str) -> None:
    """The filled schema gets the name, and the one before it is gone; all of it or nothing."""
    schema = organisation.schema_name
    names = {"beside": sql.Identifier(beside), "schema": sql.Identifier(schema)}
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {schema} CASCADE").format(**names))
        cursor.execute(sql.SQL("ALTER SCHEMA {beside} RENAME TO {schema}").format(**names))
        ddl.grant_schema(organisation.db_role, schema)
        Organisation.objects.filter(pk=organisation.pk).update(schema_version=expected_version())


def is_there(organisation: Organisation) -> bool:
    """Whether the organisation has a schema at all."""
    with as_owner():
        return bool(catalogue.digests([organisation.schema_name]))
