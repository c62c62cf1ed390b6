"""Bringing a database to the code's version: empty, or one that serves already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from halka.common.sealing.errors import KeyMissing
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain.keys import ensure_keys
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation
from tenants.organisations.walls import ddl, scripts
from tenants.organisations.walls.versions import expected_shared_version, expected_version, fingerprint

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
LOCK = 4_862_001  # advisory: two preparations at once would trip over each other


@dataclass(frozen=True)
class Prepared:
    """What one preparation did: `failed` maps an organisation's short name to what PostgreSQL said."""

    created: bool
    migrated: tuple[str, ...]
    failed: dict[str, str]


def prepare_database(*, say: Callable[[str], None] = lambda _: None) -> Prepared:
    """Creates or migrates the shared tables, their rights, and every organisation's schema. Idempotent.

    An organisation that fails stays on its version, is reported, and answers 503 until it is mended.
    """
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        created = _shared(say)
        migrated, failed = _private(say)
    return Prepared(created, migrated, failed)


def _shared(say: Callable[[str], None]) -> bool:
    recorder = MigrationRecorder(connection)
    empty = not recorder.has_table()
    if empty:
        with connection.cursor() as cursor:
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        say("creating the shared tables")
        scripts.create_shared_tables()
    elif fingerprint(_applied(recorder)) != expected_shared_version():
        say("migrating the shared tables")
        scripts.migrate_shared()
    with transaction.atomic():
        ddl.ensure_network_roles()
        ddl.keep_network_out()
        ddl.apply_shared_grants()
    return empty


def _applied(recorder: MigrationRecorder) -> list[tuple[str, str]]:
    """Those of the shared applications: Django records the private ones there too, as done and with no effect."""
    shared = {config.label for config in apps.get_app_configs() if config.name in settings.SHARED_APPS}
    return [(app, name) for app, name in recorder.applied_migrations() if app in shared]


def _private(say: Callable[[str], None]) -> tuple[tuple[str, ...], dict[str, str]]:
    migrated, failed = [], {}
    for organisation in Organisation.objects.exclude(schema_version=expected_version()):
        name = organisation.schema_name
        say(f"migrating {name}")
        try:
            scripts.migrate_schema(name)
            ddl.grant_schema(organisation.db_role, name)
        except Exception as error:
            failed[name] = str(error).strip()
            continue
        Organisation.objects.filter(pk=organisation.pk).update(schema_version=expected_version())
        forget_hosts(organisation.pk)
        migrated.append(name)
    for organisation in Organisation.objects.filter(schema_version=expected_version()).exclude(state=State.CLOSED):
        try:
            ensure_keys(organisation.pk, organisation.schema_name)
        except (KeyMissing, OSError) as error:
            failed[organisation.schema_name] = str(error)
    return tuple(migrated), failed
