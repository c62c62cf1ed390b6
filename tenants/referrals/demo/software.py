"""The software of the demo's partner: everybody knows its secret, so that docs/api.md can be tried as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from allauth.idp.oidc.models import Client

from halka.authorization.roles import Scope, Seat
from halka.common.addresses import origin, workspace_host
from tenants.organisations.domain.software import Credentials, add_software
from tenants.organisations.models import Organisation
from tenants.referrals.demo.network import PARTNER

CREDENTIALS: Final = Credentials("halka-demo-partner", "halka-demo-secret-that-everybody-knows-0001")


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation."""
    if short_name == PARTNER.short_name:
        manager = next(seat for seat in seats.values() if seat.role == "manager")
        add_software(name="Employment services system", scopes=list(Scope), credentials=CREDENTIALS, by=manager)


def remove(organisations: list[Organisation]) -> None:
    Client.objects.filter(software__organisation__in=organisations).delete()


def lines() -> Iterator[str]:
    yield f"Software of {PARTNER.short_name} signs in at {origin(workspace_host(PARTNER.short_name))}/api/oauth/token:"
    yield f"  client id  {CREDENTIALS.client_id}"
    yield f"  secret     {CREDENTIALS.secret}"
