"""Software whose secrets everybody knows: the partner's and that of a member that answers it, so that docs/api.md and
docs/first-referral.md can be tried as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from allauth.idp.oidc.models import Client

from halka.authorization.roles import Scope, Seat
from halka.common.addresses import origin
from tenants.organisations.domain.software import Credentials, add_software
from tenants.organisations.models import Organisation
from tenants.referrals.demo import pogum
from tenants.referrals.demo.network import PARTNER
from tenants.referrals.demo.operating import Place


@dataclass(frozen=True)
class DemoSoftware:
    short_name: str
    name: str
    credentials: Credentials


SOFTWARE: Final = (
    DemoSoftware(
        PARTNER.short_name,
        "Employment services system",
        Credentials("halka-demo-partner", "halka-demo-secret-that-everybody-knows-0001"),
    ),
    DemoSoftware(
        pogum.ORGANISATION.short_name,
        "Evidenca vključenih",
        Credentials("halka-demo-member", "halka-demo-secret-that-everybody-knows-0002"),
    ),
)


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation."""
    manager = next((seat for seat in seats.values() if seat.role == "manager"), None)
    for demo in SOFTWARE:
        if demo.short_name == short_name and manager:
            add_software(name=demo.name, scopes=list(Scope), credentials=demo.credentials, by=manager)


def remove(organisations: list[Organisation]) -> None:
    Client.objects.filter(software__organisation__in=organisations).delete()


def lines() -> Iterator[str]:
    for demo in SOFTWARE:
        host = origin(Place(demo.short_name).host)
        yield f"Software of {demo.short_name} signs in at {host}/api/oauth/token:"
        yield f"  client id  {demo.credentials.client_id}"
        yield f"  secret     {demo.credentials.secret}"
