"""The same look at stock django-tenants behind PgBouncer in transaction mode: shows that wrong rows would be seen."""

from __future__ import annotations

import threading
from random import Random
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connection, connections

from bench.bouncer import bouncer
from tenants.organisations.models import Organisation

THREADS = 8
stock: Any = connection  # of django-tenants' own backend


def run(requests: int, organisations: int) -> dict[str, int]:
    """Tables of one row each, the tenant's own name, read after django-tenants has set the tenant."""
    tenants = [_tenant(number) for number in range(organisations)]
    database: Any = connections.settings["default"]
    counts = {"requests": 0, "wrong": 0, "failed": 0}
    lock = threading.Lock()

    def work(chance: Random) -> None:
        for _ in range(requests // THREADS):
            tenant = chance.choice(tenants)
            request_started.send(work, environ={})
            try:
                stock.set_tenant(tenant)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT mark FROM leaking")
                    wrong = cursor.fetchall() != [(tenant.schema_name,)]
            except Exception:
                wrong = False
                with lock:
                    counts["failed"] += 1
            request_finished.send(work)
            with lock:
                counts["requests"] += 1
                counts["wrong"] += wrong
        connections.close_all()

    with bouncer(
        mode="transaction",
        database=database["NAME"],
        host=database["HOST"],
        port=database["PORT"],
        logins=[(database["USER"], database["PASSWORD"])],
        pool=3,
    ) as port:
        connections.close_all()
        database["PORT"] = str(port)
        threads = [threading.Thread(target=work, args=[Random(number)]) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        connections.close_all()
    return counts


def _tenant(number: int) -> Organisation:
    name = f"leak{number}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
        cursor.execute(f"CREATE TABLE {name}.leaking AS SELECT '{name}'::text AS mark")
    return Organisation(schema_name=name)
