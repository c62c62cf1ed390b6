"""Who calls, and what they may do here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from halka.authorization.roles import Permission, Role, Scope
from tenants.organisations.enums import Kind
from tenants.organisations.enums import State as OrganisationState


class SoftwareSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="software_id")
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))


class AccountSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    email = serializers.EmailField()
    language = serializers.CharField()
    calendar = serializers.CharField()


class SeatSerializer(serializers.Serializer[Any]):
    membership = serializers.UUIDField(
        source="membership_id", allow_null=True, help_text="Null for network support, let in for a limited time."
    )
    role = serializers.ChoiceField(Role.choices, allow_null=True)
    is_support = serializers.BooleanField()


class OrganisationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()
    name = serializers.CharField(help_text="In the caller's language, else in the organisation's own.")
    kind = serializers.ChoiceField(Kind.choices)
    state = serializers.ChoiceField(OrganisationState.choices)
    language = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    account = AccountSerializer(allow_null=True, help_text="The person who is signed in; null for software.")
    software = SoftwareSerializer(allow_null=True, help_text="The software whose token it is; null for a person.")
    seat = SeatSerializer(allow_null=True, help_text="The person's place here; null for software.")
    organisation = OrganisationSerializer()
    permissions = serializers.ListField(child=serializers.ChoiceField(Permission.choices))
