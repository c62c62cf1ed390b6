"""Tenants with the same tables in stock django-tenants: the row, its domain, schema and migrations; migrating them."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.db import connection

from halka.common.addresses import workspace_host
from tenants.organisations.models import Domain, Organisation

Organisation.auto_create_schema = True  # as every tenant of django-tenants does
made: list[str] = []
BACK = """
DROP TABLE {0}.contributions_contribution;
DELETE FROM {0}.django_migrations WHERE app = 'contributions';
"""


def create(count: int) -> list[float]:
    """Milliseconds of each of `count` further tenants."""
    taken = []
    for _ in range(count):
        name = f"stock{len(made):05}"
        started = time.perf_counter()
        tenant = Organisation(schema_name=name, db_role=name, schema_version="", names={"en": name})
        tenant.save(verbosity=0)
        Domain(domain=workspace_host(name), tenant=tenant, is_primary=True).save()
        taken.append((time.perf_counter() - started) * 1000)
        made.append(name)
    return taken


def tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [made[-1]])
        return cursor.fetchone()[0]


def fall_behind() -> None:
    """As every schema was before it had contributions."""
    with connection.cursor() as cursor:
        for name in made:
            cursor.execute(BACK.format(name))


def migrate() -> float:
    """Seconds of django-tenants' own command for all tenants."""
    started = time.perf_counter()
    call_command("migrate_schemas", tenant=True, verbosity=0)
    return time.perf_counter() - started
