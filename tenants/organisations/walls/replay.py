"""Migrating many schemas: the first one as Django does it, the others by the statements that this took.

A migration that holds Python, or what may not run in a transaction, is Django's to apply, in each schema. Statements
are applied in one transaction for each schema, if it has the same migrations and relations as the first one had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from psycopg2 import sql

from tenants.organisations.isolation import as_owner
from tenants.organisations.walls import ddl
from tenants.organisations.walls.connections import current_wrapper

LOOKS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SHOW|SET\s+search_path)\b", re.IGNORECASE)  # or says where
PATIENCE = "30s"  # for somebody's long transaction in the schema
# A commit that is lost with the machine leaves a schema as it was, and the next run goes on with it.
BEGIN = f"""
SET LOCAL search_path TO {{}}, public; SET LOCAL lock_timeout TO '{PATIENCE}'; SET LOCAL synchronous_commit TO off
"""
SHAPE = """
SELECT md5(string_agg(concat_ws(' ', relname, relkind, relchecks), ',' ORDER BY relname)) || (
    SELECT md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) FROM django_migrations
)
FROM pg_depend AS held JOIN pg_class AS class ON class.oid = held.objid
WHERE held.refclassid = 'pg_namespace'::regclass AND held.refobjid = CAST(%s AS regnamespace)
AND held.classid = 'pg_class'::regclass
"""


class Different(RuntimeError):
    """This schema is not what the first one was: the statements might make something else of it."""


@dataclass(frozen=True)
class Recording:
    """What a migration of one schema took, and the rights in it; `shape` is what the schema was before."""

    script: str
    rights: ddl.Rights
    shape: str


def migrate_and_record(schema: str, role: str) -> Recording | None:
    """Django's own migrations, and the role's rights; None where it cannot be done by statements alone."""
    statements: list[str] = []
    outer = current_wrapper()
    with as_owner(schema):
        shape, rights = _shape(schema), ddl.rights_in(schema, role)
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        plan = [migration for migration, _backwards in executor.migration_plan(targets)]
        is_plain = all(_is_plain(migration) for migration in plan)
        with connection.execute_wrapper(_recorder(statements)):
            executor.migrate(targets)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        ddl.grant_schema(role, schema)
        new = {name: held for name, held in ddl.rights_in(schema, role).items() if rights.get(name) != held}
    outer.close_if_unusable_or_obsolete()
    return Recording(";\n".join(statements), new, shape) if is_plain else None


def replay(recording: Recording, schema: str, role: str) -> None:
    """In the transaction of the caller, who is the owner. Raises Different, and whatever PostgreSQL says."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(BEGIN).format(sql.Identifier(schema)))
        if _shape(schema) != recording.shape:
            raise Different
        rights = ddl.grants_like(recording.rights, role, schema).as_string(cursor.cursor)
        cursor.cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {recording.script};{rights}")


def _shape(schema: str) -> str:
    """What tells whether the same statements do the same here. The owner's path begins with the schema."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [schema])
        return str(cursor.fetchone()[0])


def _recorder(statements: list[str]) -> Any:
    def record(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not LOOKS.match(sql):
            cursor = context["cursor"].cursor
            for values in params if many else [params]:
                statements.append((cursor.mogrify(sql, values) if values else sql.encode()).decode().rstrip("; \n"))
        return execute(sql, params, many, context)

    return record


def _is_plain(migration: Migration) -> bool:
    """Of shared applications nothing is done in a private schema but to note that it was."""
    private = {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}
    if migration.app_label not in private:
        return True
    return migration.atomic and all(_is_statement(operation) for operation in _all(migration.operations))


def _all(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _all(operation.database_operations)
        else:
            yield operation


def _is_statement(operation: Operation) -> bool:
    """A function that is called by SELECT may change something, and is not recorded."""
    if isinstance(operation, RunSQL):
        parts = [operation.sql] if isinstance(operation.sql, str) else operation.sql
        return not any(LOOKS.match(part if isinstance(part, str) else part[0]) for part in parts)
    return bool(operation.reduces_to_sql)
