"""Roles and their rights, as SQL that the owner runs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from psycopg2 import extensions, sql

from halka.common.models import PrivateModel
from tenants.organisations.walls import grants
from tenants.organisations.walls.connections import current_wrapper, wrapper_as
from tenants.organisations.walls.identities import (
    MAX_DATABASE_NAME,
    Identity,
    derived_passwords,
    members_group,
    network_role,
    secretariat_group,
)

IN_FULL = ("SELECT", "INSERT", "UPDATE", "DELETE")
# What sessions of roles start with, beside their search path; as PostgreSQL keeps it.
SESSION = ("TimeZone=UTC", "statement_timeout=30s", "idle_in_transaction_session_timeout=60s")
RIGHTS = """
SELECT class.relname::text, array_remove(array_agg(entry.privilege_type), NULL)
FROM pg_depend AS held JOIN pg_class AS class ON class.oid = held.objid
LEFT JOIN LATERAL aclexplode(class.relacl) AS entry ON pg_get_userbyid(entry.grantee) = %s
WHERE held.refclassid = 'pg_namespace'::regclass AND held.refobjid = CAST(%s AS regnamespace)
AND held.classid = 'pg_class'::regclass GROUP BY class.relname
"""
# Rights and policies of the shared tables, as they are: a word for all of it.
SHARED = """
SELECT md5(string_agg(concat_ws(' ', class.relname, class.relrowsecurity, class.relacl, columns.rights, policies.rows),
    ',' ORDER BY class.relname)) || md5(min(space.nspacl::text))
FROM pg_namespace AS space
JOIN pg_depend AS held ON held.refclassid = 'pg_namespace'::regclass AND held.refobjid = space.oid
JOIN pg_class AS class ON class.oid = held.objid AND held.classid = 'pg_class'::regclass
CROSS JOIN LATERAL (
    SELECT string_agg(attname || ' ' || attacl::text, ',' ORDER BY attnum) AS rights
    FROM pg_attribute WHERE attrelid = class.oid AND attacl IS NOT NULL
) AS columns
CROSS JOIN LATERAL (
    SELECT string_agg(concat_ws(' ', polname, polcmd, polroles::text, polqual::text, polwithcheck::text), ','
        ORDER BY polname) AS rows
    FROM pg_policy WHERE polrelid = class.oid
) AS policies
WHERE space.nspname = 'public'
"""

Rights = dict[str, frozenset[str]]  # of a role, by relation of a schema


def _execute(statement: str | sql.Composable, parameters: list[Any] | None = None) -> None:
    with current_wrapper().cursor() as cursor:
        cursor.execute(statement, parameters)


def _role_exists(role: str) -> bool:
    with current_wrapper().cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def _scram(role: str) -> str:
    """The current derived password as a SCRAM verifier, so that the password itself is in no statement or log."""
    wrapper = current_wrapper()
    wrapper.ensure_connection()
    return extensions.encrypt_password(derived_passwords(role)[0], role, wrapper.connection, "scram-sha-256")


def database_name() -> str:
    name: str = current_wrapper().settings_dict["NAME"]
    if len(name) > MAX_DATABASE_NAME:
        raise ValueError(f"The database's name {name} is longer than {MAX_DATABASE_NAME} characters.")
    return name


def ensure_network_roles() -> None:
    """Creates or mends the network's role and the two groups, and closes the database to everybody else."""
    database = database_name()
    network, members, secretariat = (
        network_role(database),
        members_group(database),
        secretariat_group(database),
    )
    for group in (members, secretariat):
        if not _role_exists(group):
            _execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(group)))
    if not _role_exists(network):
        _execute(sql.SQL("CREATE ROLE {} NOINHERIT").format(sql.Identifier(network)))
    _execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD %s").format(sql.Identifier(network)), [_scram(network)])
    _settle(network, "public")
    _execute(
        sql.SQL(
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC; GRANT CONNECT ON DATABASE {database} TO {roles};"
            "ALTER DATABASE {database} SET timezone TO 'UTC'"
        ).format(
            database=sql.Identifier(database),
            roles=sql.SQL(", ").join(sql.Identifier(role) for role in (network, members, secretariat)),
        )
    )


def keep_network_out() -> None:
    """Where each organisation has a login of its own, the network's role is a member of none, whatever was before."""
    if settings.DATABASE_WALLS != "login":
        return
    network = network_role(database_name())
    with current_wrapper().cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(roleid) FROM pg_auth_members WHERE pg_get_userbyid(member) = %s", [network]
        )
        entered = [role for (role,) in cursor.fetchall()]
    for role in entered:
        _execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(role), sql.Identifier(network)))


def apply_shared_grants() -> None:
    """Makes the rights on shared tables what `walls.grants` says.

    Nothing is done, and no table locked, where the same was said last time and all is still as it was left then.
    """
    database = database_name()
    statements = grants.statements(database)
    said = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    group = members_group(database)
    with current_wrapper().cursor() as cursor:
        cursor.execute("SELECT shobj_description(CAST(%s AS regrole), 'pg_authid')", [group])
        if cursor.fetchone()[0] == f"{said} {_shared_state()}":
            return
    for statement in statements:
        _execute(statement)
    _execute(sql.SQL("COMMENT ON ROLE {} IS %s").format(sql.Identifier(group)), [f"{said} {_shared_state()}"])


def _shared_state() -> str:
    with current_wrapper().cursor() as cursor:
        cursor.execute(SHARED)
        return str(cursor.fetchone()[0])


def _settle(role: str, *search_path: str) -> None:
    """What a session of the role starts with; no code sets any of it later."""
    path = sql.SQL(", ").join(sql.Identifier(name) for name in search_path)
    lines = [line.split("=") for line in SESSION]
    rest = "".join(f"ALTER ROLE {{role}} SET {name} TO '{value}';" for name, value in lines)
    _execute(
        sql.SQL("ALTER ROLE {role} SET search_path TO {path};" + rest).format(role=sql.Identifier(role), path=path)
    )


def search_path(schema: str) -> str:
    """As PostgreSQL keeps it among the settings of a role."""
    with current_wrapper().cursor() as cursor:
        cursor.execute("SELECT quote_ident(%s)", [schema])
        return f"{cursor.fetchone()[0]}, public"


def create_organisation_role(role: str, schema: str) -> None:
    """A login role with data rights in one schema, no more; the schema exists already and holds its tables."""
    database = database_name()
    identifiers = {
        "role": sql.Identifier(role),
        "schema": sql.Identifier(schema),
        "members": sql.Identifier(members_group(database)),
        "network": sql.Identifier(network_role(database)),
    }
    _execute(
        sql.SQL("CREATE ROLE {role} LOGIN INHERIT PASSWORD %s IN ROLE {members}").format(**identifiers),
        [_scram(role)],
    )
    _settle(role, schema, "public")
    if settings.DATABASE_WALLS == "local":
        _execute(sql.SQL("GRANT {role} TO {network}").format(**identifiers))
    grant_schema(role, schema)


def mend_organisation_role(role: str, schema: str, *, groups: Collection[str]) -> None:
    """Role, groups, settings and rights as a new organisation has them, whatever they were before."""
    names = {"role": sql.Identifier(role), "schema": sql.Identifier(schema)}
    with transaction.atomic():
        if not _role_exists(role):
            _execute(sql.SQL("CREATE ROLE {role}").format(**names))
        _execute(
            sql.SQL("ALTER ROLE {role} LOGIN INHERIT NOCREATEDB NOCREATEROLE PASSWORD %s").format(**names),
            [_scram(role)],
        )
        _execute(sql.SQL("ALTER ROLE {role} RESET ALL").format(**names))
        _settle(role, schema, "public")
        _leave_all(role)
        network = [network_role(database_name())] if settings.DATABASE_WALLS == "local" else []
        for group, member in [*((group, role) for group in sorted(groups)), *((role, one) for one in network)]:
            _execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(member)))
        _close_to_others(schema)
        grant_schema(role, schema)


def _leave_all(role: str) -> None:
    """The role is in no group, and nobody but the owner, who made it, is in the role."""
    with current_wrapper().cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(roleid), pg_get_userbyid(member) FROM pg_auth_members "
            "WHERE %s IN (pg_get_userbyid(roleid), pg_get_userbyid(member)) "
            "AND pg_get_userbyid(member) <> current_user",
            [role],
        )
        pairs = cursor.fetchall()
    for group, member in pairs:
        _execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), sql.Identifier(member)))


def _close_to_others(schema: str) -> None:
    """Takes all rights in the schema from everybody but the owner."""
    with current_wrapper().cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT coalesce(pg_get_userbyid(NULLIF(entry.grantee, 0))::text, '') FROM pg_namespace AS space "
            "LEFT JOIN pg_class AS class ON class.relnamespace = space.oid CROSS JOIN LATERAL ("
            "SELECT grantee FROM aclexplode(space.nspacl) UNION SELECT grantee FROM aclexplode(class.relacl) "
            "UNION SELECT held.grantee FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) AS held "
            "WHERE attrelid = class.oid AND attacl IS NOT NULL"
            ") AS entry WHERE space.nspname = %s AND entry.grantee <> space.nspowner",
            [schema],
        )
        holders = [sql.Identifier(name) if name else sql.SQL("PUBLIC") for (name,) in cursor.fetchall()]
    for holder in holders:
        _execute(
            sql.SQL(
                "REVOKE ALL ON SCHEMA {schema} FROM {holder};"
                "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {holder};"
                "REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {holder}"
            ).format(schema=sql.Identifier(schema), holder=holder)
        )


def renew_password(role: str) -> None:
    """Sets the password that the current master key gives; sessions that run go on."""
    _execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)), [_scram(role)])


def _guarded() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The private tables that an organisation's role may not write in full, and what it may."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, PrivateModel) and set(model.RIGHTS) != set(PrivateModel.RIGHTS):
            yield model._meta.db_table, model.RIGHTS


def guarded_tables() -> dict[str, tuple[str, ...]]:
    """All rights of an organisation's role on those tables of its schema that it does not have in full."""
    return {"django_migrations": (), **{table: ("SELECT", *rights) for table, rights in _guarded()}}


def grant_schema(role: str, schema: str) -> None:
    """Data rights in the schema: all tables in full but those whose model says less; nothing of migrations."""
    identifiers = {"role": sql.Identifier(role), "schema": sql.Identifier(schema)}
    _execute(
        sql.SQL(
            "REVOKE ALL ON SCHEMA {schema} FROM PUBLIC; GRANT USAGE ON SCHEMA {schema} TO {role};"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};"
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};"
            "REVOKE ALL ON TABLE {schema}.django_migrations FROM {role};"
        ).format(**identifiers)
        + sql.SQL("").join(
            sql.SQL("REVOKE ALL ON TABLE {table} FROM {role}; GRANT {rights} ON TABLE {table} TO {role};").format(
                table=sql.Identifier(schema, table),
                rights=sql.SQL(", ").join(map(sql.SQL, ("SELECT", *rights))),
                **identifiers,
            )
            for table, rights in _guarded()
        )
    )


def rights_in(schema: str, role: str) -> Rights:
    with current_wrapper().cursor() as cursor:
        cursor.execute(RIGHTS, [role, schema])
        return {relation: frozenset(held) for relation, held in cursor.fetchall()}


def grants_like(rights: Rights, role: str, schema: str) -> sql.Composed:
    """Statements for just these rights on just these relations, as another schema has them."""
    statements = []
    for relation, held in sorted(rights.items()):
        names = {"relation": sql.Identifier(schema, relation), "role": sql.Identifier(role)}
        statements.append(sql.SQL("REVOKE ALL ON {relation} FROM {role};").format(**names))
        if held:
            words = sql.SQL(", ").join(map(sql.SQL, sorted(held)))
            statements.append(sql.SQL("GRANT {held} ON {relation} TO {role};").format(held=words, **names))
    return sql.SQL("").join(statements)


def hand_over(role: str, spare: str, schema: str, *, secretariat: bool) -> None:
    """The spare schema becomes `schema`, and sessions of its role start there.

    The role sets its own path: the owner administers every organisation's role, and PostgreSQL reads them all before
    it lets the owner alter one. Where the owner's transaction fails, the next claim of this spare sets the path anew.
    """
    names = {"spare": sql.Identifier(spare), "schema": sql.Identifier(schema), "role": sql.Identifier(role)}
    _execute(sql.SQL("ALTER SCHEMA {spare} RENAME TO {schema}").format(**names))
    if secretariat:
        group = sql.Identifier(secretariat_group(database_name()))
        _execute(sql.SQL("GRANT {group} TO {role}").format(group=group, **names))
    itself = wrapper_as(Identity(role, ("public",), derived_passwords(role)))
    try:
        with itself.cursor() as cursor:
            cursor.execute(sql.SQL("ALTER ROLE {role} SET search_path TO {schema}, public").format(**names))
    finally:
        itself.close()


def restored(schema: str) -> str:
    """The schema that a backup of this one is filled into; a restore that was stopped leaves it behind."""
    return f"restored_{schema}"


def drop_organisation(role: str, schema: str) -> None:
    """Removes the schema with all its rows, what a restore may have left of it, and the role."""
    identifiers = {
        "role": sql.Identifier(role),
        "schema": sql.Identifier(schema),
        "restored": sql.Identifier(restored(schema)),
    }
    _execute(sql.SQL("DROP SCHEMA IF EXISTS {schema}, {restored} CASCADE").format(**identifiers))
    if _role_exists(role):
        _execute(
            sql.SQL("REVOKE {members} FROM {role}; DROP ROLE {role}").format(
                members=sql.Identifier(members_group(database_name())), **identifiers
            )
        )
