"""Webhooks, what was sent to them, and what was given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from tenants.integrations.domain.addresses import LONGEST, addresses_of, target_of
from tenants.integrations.domain.endpoints import EndpointSettings
from tenants.integrations.enums import TYPES, EndpointState, Failure
from tenants.integrations.errors import AddressRefused
from tenants.integrations.models import Attempt, Delivery, Endpoint


class WebhookSerializer(serializers.Serializer[Endpoint]):
    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField()
    types = serializers.ListField(
        child=serializers.ChoiceField(list(TYPES.items())), help_text="What it is told; empty: every event."
    )
    state = serializers.ChoiceField(EndpointState.choices)
    failing_since = serializers.DateTimeField(allow_null=True, help_text="Every attempt since then has failed.")
    created_at = serializers.DateTimeField()


class WebhooksSerializer(serializers.Serializer[Any]):
    results = WebhookSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="Signs what is sent. It is never told again.")


class WebhookWriteSerializer(serializers.Serializer[Any]):
    """`before` is what stays where a field is not sent."""

    url = serializers.CharField(max_length=LONGEST, help_text="https, and to be reached from the internet.")
    description = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    types = serializers.ListField(
        child=serializers.ChoiceField(list(TYPES.items())), required=False, default=list, max_length=len(TYPES)
    )

    def __init__(self, *args: Any, before: Endpoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, partial=before is not None, **kwargs)
        self.before = before

    def validate_url(self, url: str) -> str:
        try:
            addresses_of(target_of(url))
        except AddressRefused as refusal:
            raise serializers.ValidationError(str(refusal), code="address") from refusal
        return url

    def validate_description(self, text: str) -> str:
        return " ".join(text.split())

    def settings(self) -> EndpointSettings:
        names = ("url", "description", "types")
        kept = {name: getattr(self.before, name) for name in names} if self.before else {}
        return EndpointSettings(**{**kept, **self.validated_data})


class RotateSerializer(serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        required=False,
        default=24,
        min_value=0,
        max_value=168,
        help_text="How long the old secret signs too; 0: no longer.",
    )

    def overlap(self) -> timedelta:
        return timedelta(hours=self.validated_data["overlap_hours"])


class SecretSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField(help_text="It is never told again.")


class TestSerializer(serializers.Serializer[Any]):
    event = serializers.UUIDField(help_text="The `webhook-id` that will arrive.")


class AttemptSerializer(serializers.Serializer[Attempt]):
    id = serializers.UUIDField()
    event = serializers.UUIDField(source="delivery.event_id")
    type = serializers.CharField(source="delivery.event.type")
    number = serializers.IntegerField(help_text="Which attempt it was.")
    at = serializers.DateTimeField()
    milliseconds = serializers.IntegerField(allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="What the receiver answered.")
    failure = serializers.SerializerMethodField(help_text="Null where it arrived.")

    def get_failure(self, attempt: Attempt) -> Failure | None:
        return Failure(attempt.failure) if attempt.failure else None


class AttemptsSerializer(serializers.Serializer[Any]):
    results = AttemptSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class UndeliveredSerializer(serializers.Serializer[Delivery]):
    id = serializers.UUIDField()
    event = serializers.UUIDField(source="event_id")
    type = serializers.CharField(source="event.type")
    happened_at = serializers.DateTimeField(source="event.at")
    given_up_at = serializers.DateTimeField(source="done_at")
    attempts = serializers.IntegerField()


class UndeliveredListSerializer(serializers.Serializer[Any]):
    results = UndeliveredSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class RedeliverSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(required=False, help_text="One of `undelivered`. Without it: all of them, in order.")


class RedeliveredSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="How many are sent again.")
