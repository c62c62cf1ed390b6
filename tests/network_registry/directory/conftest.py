"""Services of two organisations, offered at places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.directory.domain.services import LocationDetails, OfferDetails, ServiceDetails, start_service
from network_registry.directory.gazetteer import town_named
from network_registry.directory.hours import Span
from network_registry.directory.models import Offer
from tenants.organisations.isolation import inside

WEEKDAYS = tuple(Span(day, time(8), time(16)) for day in range(5))


@pytest.fixture
def offered(seat_in: Callable[..., Seat]) -> Callable[..., Offer]:
    """`offered(beta, "Mentoring", "Tetovo", need="mentoring")`: an offer of that organisation, by its own verbs."""
    seats: dict[Any, Seat] = {}

    def make(
        ref: OrganisationRef,
        name: str = "Mentoring",
        place: str = "Tetovo",
        *,
        free: int | None = None,
        weeks: int | None = None,
        hours: tuple[Span, ...] = WEEKDAYS,
        **values: Any,
    ) -> Offer:
        if ref.id not in seats:
            seats[ref.id] = seat_in(ref, Role.MANAGER)
        town = town_named(place)
        where = LocationDetails(
            name="House",
            place=place,
            country=town.country if town else "MK",
            latitude=town and town.latitude,
            longitude=town and town.longitude,
            phone="+389 44 000 001",
        )
        values = {"names": {"en": name}, "descriptions": {}, "need": "mentoring", **values}
        with inside(ref):
            return start_service(
                details=ServiceDetails(**values),
                at=where,
                offer=OfferDetails(hours=hours),
                free_places=free,
                waiting_weeks=weeks,
                by=seats[ref.id],
            )

    return make
