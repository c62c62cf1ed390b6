"""A takeout into an installation that does not know the organisation yet, row by row as it was.

The organisation is created closed, under its own number, and opened by the transaction that fills it: whatever stops
this in the middle, there is an empty closed organisation or all of it, and the next try goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection, models, transaction

from halka.accounts.models import User
from halka.common.sealing import files, keyring
from halka.common.sealing.fields import SealedJSONField, seal_value
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain.addresses import is_taken
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.archive import DESCRIPTION, FILES, FORMAT, OTHERS, SUMS
from tenants.organisations.leaving.tables import Table
from tenants.organisations.models import Domain, Organisation
from tenants.organisations.walls.versions import expected_version

BATCH: Final = 500
NOT_TAKEN_OVER: Final = {"id", "schema_name", "db_role", "schema_version", "parent_id", "state"}


class CannotLoad(RuntimeError):
    """Not a takeout, a damaged one, of another version, or this installation knows the organisation already."""


def load_takeout(path: Path, *, say: Callable[[str], None] = lambda _: None) -> Organisation:
    """Creates the organisation with everything that its takeout holds. The owner's rights are needed.

    Raises CannotLoad, and has changed nothing then that a next try would not take up.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            description = _checked(packed, say)
            return _load(packed, description, say)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as fault:
        raise CannotLoad(f"This is no takeout, or it is damaged: {fault}") from None


def _checked(packed: zipfile.ZipFile, say: Callable[[str], None]) -> dict[str, Any]:
    """Every file against its checksum, before any of it is used."""
    description: dict[str, Any] = json.loads(packed.read(DESCRIPTION))
    ours = description["halka"]
    if ours["format"] != FORMAT:
        raise CannotLoad(f"This takeout has format {ours['format']}; this version of Halka reads format {FORMAT}.")
    if ours["schema_version"] != expected_version():
        raise CannotLoad(
            f"This takeout was made on version {ours['schema_version']} of the tables, and this is "
            f"{expected_version()}. Load it with the version of Halka that made it, then update."
        )
    say("comparing checksums")
    lines = (line.split("  ", 1) for line in packed.read(SUMS).decode().splitlines())
    summed = {name: digest for digest, name in lines}
    missing = {name for resource in description["resources"] for name in resource["path"]} - summed.keys()
    if missing:
        raise CannotLoad(f"No checksum of {', '.join(sorted(missing))}.")
    for name, expected in summed.items():
        digest = hashlib.sha256()
        with packed.open(name) as content:
            while part := content.read(1 << 16):
                digest.update(part)
        if digest.hexdigest() != expected:
            raise CannotLoad(f"{name} is not what it was when the takeout was made.")
    return description


def _load(packed: zipfile.ZipFile, description: dict[str, Any], say: Callable[[str], None]) -> Organisation:
    paths = {resource["name"].partition("-")[2]: resource["path"] for resource in description["resources"]}
    organisation = _empty_organisation(packed, description, paths)
    schema, identifier = organisation.schema_name, organisation.pk
    with as_owner(schema), transaction.atomic():
        loaded = [table for table in _all_tables() if table.loads]
        _triggers(loaded, "DISABLE")
        _put_others(packed)
        _put_accounts(json.loads(line) for line in _rows(packed, paths, "organisations_colleague"))
        for table in loaded:
            say(f"loading {table.name}")
            _put_table(table, identifier, _rows(packed, paths, table.name))
        _put_files(packed, identifier)
        _settle(organisation, *_rows(packed, paths, "organisations_organisation"))
        _triggers(loaded, "ENABLE")
    forget_hosts(identifier)
    return Organisation.objects.get(pk=identifier)


def _all_tables() -> Iterator[Table]:
    """Those that rows are put into. The organisation's own row is there already."""
    for table in (*tables.shared_tables(), *tables.private_tables()):
        if table.model._meta.managed and table.model is not Organisation:
            yield table


def _triggers(loaded: list[Table], verb: str) -> None:
    """Of these tables: they would add to history and audit, and refuse what was written long ago."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction is checked now
        for table in loaded:
            cursor.execute(f'ALTER TABLE "{table.name}" {verb} TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rows(packed: zipfile.ZipFile, paths: dict[str, list[str]], table: str) -> Iterator[str]:
    for path in paths.get(table, []):
        with packed.open(path) as content:
            for line in content:
                yield line.decode()


def _empty_organisation(
    packed: zipfile.ZipFile, description: dict[str, Any], paths: dict[str, list[str]]
) -> Organisation:
    """As the last try left it, or a new one."""
    ours = description["halka"]
    identifier, short_name = UUID(ours["organisation"]), ours["short_name"]
    known = Organisation.objects.filter(pk=identifier).first()
    if known is not None and (known.state != State.CLOSED or not known.schema_version):
        raise CannotLoad(f"{known.schema_name} is an organisation here already. Nothing was loaded.")
    if known is None:
        (line,) = _rows(packed, paths, "organisations_organisation")
        row = json.loads(line)
        for name in filter(None, (short_name, row["subdomain"], *row["earlier_subdomains"])):
            if is_taken(name):
                raise CannotLoad(f"Another organisation here is called {name}. Nothing was loaded.")
        if keyring.is_destroyed(identifier):
            raise CannotLoad(f"The keys of {short_name} were destroyed here: it does not come back.")
        new = NewOrganisation(
            short_name=short_name,
            names=row["names"],
            kind=row["kind"],
            language=row["language"],
            calendar=row["calendar"],
            values={"state": State.CLOSED},
            id=identifier,
        )
        known = provision(new=new)
    return known


def _put_others(packed: zipfile.ZipFile) -> None:
    """Organisations that are not here stand in the register as closed, so that referrals can name them."""
    with packed.open(OTHERS) as content:
        for line in content:
            row = json.loads(line)
            if Organisation.objects.filter(pk=row["id"]).exists():
                continue
            if Organisation.objects.filter(schema_name=row["short_name"]).exists():
                raise CannotLoad(f"Another organisation here is called {row['short_name']}.")
            other = Organisation(
                id=UUID(row["id"]),
                schema_name=row["short_name"],
                db_role=f"elsewhere_{UUID(row['id']).hex}",
                schema_version="",
                names=row["names"],
                kind=row["kind"],
                state=State.CLOSED,
            )
            Organisation.objects.bulk_create([other])


def _put_accounts(people: Iterable[dict[str, Any]]) -> None:
    """Accounts under their old numbers, which private rows know people by. Nobody's password came along."""
    for person in people:
        same = User.objects.filter(pk=person["user_id"], email__iexact=person["email"]).exists()
        if same:
            continue
        if User.objects.filter(models.Q(pk=person["user_id"]) | models.Q(email__iexact=person["email"])).exists():
            raise CannotLoad(
                "Somebody else here has the number or the address of an account of this organisation. "
                "A takeout is loaded into an empty installation."
            )
        user = User(
            pk=person["user_id"], email=person["email"], name=person["name"], language=person["language"] or "en"
        )
        user.set_unusable_password()
        user.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    with connection.cursor() as cursor:
        _move_counter(cursor, User._meta.db_table, "id")


def _put_table(table: Table, organisation_id: UUID, lines: Iterator[str]) -> None:
    columns = [*table.columns, *(column.field.column for column in table.sealed)]
    columns += [str(field.column) for field in table.blind]
    names = ", ".join(f'"{name}"' for name in columns)
    name = f'"{table.name}"'
    given = "unnest(CAST(%s AS text[]), CAST(%s AS text[])) AS given (line, sealed)"
    row = f"jsonb_populate_record(NULL::{name}, CAST(line AS jsonb) || CAST(sealed AS jsonb))"
    with connection.cursor() as cursor:
        if table.model is Domain:
            cursor.execute(f"DELETE FROM {name} WHERE tenant_id = %s", [str(organisation_id)])
        while batch := list(islice(lines, BATCH)):
            sealed = [_sealed(table, organisation_id, line) for line in batch]
            cursor.execute(f"INSERT INTO {name} ({names}) SELECT {names} FROM {given}, {row}", [batch, sealed])
        if table.key_type in ("bigint", "integer"):
            _move_counter(cursor, table.name, table.key)


def _sealed(table: Table, organisation_id: UUID, line: str) -> str:
    """What belongs under seal, put under this installation's key, as JSON with bytes as PostgreSQL reads them."""
    if not table.sealed:
        return "{}"
    row, sealed = json.loads(line), {}
    for column in table.sealed:
        name = column.field.column
        text = row.get(name, "")
        if text is None:
            continue
        for index in table.blind:
            message = index.message(text) if index.indexes == column.field.name else b""
            if message:
                sealed[str(index.column)] = f"\\x{keyring.keys_of(organisation_id).newest.index_of(message).hex()}"
        if isinstance(column.field, SealedJSONField):
            text = column.field.text_of(text) if name in row else ""
        sealed[name] = f"\\x{seal_value(organisation_id, column.bound_table, name, row[column.row], text).hex()}"
    return json.dumps(sealed)


def _move_counter(cursor: Any, table: str, column: str) -> None:
    """Behind the highest number that was given, where PostgreSQL counts at all."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
    (sequence,) = cursor.fetchone()
    if sequence is not None:
        cursor.execute(f'SELECT setval(%s, greatest((SELECT max("{column}") FROM "{table}"), 1))', [sequence])


def _put_files(packed: zipfile.ZipFile, organisation_id: UUID) -> None:
    with packed.open(FILES) as listed:
        for line in listed:
            row = json.loads(line)
            place = (row["table"], row["column"], row["row"])
            with packed.open(row["path"]) as content:
                source = iter(lambda content=content: content.read(1 << 16), b"")  # type: ignore[misc]
                files.put_back(organisation_id=organisation_id, place=place, name=row["name"], source=source)


def _settle(organisation: Organisation, line: str) -> None:
    """The organisation's own row as it was, its branch if there is one here; and it is open."""
    names = [name for name in tables.table_named("organisations_organisation").columns if name not in NOT_TAKEN_OVER]
    changes = ", ".join(f'"{name}" = given."{name}"' for name in names)
    parent = json.loads(line)["parent_id"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE organisations_organisation AS kept SET {changes}, state = given.state "
            "FROM jsonb_populate_record(NULL::organisations_organisation, CAST(%s AS jsonb)) AS given "
            "WHERE kept.id = %s",
            [line, str(organisation.pk)],
        )
        if parent and Organisation.objects.filter(pk=parent).exists():
            cursor.execute(
                "UPDATE organisations_organisation SET parent_id = %s WHERE id = %s", [parent, str(organisation.pk)]
            )
