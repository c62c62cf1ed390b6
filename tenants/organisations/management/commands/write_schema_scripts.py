from __future__ import annotations

import hashlib
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
from django.apps import apps
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
        scripts.DIGEST.write_text(digest() + "\n")
        self.stdout.write(f"{len(texts[0]):,} and {len(texts[1]):,} characters.")


def digest() -> str:
    """Of everything that the scripts rest on: all migrations, Django, the scripts themselves and what makes them."""
    found = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        if find_spec(f"{config.name}.migrations"):
            folder = Path(inspect.getfile(import_module(f"{config.name}.migrations"))).parent
            for path in sorted(folder.glob("*.py")):
                found.update(path.read_bytes())
    for path in (scripts.SHARED, scripts.PRIVATE, Path(scripts.__file__), Path(__file__)):
        found.update(path.read_bytes())
    return found.hexdigest()


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
