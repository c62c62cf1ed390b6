"""Shared rows that come along: services, places, what is offered where, deadlines. Under the network's rights."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from network_registry.directory.domain.entries import renew
from network_registry.directory.models import CapacityQuestion, Location, Offer, Service
from network_registry.exchange.models import Deadlines
from network_registry.membership.domain import mergers as network
from network_registry.membership.models import Merger

OWNED: Final[dict[str, type[models.Model]]] = {"services": Service, "places": Location, "offers": Offer}


def bring(merger: Merger) -> None:
    """Once; which they were is kept, so that they find back."""
    if "services" in merger.moved:
        return
    source, target = merger.absorbed_id, merger.remaining_id
    moved: dict[str, object] = {}
    with transaction.atomic():
        for name, model in OWNED.items():
            keys = list(model._default_manager.filter(organisation=source).values_list("pk", flat=True))
            moved[name] = [str(key) for key in keys]
            _give(name, keys, to=target)
        moved["deadlines"] = not Deadlines.objects.filter(organisation=target).exists() and bool(
            Deadlines.objects.filter(organisation=source).update(organisation=target)
        )
        network.go_on(merger, moved={**merger.moved, **moved})


def give_back(merger: Merger) -> None:
    """As far as they still are with what remains. Once is enough."""
    source, target = merger.absorbed_id, merger.remaining_id
    with transaction.atomic():
        services = Service.objects.filter(organisation=target, pk__in=merger.keys("services"))
        # what was offered since of a service that goes back goes with it
        offers = Offer.objects.filter(organisation=target, service__in=services.values("pk"))
        _give("offers", list(offers.values_list("pk", flat=True)), to=source)
        _give("services", list(services.values_list("pk", flat=True)), to=source)
        places = Location.objects.filter(organisation=target, pk__in=merger.keys("places"))
        _give("places", list(places.values_list("pk", flat=True)), to=source)
        if merger.moved.get("deadlines") and not Deadlines.objects.filter(organisation=source).exists():
            Deadlines.objects.filter(organisation=target).update(organisation=source)
        network.go_on(merger)


def used_otherwise(merger: Merger) -> int:
    """How many of its own services the remaining organisation offers at places that came along, or the other way."""
    came, places = merger.keys("services"), merger.keys("places")
    offers = Offer.objects.filter(organisation=merger.remaining_id)
    own_at_theirs = Q(location__in=places) & ~Q(service__in=came)
    theirs_at_own = Q(service__in=came) & ~Q(location__in=places)
    return offers.filter(own_at_theirs | theirs_at_own).count()


def _give(name: str, keys: Collection[UUID], *, to: UUID) -> None:
    """With what the search looks at, and questions that wait for an answer."""
    changed = {"organisation": to, "changed_at": timezone.now(), "version": F("version") + 1}
    OWNED[name]._default_manager.filter(pk__in=keys).update(**changed)
    if name == "offers":
        CapacityQuestion.objects.filter(offer__in=keys).exclude(asker=to).update(target=to)
        renew(Offer.objects.filter(pk__in=keys))
