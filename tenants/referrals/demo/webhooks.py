"""The webhook of the demo's partner: paused, since on most machines nobody listens there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings

from halka.authorization.roles import Seat
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint, pause_endpoint, send_test
from tenants.referrals.demo.network import PARTNER

URL: Final = "http://127.0.0.1:8099/halka"


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation. The test event and its referrals' steps wait until somebody lets it go on."""
    if short_name != PARTNER.short_name or not settings.WEBHOOKS_REACH_INSIDE:
        return
    manager = next(seat for seat in seats.values() if seat.role == "manager")
    new = EndpointSettings(URL, "Placement register", ["referral.sent", "referral.recalled", "referral.withdrawn"])
    endpoint, _secret = add_endpoint(new=new, by=manager)
    pause_endpoint(endpoint=endpoint, by=manager)
    send_test(endpoint=endpoint, by=manager)
