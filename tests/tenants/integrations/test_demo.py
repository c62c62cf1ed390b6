"""The demo's webhook: the partner's, paused, with something that waits."""

from __future__ import annotations

from typing import Any

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from tenants.integrations.models import Delivery, Endpoint
from tenants.organisations.isolation import inside
from tenants.referrals.demo import webhooks
from tenants.referrals.demo.network import PARTNER


def test_the_partner_has_a_paused_webhook(alpha: OrganisationRef, manager: Seat, settings: Any) -> None:
    with inside(alpha):
        webhooks.fill(PARTNER.short_name, {"saman": manager})
        assert not Endpoint.objects.exists()  # where nothing may be sent to one's own machine
        settings.WEBHOOKS_REACH_INSIDE = True
        webhooks.fill("mentors", {"blerim": manager})
        assert not Endpoint.objects.exists()
        webhooks.fill(PARTNER.short_name, {"saman": manager})
        assert (Endpoint.objects.get().state, Delivery.objects.get().state) == ("paused", "waiting")
