from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from psycopg2 import sql

from tenants.organisations.isolation import as_owner
from tenants.organisations.walls import scripts
from tenants.organisations.walls.connections import current_wrapper
from tenants.organisations.walls.versions import expected_shared_version, expected_version

SCRATCH = "halka_scripts"


class Command(BaseCommand):
    help = "Write sql/shared.sql and sql/private.sql from the migrations, by way of a scratch database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        texts = dumps_of_real_migrations()
        scripts.SHARED.write_text(f"-- migrations: {expected_shared_version()}\n{texts[0]}")
        scripts.PRIVATE.write_text(f"-- migrations: {expected_version()}\n{texts[1]}")
        self.stdout.write(f"{len(texts[0]):,} and {len(texts[1]):,} characters.")


def dumps_of_real_migrations() -> tuple[str, str]:
    """The shared and the private schema, each as SQL, made by Django's migrations in a scratch database."""
    from tenants.organisations.domain.preparation import EXTENSIONS

    home = current_wrapper().settings_dict["NAME"]
    scratch = sql.Identifier(SCRATCH)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(scratch)
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(scratch))
        current_wrapper().settings_dict["NAME"] = SCRATCH
        try:
            with as_owner("public"), connection.cursor() as cursor:
                for extension in EXTENSIONS:
                    cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            scripts.migrate_shared()
            shared = scripts.dump("public", data=True)
            with as_owner("public"):
                scripts.migrate_schema(scripts.PLACEHOLDER, create=True)
            private = scripts.dump(scripts.PLACEHOLDER, data=True)
        finally:
            current_wrapper().settings_dict["NAME"] = home
        with connection.cursor() as cursor:
            cursor.execute(drop)
    return shared, private
