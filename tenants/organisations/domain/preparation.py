"""Bringing a database to the code's version: empty, or one that serves already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from halka.common.sealing.errors import KeyMissing
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain.keys import ensure_keys
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation
from tenants.organisations.walls import ddl, replay, scripts
from tenants.organisations.walls.versions import expected_shared_version, expected_version, fingerprint

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
AT_ONCE: Final = max(2, min(8, os.cpu_count() or 2))  # schemas that are migrated side by side
IN_A_ROW: Final = 20  # by one connection
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NULL")
        empty = bool(cursor.fetchone()[0])
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


def shared_tables_are_current() -> bool:
    """Whether the database holds what this code expects of it."""
    return fingerprint(_applied(MigrationRecorder(connection))) == expected_shared_version()


def _applied(recorder: MigrationRecorder) -> list[tuple[str, str]]:
    """Those of the shared applications: Django records the private ones there too, as done and with no effect."""
    shared = {config.label for config in apps.get_app_configs() if config.name in settings.SHARED_APPS}
    applied = recorder.migration_qs.values_list(
        "app", "name"
    )  # the recorder would first list all tables of the database
    return [(app, name) for app, name in applied if app in shared]


def _private(say: Callable[[str], None]) -> tuple[tuple[str, ...], dict[str, str]]:
    behind: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.exclude(schema_version__in=["", expected_version()]):  # "": has no schema
        behind.setdefault(organisation.schema_version, []).append(organisation)
    migrated, failed = [], {}
    for together in behind.values():
        for name, fault in _migrate_together(together, say):
            if fault:
                failed[name] = fault
            else:
                migrated.append(name)
    for organisation in Organisation.objects.filter(schema_version=expected_version()).exclude(state=State.CLOSED):
        try:
            ensure_keys(organisation.pk, organisation.schema_name)
        except (KeyMissing, OSError) as error:
            failed[organisation.schema_name] = str(error)
    return tuple(migrated), failed


def _migrate_together(organisations: list[Organisation], say: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """Name and fault of each, all of them on one version. The first that Django can migrate shows how it is done."""
    waiting = iter(organisations)
    recording = None
    for organisation in waiting:
        say(f"migrating {organisation.schema_name}")
        fault, recording = _migrate_first(organisation)
        yield organisation.schema_name, fault
        if not fault:
            break
    rest = list(waiting)
    if not rest:
        return
    say(f"migrating {len(rest)} more")
    rows = [rest[first : first + IN_A_ROW] for first in range(0, len(rest), IN_A_ROW)]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        for some in threads.map(partial(_migrate_some, recording, say), rows):
            yield from some


def _migrate_first(organisation: Organisation) -> tuple[str, replay.Recording | None]:
    try:
        recording = replay.migrate_and_record(organisation.schema_name, organisation.db_role)
    except Exception as error:
        return _told(error), None
    _is_on_version(organisation)
    forget_hosts(organisation.pk)
    return "", recording


def _migrate_some(
    recording: replay.Recording | None, say: Callable[[str], None], organisations: Sequence[Organisation]
) -> list[tuple[str, str]]:
    """In a thread, by one connection of its own."""
    try:
        with as_owner():
            done = [_migrate_like(recording, say, organisation) for organisation in organisations]
        forget_hosts(*(organisation.pk for organisation in organisations))
        return done
    finally:
        connections.close_all()


def _migrate_like(
    recording: replay.Recording | None, say: Callable[[str], None], organisation: Organisation
) -> tuple[str, str]:
    """By the statements of the first, in one transaction; else as Django does it."""
    name = organisation.schema_name
    try:
        if recording is None or not _replayed(recording, organisation):
            scripts.migrate_schema(name)
            with transaction.atomic():
                ddl.grant_schema(organisation.db_role, name)
                _is_on_version(organisation)
    except Exception as error:
        connection.close_if_unusable_or_obsolete()
        say(f"{name} stays as it was")
        return name, _told(error)
    return name, ""


def _told(error: Exception) -> str:
    """Never empty: whatever has no words of its own is told by its kind."""
    return str(error).strip() or type(error).__name__


def _replayed(recording: replay.Recording, organisation: Organisation) -> bool:
    """False where the schema was not what the first one was: then Django looks at it by itself."""
    try:
        with transaction.atomic():
            replay.replay(recording, organisation.schema_name, organisation.db_role)
            _is_on_version(organisation)
    except replay.Different:
        return False
    return True


def _is_on_version(organisation: Organisation) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(schema_version=expected_version())
