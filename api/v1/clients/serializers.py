"""What of a client's record leaves through the API, and what may be written. What lies sealed never leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from api.paging import PageQuery
from api.v1.colleagues.serializers import ColleagueSerializer
from halka.authorization.roles import Permission
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.domain.clients import ClientDetails
from tenants.caseloads.enums.clients import Education, Language, Sex
from tenants.caseloads.forms.clients import LONGEST, faults_of_birth, responsible_people
from tenants.caseloads.models import Client
from tenants.organisations.models import Colleague

PLAIN = ("given_name", "family_name", "other_names", "born_on", "birth_year", "sex", "reference", "phone", "email",
         "place", "language", "languages", "education", "strengths", "interests", "vulnerabilities")  # fmt: skip


class ClientsQuery(PageQuery):
    reference = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="Your organisation's own number of the person, exactly.",
    )
    updated_since = serializers.DateTimeField(
        required=False, help_text="Changed at this moment or later; then those changed first come first."
    )


class ClientRowSerializer(serializers.ModelSerializer[Client]):
    assigned_to = ColleagueSerializer(allow_null=True, help_text="Who is responsible for the person.")

    class Meta:
        model = Client
        fields: tuple[str, ...] = ("id", *PLAIN, "assigned_to", "last_contact_on", "created_at", "changed_at")


AbilitiesOfClientSerializer = inline_serializer("AbilitiesOfClient", {"change": serializers.BooleanField()})


class ClientReadSerializer(ClientRowSerializer):
    """One person. National number, health and note lie sealed and are never told."""

    abilities = serializers.SerializerMethodField(help_text="What the caller may do with it now.")

    class Meta(ClientRowSerializer.Meta):
        fields = (*ClientRowSerializer.Meta.fields, "abilities")

    @extend_schema_field(AbilitiesOfClientSerializer)
    def get_abilities(self, client: Client) -> dict[str, bool]:
        return {"change": self.context["request"].seat.can(Permission.CLIENT_EDIT)}


class ClientsSerializer(serializers.Serializer[Any]):
    results = ClientRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


def _text(longest: int, help_text: str = "") -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, max_length=longest, help_text=help_text)


class ClientWriteSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is, or empty. One name is enough, whichever it is."""

    given_name = _text(100)
    family_name = _text(100)
    other_names = _text(200)
    born_on = serializers.DateField(required=False, allow_null=True, help_text="Gregorian.")
    birth_year = serializers.IntegerField(
        required=False, allow_null=True, help_text="Gregorian; where the day is not known."
    )
    sex = serializers.ChoiceField(Sex.choices, required=False, allow_blank=True)
    reference = _text(40, "Your organisation's own number of this person. No two clients have the same.")
    national_number = _text(40, "Kept sealed, and never told again.")
    phone = _text(40)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    place = _text(120)
    language = serializers.ChoiceField(Language.choices, required=False, allow_blank=True)
    languages = serializers.ListField(child=serializers.ChoiceField(Language.choices), required=False)
    education = serializers.ChoiceField(Education.choices, required=False, allow_blank=True)
    strengths = _text(LONGEST)
    interests = _text(LONGEST)
    vulnerabilities = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, help_text="Keys of the organisation's own list."
    )
    assigned_to = serializers.PrimaryKeyRelatedField(
        queryset=Colleague.objects.all(),
        pk_field=serializers.UUIDField(),
        required=False,
        allow_null=True,
        help_text="The membership of who is responsible.",
    )

    def __init__(self, *args: Any, before: ClientDetails | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before or ClientDetails()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["assigned_to"].queryset = responsible_people()
        return fields

    def validate_vulnerabilities(self, values: list[str]) -> list[str]:
        known = dict(vulnerabilities.choices(keep=self.before.vulnerabilities))
        if unknown := [value for value in values if value not in known]:
            raise serializers.ValidationError(
                _("“%(value)s” is not on the organisation's list.") % {"value": unknown[0]}, code="invalid_choice"
            )
        return values

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        details = self.details(values)
        faults: dict[str, Any] = dict(faults_of_birth(details.born_on, details.birth_year))
        if not details.given_name and not details.family_name:
            faults["given_name"] = serializers.ErrorDetail(_("Give at least one name."), code="required")
        if faults:
            raise serializers.ValidationError(faults)
        return values

    def details(self, values: dict[str, Any] | None = None) -> ClientDetails:
        given = self.validated_data if values is None else values
        return replace(self.before, **{name: value for name, value in given.items() if name != "assigned_to"})
