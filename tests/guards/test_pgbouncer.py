"""The same load through a real PgBouncer, which hands one backend to many clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

from bench import load
from bench.bouncer import bouncer
from halka.audit.models import Entry
from halka.common.current import OrganisationRef
from tenants.organisations.isolation import inside
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls.identities import network_identity, organisation_identity
from tests.guards.crowd import crowd
from tests.guards.test_concurrency import SUPERUSER_URL

pytestmark = pytest.mark.slow


@pytest.fixture(params=["login, session", "login, transaction", "local, transaction"])
def organisations(
    request: pytest.FixtureRequest, committing: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[OrganisationRef]]:
    """Organisations whose connections, and the network's, all go through PgBouncer; fewer backends than threads."""
    settings.DATABASE_WALLS, mode = request.param.split(", ")
    settings.DATABASE_CONNECTIONS = 2
    at_hand = connections.settings["default"]
    with crowd("poolone", "pooltwo", "poolthree", "poolfour") as made:
        identities = [network_identity(at_hand), *map(organisation_identity, made)]
        with (
            bouncer(
                mode=mode,
                database=at_hand["NAME"],
                host=at_hand["HOST"],
                port=at_hand["PORT"],
                logins=[(identity.role, identity.passwords[0]) for identity in identities],
                pool=20 if mode == "session" else 3,
            ) as port,
            monkeypatch.context() as patch,
        ):
            patch.setitem(at_hand, "PORT", str(port))
            patch.setitem(at_hand, "DISABLE_SERVER_SIDE_CURSORS", True)
            hang_up()
            yield made
            hang_up()


def hang_up() -> None:
    """Connections open anew, at the address that the settings name now."""
    walls.close_all()
    connections.close_all()


def test_no_thread_sees_a_row_of_another_organisation(organisations: list[OrganisationRef]) -> None:
    assert SUPERUSER_URL, "DATABASE_SUPERUSER_URL is not set: `make test` sets it."
    outcome = load.run(organisations, requests=400, superuser_url=SUPERUSER_URL, fault_every=0.05)
    assert outcome.examples == []
    assert outcome.wrong == 0
    assert outcome.requests == 400
    assert outcome.faults > 0
    assert outcome.failed <= 2 * outcome.faults  # the request at hand, and whose turn it is on the same connection


def test_it_is_really_in_between(organisations: list[OrganisationRef]) -> None:
    """The server sees one client address for all, PgBouncer's; each role in its own schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_port()")
        assert str(cursor.fetchone()[0]) != connection.settings_dict["PORT"]
    for organisation in organisations:
        with inside(organisation), connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text, current_schema()::text")
            assert cursor.fetchone() == (organisation.db_role, organisation.short_name)
            rows = Entry.objects.values_list("action", flat=True).iterator(chunk_size=2)
            assert set(rows) == {organisation.short_name}
