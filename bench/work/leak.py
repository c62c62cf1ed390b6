"""Rows of a wrong organisation in Halka: eight threads, three ways to the database, backends in trouble."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import connections

from bench import load
from bench.bouncer import bouncer
from halka.common.current import OrganisationRef
from tenants.organisations.domain.provisioning import NewOrganisation, provision, refill_spares
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls.identities import network_identity, organisation_identity

made: list[OrganisationRef] = []


def furnish(count: int, kept: int) -> None:
    """`kept` connections for each thread, which are fewer than the organisations."""
    settings.DATABASE_CONNECTIONS = kept
    refill_spares(target=count)
    made.extend(provision(new=NewOrganisation(f"leak{n}", {"en": f"leak{n}"})).ref() for n in range(count))
    load.furnish(made)


def run(way: str, requests: int) -> dict[str, Any]:
    """`way` is direct, session or transaction."""
    if way == "direct":
        return _run(requests)
    database = connections.settings["default"]
    port = database["PORT"]
    identities = [network_identity(database), *map(organisation_identity, made)]
    with bouncer(
        mode=way,
        database=database["NAME"],
        host=database["HOST"],
        port=port,
        logins=[(identity.role, identity.passwords[0]) for identity in identities],
        pool=20 if way == "session" else 3,
    ) as listening:
        database["PORT"] = str(listening)
        _hang_up()
        try:
            return _run(requests)
        finally:
            _hang_up()
            database["PORT"] = port


def _run(requests: int) -> dict[str, Any]:
    return asdict(load.run(made, requests=requests, superuser_url=os.environ["DATABASE_SUPERUSER_URL"]))


def _hang_up() -> None:
    walls.close_all()
    connections.close_all()
