"""The organisation's own services, and how many places are free now."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.paging import PageQuery
from network_registry.directory.models import MOST_PLACES, MOST_WEEKS, Location, Offer, Service


class ServicesQuery(PageQuery):
    """The page of services."""


class LocationSerializer(serializers.ModelSerializer[Location]):
    class Meta:
        model = Location
        fields = ("id", "name", "address", "place", "postal_code", "province", "country", "latitude", "longitude")


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """A service at one place. `free_places` and `waiting_weeks` are null where nobody knows."""

    service = serializers.UUIDField(source="service_id")
    location = LocationSerializer()

    class Meta:
        model = Offer
        fields = ("id", "service", "location", "is_offered", "free_places", "waiting_weeks", "confirmed_at")


class OwnServiceSerializer(serializers.ModelSerializer[Service]):
    """What the organisation offers, and where."""

    name = serializers.CharField(
        source="__str__", help_text="In the caller's language, else in the organisation's own."
    )
    description = serializers.CharField()
    offers = OfferSerializer(many=True)

    class Meta:
        model = Service
        fields = ("id", "name", "description", "need", "dimension", "eligibility", "fees", "application", "languages",
                  "target_groups", "minimum_age", "maximum_age", "is_published", "changed_at", "offers")  # fmt: skip


class OwnServicesSerializer(serializers.Serializer[Any]):
    results = OwnServiceSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class CapacitySerializer(serializers.Serializer[Any]):
    """What is left out stays, and is confirmed with the rest as it is now."""

    free_places = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MOST_PLACES)
    waiting_weeks = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MOST_WEEKS)
