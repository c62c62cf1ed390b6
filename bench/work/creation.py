"""Creating organisations in Halka."""

from __future__ import annotations

import time

from django.db import connection

from bench import load
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.provisioning import refill_spares as refill_pool
from tenants.organisations.isolation import as_owner
from tenants.organisations.walls import connections as walls

made: list[OrganisationRef] = []


def refill(spares: int) -> float:
    """Milliseconds for each spare."""
    started = time.perf_counter()
    number = refill_pool(target=spares)
    return (time.perf_counter() - started) * 1000 / max(1, number)


def create(count: int) -> list[float]:
    """Milliseconds of each of `count` further organisations."""
    taken = []
    for _ in range(count):
        name = f"bench{len(made):05}"
        started = time.perf_counter()
        organisation = provision(new=NewOrganisation(name, {"en": name}))
        taken.append((time.perf_counter() - started) * 1000)
        made.append(organisation.ref())
    return taken


def breathe(count: int) -> list[float]:
    """Milliseconds of two new connections with a few messages each: what creating is made of on a machine at hand."""
    taken = []
    for _ in range(count):
        started = time.perf_counter()
        for _ in range(2):
            with as_owner(), connection.cursor() as cursor:
                for _ in range(3):
                    cursor.execute("SELECT 1")
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def serves() -> int:
    """The status of a request to the newest: signed in, inside, with rows of its own."""
    load.furnish(made[-1:])
    with load.application() as served:
        status, body = load.ask(served, workspace_host(made[-1].short_name), "/rows/")
    walls.close_all()
    assert set(body.split()) == {made[-1].short_name}, body
    return status
