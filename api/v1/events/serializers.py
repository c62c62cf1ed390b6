"""Events of the feed: the same words that webhooks are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tenants.integrations.domain.deliveries import payload_of
from tenants.integrations.domain.events import MOST, is_topic
from tenants.integrations.models import Event


class EventSerializer(serializers.Serializer[Event]):
    id = serializers.UUIDField(help_text="The `webhook-id` of the same event.")
    number = serializers.IntegerField(help_text="Counts this organisation's events without a gap.")
    type = serializers.CharField()
    timestamp = serializers.SerializerMethodField(help_text="When it happened.")
    data = serializers.SerializerMethodField(help_text="Codes and keys. What else there is to know, ask for.")

    @extend_schema_field(serializers.DateTimeField())
    def get_timestamp(self, event: Event) -> str:
        return str(payload_of(event)["timestamp"])

    @extend_schema_field({"type": "object", "additionalProperties": {}})
    def get_data(self, event: Event) -> Any:
        return payload_of(event)["data"]


class EventsSerializer(serializers.Serializer[Any]):
    results = EventSerializer(many=True)
    next_after = serializers.IntegerField(help_text="What to ask for as `after` the next time.")
    has_more = serializers.BooleanField(help_text="Ask again at once.")


class EventsQuery(serializers.Serializer[Any]):
    after = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=2**63 - 1, help_text="The number of the last event you have."
    )
    types = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=1000,
        help_text="Only these, separated by commas: `referral.accepted`, or all of a group, `referral.*`.",
    )
    limit = serializers.IntegerField(required=False, default=MOST, min_value=1, max_value=MOST)

    def validate_types(self, text: str) -> list[str]:
        topics = [part for part in text.split(",") if part]
        if wrong := [topic for topic in topics if not is_topic(topic)]:
            raise serializers.ValidationError(_("There are no events called “%(name)s”.") % {"name": wrong[0][:40]})
        return topics
