"""What an organisation's role reaches of the shared tables: nothing that is not written down here.

An app with shared tables that organisations use has a module `walls` with GRANTS, a tuple of Grant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from tenants.organisations.walls.identities import members_group, network_role, secretariat_group

OWN = "= (SELECT current_organisation())"
NETWORK_ADDS = ("organisations_auditanchor",)  # not even the network changes or removes what stands there


@dataclass(frozen=True)
class Grant:
    """Rights on one shared table or view, for every organisation's role or for the secretariat's alone.

    Column lists are empty for "not at all" and ("*",) for all columns. `rows` is the condition in SQL for rows that
    may be read, `written_rows` the one for rows before and after they are changed (as `rows`, where not given),
    `changed_rows` the one for rows after it alone and `added_rows` the one for new rows (as `written_rows`, where not
    given).
    """

    table: str
    select: tuple[str, ...] = ()
    insert: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    delete: bool = False
    rows: str | None = None
    written_rows: str | None = None
    changed_rows: str | None = None
    added_rows: str | None = None
    secretariat: bool = False


def all_grants() -> Iterator[Grant]:
    for config in apps.get_app_configs():
        if config.name.startswith(("tenants.", "network_registry.", "knowledge_base")) and find_spec(
            f"{config.name}.shared_grants"
        ):
            yield from import_module(f"{config.name}.shared_grants").GRANTS


def _columns(columns: tuple[str, ...]) -> str:
    return "" if columns == ("*",) else "(" + ", ".join(f'"{column}"' for column in columns) + ")"


def is_branch_of(province: str) -> str:
    """SQL: whether the role is a branch, and of this province; `province` is an expression."""
    return (
        "EXISTS (SELECT 1 FROM organisations_organisation AS branch WHERE branch.id "
        f"{OWN} AND branch.kind = 'branch' AND branch.province <> '' AND branch.province = {province})"
    )


def statements(database: str) -> list[str]:
    """All SQL that makes the rights on shared tables what the data says, whatever they were before."""
    network, members, secretariat = (
        network_role(database),
        members_group(database),
        secretariat_group(database),
    )
    everybody = f'"{members}", "{secretariat}"'
    sql = [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f'GRANT USAGE ON SCHEMA public TO "{network}", {everybody}',
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everybody}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {everybody}",
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{network}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{network}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{network}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{network}"',
    ]
    sql += [f'REVOKE UPDATE, DELETE ON "{table}" FROM "{network}"' for table in NETWORK_ADDS]
    guarded: set[str] = set()
    for number, grant in enumerate(all_grants()):
        group = secretariat if grant.secretariat else members
        for verb, columns in (("SELECT", grant.select), ("INSERT", grant.insert), ("UPDATE", grant.update)):
            if columns:
                sql.append(f'GRANT {verb} {_columns(columns)} ON "{grant.table}" TO "{group}"')
        if grant.delete:
            sql.append(f'GRANT DELETE ON "{grant.table}" TO "{group}"')
        if grant.rows is None:
            continue
        if grant.table not in guarded:
            guarded.add(grant.table)
            sql += [
                f'ALTER TABLE "{grant.table}" ENABLE ROW LEVEL SECURITY',
                _drop_policies(grant.table),
                f'CREATE POLICY network ON "{grant.table}" TO "{network}" USING (true) WITH CHECK (true)',
            ]
        written = grant.written_rows or grant.rows
        on = f'ON "{grant.table}" FOR'
        sql += [
            f'CREATE POLICY read_{number} {on} SELECT TO "{group}" USING ({grant.rows})',
            f'CREATE POLICY add_{number} {on} INSERT TO "{group}" WITH CHECK ({grant.added_rows or written})',
            f'CREATE POLICY change_{number} {on} UPDATE TO "{group}" USING ({written}) '
            f"WITH CHECK ({grant.changed_rows or written})",
            f'CREATE POLICY remove_{number} {on} DELETE TO "{group}" USING ({written})',
        ]
    return sql


def _drop_policies(table: str) -> str:
    return (
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' "
        f"AND tablename = '{table}' LOOP EXECUTE format('DROP POLICY %I ON \"{table}\"', name); END LOOP; END $$"
    )
