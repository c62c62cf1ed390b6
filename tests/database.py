"""The suite's database: made once for each worker from the prepared scripts, with organisations in it."""

from __future__ import annotations

import shutil
import time
from contextlib import closing

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import sql

from halka.common.current import OrganisationRef
from halka.common.sealing import keyring
from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import Kind
from tenants.organisations.models import Organisation
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls.versions import expected_shared_version, expected_version

# Two for tests that are rolled back, two for tests that commit for real, and the secretariat.
ORGANISATIONS = (
    NewOrganisation("alpha", {"en": "Alpha House", "fa": "خانه آلفا"}, values={"province": "North"}),
    NewOrganisation("beta", {"en": "Beta Centre"}, kind=Kind.AGENCY, language="sr", values={"province": "South"}),
    NewOrganisation("delta", {"en": "Delta Workshop"}),
    NewOrganisation("epsilon", {"en": "Epsilon Society"}, language="fa", calendar="jalali"),
    NewOrganisation("secretariat", {"en": "Network Secretariat"}, kind=Kind.SECRETARIAT),
)


def create(*, reuse: bool) -> None:
    """Makes the worker's database, or takes the one of the last run when it is on the same version."""
    name = settings.DATABASES["default"]["NAME"]
    with closing(_maintenance()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cursor.fetchone()
        mark = f"{expected_shared_version()} {expected_version()}"
        if reuse and row and row[0] == mark and _has_keys():
            return
        if row:
            _drop(cursor, name)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        shutil.rmtree(settings.KEYRING_ROOT, ignore_errors=True)
        prepare_database()
        for new in ORGANISATIONS:
            provision(new=new)
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(mark)))


def _has_keys() -> bool:
    """The keys lie in files beside the database; a database without them is made again."""
    return all(keyring.exists(pk) for pk in Organisation.objects.values_list("pk", flat=True))


def drop() -> None:
    walls.close_all()
    connections.close_all()
    with closing(_maintenance()) as connection, connection.cursor() as cursor:
        _drop(cursor, settings.DATABASES["default"]["NAME"])
    shutil.rmtree(settings.KEYRING_ROOT, ignore_errors=True)


def renew() -> None:
    """In place of the database one as new, after a test that filled it with what nobody could take out by name."""
    drop()
    create(reuse=False)


def make_empty(name: str) -> str:
    """An empty database beside the suite's own, for processes of their own; its URL as the owner."""
    with closing(_maintenance()) as connection, connection.cursor() as cursor:
        _drop(cursor, name)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    database = settings.DATABASES["default"]
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{name}"


def _drop(cursor: psycopg2.extensions.cursor, name: str) -> None:
    """Drops the database and then the roles whose names begin with its name."""
    for left in reversed(range(40)):
        try:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            break
        except psycopg2.errors.InsufficientPrivilege:  # the server's own autovacuum is in there, for a moment
            if not left:
                raise
            time.sleep(0.25)
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [name.replace("_", r"\_") + r"\_%"])
    for (role,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _maintenance() -> psycopg2.extensions.connection:
    database = settings.DATABASES["default"]
    connection = psycopg2.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=settings.MAINTENANCE_DATABASE,
    )
    connection.autocommit = True
    return connection


def organisation(short_name: str) -> OrganisationRef:
    return Organisation.objects.get(schema_name=short_name).ref()
