"""Many organisations of the same tables: backed up, served, and migrated."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import psycopg2
from django.conf import settings
from django.db import connection

from bench import load
from bench.work.stock_creation import BACK
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from tenants.caseloads.domain.clients import new_client
from tenants.caseloads.models import Client
from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.domain.provisioning import NewOrganisation, provision, refill_spares
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.leaving import backups
from tenants.organisations.models import Membership, Organisation
from tenants.referrals.demo.big import people

AT_ONCE = 50
CLIENTS = 500  # of the one that is backed up
BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend' AND application_name = %s
"""


def grow(count: int) -> int:
    """`count` more organisations, the first of them with clients; how many there are."""
    refill_spares(target=count)
    there = Organisation.objects.count()
    made = [provision(new=NewOrganisation(f"crowd{there + n:05}", {"en": "Crowd"})) for n in range(count)]
    if not there:
        _fill(made[0])
    load.furnish([organisation.ref() for organisation in made])
    return there + count


def _fill(organisation: Organisation) -> None:
    seat = Seat(1, None, Role.MANAGER, "Bench")
    with inside(organisation.ref()):
        Client.objects.bulk_create(
            new_client(details=row.details, assigned_to=None, by=seat) for row in people(CLIENTS, Random(1))
        )


# --- backing up -----------------------------------------------------------------------------------------
def back_up(times: int) -> list[float]:
    """Milliseconds of each backup of the first organisation."""
    organisation = Organisation.objects.order_by("schema_name")[0]
    with _folder() as folder:
        settings.BACKUP_ROOT = folder
        taken = []
        for _ in range(times):
            started = time.perf_counter()
            backups.back_up(organisation)
            taken.append((time.perf_counter() - started) * 1000)
        return taken


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


# --- memory ---------------------------------------------------------------------------------------------
def serve(count: int, requests: int) -> dict[str, float]:
    """MB of this process and of its largest backend, after so many requests to `count` organisations in turn."""
    name = f"bench-{os.getpid()}"
    settings.DATABASES["default"].setdefault("OPTIONS", {})["application_name"] = name
    connection.close()
    refs = [organisation.ref() for organisation in Organisation.objects.order_by("schema_name")[:count]]
    members = Membership.objects.filter(organisation__in=[ref.id for ref in refs]).select_related("user")
    load.people.update({member.organisation_id: member.user for member in members})
    with load.application() as served:
        for number in range(requests):
            ref = refs[number % len(refs)]
            status, body = load.ask(served, workspace_host(ref.short_name), "/rows/")
            assert (status, set(body.split())) == (200, {ref.short_name}), body
    backends = [_memory(pid) for pid in _backends(name)]
    return {"worker-memory": _memory(os.getpid()), "backend-memory": max(backends)}


def _backends(name: str) -> list[int]:
    with closing(psycopg2.connect(os.environ["DATABASE_SUPERUSER_URL"])) as own, own.cursor() as cursor:
        cursor.execute(BACKENDS, [settings.DATABASES["default"]["NAME"], name])
        return [pid for (pid,) in cursor.fetchall()]


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon:")).split()[1]) / 1024


# --- migrating ------------------------------------------------------------------------------------------
def fall_behind() -> None:
    """As every schema was before it had contributions."""
    names = list(Organisation.objects.values_list("schema_name", flat=True))
    with as_owner(), connection.cursor() as cursor:
        for first in range(0, len(names), AT_ONCE):
            cursor.execute("".join(BACK.format(name) for name in names[first : first + AT_ONCE]))
        Organisation.objects.update(schema_version="behind")


def migrate() -> float:
    """Seconds to bring every schema to the code's version."""
    started = time.perf_counter()
    failed = prepare_database().failed
    taken = time.perf_counter() - started
    assert not failed, failed
    return taken
