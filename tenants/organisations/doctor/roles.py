"""Does each organisation's role log in, reach what is its own, and nothing else?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection

from tenants.organisations.doctor.findings import Finding, error
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation
from tenants.organisations.walls import ddl
from tenants.organisations.walls.connections import wrapper_as
from tenants.organisations.walls.grants import all_grants
from tenants.organisations.walls.identities import (
    members_group,
    network_role,
    organisation_identity,
    secretariat_group,
)

MEND: Final = "Run `manage.py doctor --mend`."

ROLES: Final = """
SELECT rolname::text, rolcanlogin AND rolinherit,
    rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls, coalesce(rolconfig, '{}'),
    ARRAY(SELECT pg_get_userbyid(roleid)::text FROM pg_auth_members WHERE member = pg_roles.oid),
    ARRAY(SELECT pg_get_userbyid(member)::text FROM pg_auth_members WHERE roleid = pg_roles.oid)
FROM pg_roles WHERE rolname = ANY(%s)
"""
# Who but the owner may do what in a schema, a word each: relation, role, right.
RIGHTS: Final = """
SELECT space.nspname::text, array_agg(held.name || ' ' || coalesce(role.rolname, 'everybody') || ' ' || held.right_)
FROM pg_namespace AS space
CROSS JOIN LATERAL (
    SELECT '' AS name, entry.grantee, entry.privilege_type AS right_ FROM aclexplode(space.nspacl) AS entry
    UNION ALL
    SELECT class.relname, entry.grantee, entry.privilege_type
    FROM pg_class AS class CROSS JOIN LATERAL aclexplode(class.relacl) AS entry
    WHERE class.relnamespace = space.oid
    UNION ALL
    SELECT class.relname || '.' || attribute.attname, entry.grantee, entry.privilege_type
    FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
    CROSS JOIN LATERAL aclexplode(attribute.attacl) AS entry
    WHERE class.relnamespace = space.oid AND attribute.attacl IS NOT NULL
) AS held
LEFT JOIN pg_roles AS role ON role.oid = held.grantee
WHERE space.nspname = ANY(%s) AND held.grantee <> space.nspowner
GROUP BY space.nspname
"""
RELATIONS: Final = """
SELECT space.nspname::text, array_agg(class.relkind::text || class.relname)
FROM pg_namespace AS space JOIN pg_class AS class ON class.relnamespace = space.oid
WHERE space.nspname = ANY(%s) AND class.relkind IN ('r', 'p', 'v', 'm', 'S') GROUP BY space.nspname
"""
SHARED: Final = """
SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f')
AND (has_any_column_privilege(%s, oid, 'SELECT, INSERT, UPDATE, REFERENCES')
     OR has_any_column_privilege(%s, oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
"""


@dataclass(frozen=True)
class _Role:
    may_log_in: bool
    is_mighty: bool
    settings: frozenset[str]
    groups: frozenset[str]
    members: frozenset[str]


class Roles:
    """Roles and rights of many organisations, asked at once. The owner's rights are needed."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        names = [organisation.schema_name for organisation in organisations]
        self._database = ddl.database_name()
        self._owner: str = connection.settings_dict["USER"]
        with connection.cursor() as cursor:
            cursor.execute(ROLES, [[organisation.db_role for organisation in organisations]])
            self._roles = {
                name: _Role(logs, mighty, frozenset(config), frozenset(groups), frozenset(members))
                for name, logs, mighty, config, groups, members in cursor.fetchall()
            }
            cursor.execute(RIGHTS, [names])
            self._rights: dict[str, list[str]] = dict(cursor.fetchall())
            cursor.execute(RELATIONS, [names])
            self._relations: dict[str, list[str]] = dict(cursor.fetchall())

    def check(self, organisation: Organisation) -> Iterator[Finding]:
        repair = partial(mend_role, organisation)
        role = self._roles.get(organisation.db_role)
        if role is None:
            yield error(f"Its role {organisation.db_role} is missing.", MEND, repair=repair)
            return
        for what in (*self._of_role(organisation, role), *self._of_rights(organisation)):
            yield error(what, MEND, repair=repair)
        refused = log_in(organisation)
        if refused:
            yield error(f"Its role cannot log in: {refused}", MEND, repair=repair)

    def _of_role(self, organisation: Organisation, role: _Role) -> Iterator[str]:
        if not role.may_log_in:
            yield "Its role may not log in."
        if role.is_mighty:
            yield "Its role may do what only an administrator of the database may."
        groups = groups_of(self._database, organisation)
        if missing := sorted(groups - role.groups):
            yield f"Its role is not in {', '.join(missing)}: it does not reach the shared tables."
        if foreign := sorted(role.groups - groups):
            yield f"Its role is in {', '.join(foreign)}, and has the rights of it."
        may_enter = {self._owner} | ({network_role(self._database)} if settings.DATABASE_WALLS == "local" else set())
        if foreign := sorted(role.members - may_enter):
            yield f"{', '.join(foreign)} may act as its role."
        wanted = set(ddl.SESSION) | {f"search_path={ddl.search_path(organisation.schema_name)}"}
        if role.settings != wanted:
            names = sorted({line.partition("=")[0] for line in role.settings ^ wanted})
            yield f"Sessions of its role start with other settings than they should: {', '.join(names)}."

    def _of_rights(self, organisation: Organisation) -> Iterator[str]:
        schema = organisation.schema_name
        held = set(self._rights.get(schema, ()))
        wanted = {f" {organisation.db_role} USAGE"}
        guarded = ddl.guarded_tables()
        for relation in self._relations.get(schema, ()):
            kind, name = relation[0], relation[1:]
            rights = ("USAGE", "SELECT") if kind == "S" else guarded.get(name, ddl.IN_FULL)
            wanted |= {f"{name} {organisation.db_role} {right}" for right in rights}
        if missing := sorted(wanted - held):
            yield f"Its role lacks rights in its schema: {_list(missing)}."
        if foreign := sorted(held - wanted):
            yield f"There are rights in its schema that nobody should have: {_list(foreign)}."


def groups_of(database: str, organisation: Organisation) -> set[str]:
    groups = {members_group(database)}
    return groups | {secretariat_group(database)} if organisation.kind == Kind.SECRETARIAT else groups


def log_in(organisation: Organisation) -> str:
    """What PostgreSQL says to the derived password; empty where all is well."""
    wrapper = wrapper_as(organisation_identity(organisation.ref()), organisation.ref())
    try:
        wrapper.ensure_connection()
    except DatabaseError as fault:
        return str(fault).strip().splitlines()[-1]
    finally:
        wrapper.close()
    return ""


def mend_role(organisation: Organisation) -> None:
    """Makes role, groups, settings and rights what a new organisation's are. Raises DatabaseError."""
    with as_owner():
        groups = groups_of(ddl.database_name(), organisation)
        ddl.mend_organisation_role(organisation.db_role, organisation.schema_name, groups=groups)


def of_shared_tables() -> Iterator[Finding]:
    """Whether organisations reach more or less of the shared tables than `walls.grants` says. Asked of the owner."""
    database = ddl.database_name()
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [members_group(database), secretariat_group(database)])
        reached: set[Any] = {name for (name,) in cursor.fetchall()}
    granted = {grant.table for grant in all_grants()}
    if granted != reached:
        yield error(
            f"The organisations' rights on shared tables are not the code's: {_list(sorted(granted ^ reached))}.",
            "Run `manage.py prepare_database`, which sets them anew.",
        )


def _list(words: list[str], most: int = 6) -> str:
    shown = ", ".join(word.strip() for word in words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown
