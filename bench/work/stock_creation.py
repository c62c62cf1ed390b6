"""Creating a tenant with the same tables in stock django-tenants: the row, its domain, schema and migrations."""

from __future__ import annotations

import time

from django.db import connection

from halka.common.addresses import workspace_host
from tenants.organisations.models import Domain, Organisation

Organisation.auto_create_schema = True  # as every tenant of django-tenants does
made: list[str] = []


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
