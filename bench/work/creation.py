"""Creating organisations in Halka."""

from __future__ import annotations

import time

from bench import load
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.provisioning import refill_spares as refill_pool
from tenants.organisations.models import Organisation
from tenants.organisations.walls import connections as walls

made: list[OrganisationRef] = []


def refill(spares: int) -> float:
    """Milliseconds for each spare."""
    started = time.perf_counter()
    number = refill_pool(target=spares)
    return (time.perf_counter() - started) * 1000 / max(1, number)


def there() -> int:
    """How many organisations there are."""
    return Organisation.objects.count()


def create(count: int) -> list[float]:
    """Milliseconds of each of `count` further organisations."""
    taken, before = [], there()
    for number in range(before, before + count):
        name = f"bench{number:05}"
        started = time.perf_counter()
        organisation = provision(new=NewOrganisation(name, {"en": name}))
        taken.append((time.perf_counter() - started) * 1000)
        made.append(organisation.ref())
    return taken


def serves() -> int:
    """The status of a request to the newest: signed in, inside, with rows of its own."""
    load.furnish(made[-1:])
    with load.application() as served:
        status, body = load.ask(served, workspace_host(made[-1].short_name), "/rows/")
    walls.close_all()
    assert set(body.split()) == {made[-1].short_name}, body
    return status
