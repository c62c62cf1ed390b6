"""Software goes on under an organisation's new name, with what it has; under the old one it is told where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.organisations.directory import organisation_named
from tenants.organisations.domain.addresses import move_to
from tenants.organisations.isolation import inside


def test_tokens_go_on_under_the_new_name(
    alpha: OrganisationRef, secretariat: OrganisationRef, seat_in: Callable[..., Seat], software: Any, tasks: Any
) -> None:
    old = software(alpha, Scope.DIRECTORY_READ)
    secretary = seat_in(secretariat, Role.SECRETARIAT)
    with tasks(), inside(secretariat):
        move_to(organisation=alpha.id, subdomain="riverside", by=secretary)
    told = old.api.get("/api/v1/services/")
    assert (told.status_code, told.json()["code"]) == (410, "moved")
    same = Client(headers={"host": "riverside.halka.localhost", "authorization": f"Bearer {old.token}"})
    assert same.get("/api/v1/services/").status_code == 200
    new = software(organisation_named("alpha"), Scope.DIRECTORY_READ, name="Another system")
    assert new.api.get("/api/v1/me/").status_code == 200
