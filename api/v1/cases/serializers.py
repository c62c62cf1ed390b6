"""What of a case leaves through the API. What the person hopes for and how an exit was described lie sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from api.paging import PageQuery
from halka.authorization.roles import Permission
from tenants.caseloads.enums.cases import ExitKind
from tenants.caseloads.forms.cases import past_day
from tenants.caseloads.models import Case, Client, Programme


class CasesQuery(PageQuery):
    client = serializers.UUIDField(required=False)
    programme = serializers.UUIDField(required=False)
    open = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Those that run, or those that have ended."
    )


class ClientOfCaseSerializer(serializers.Serializer[Client]):
    id = serializers.UUIDField()
    name = serializers.CharField(source="__str__")


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    class Meta:
        model = Programme
        fields = ("id", "name")


class ProgrammeRowSerializer(serializers.ModelSerializer[Programme]):
    class Meta:
        model = Programme
        fields = ("id", "name", "starts_on", "ends_on")


class ProgrammesSerializer(serializers.Serializer[Any]):
    results = ProgrammeRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class CaseRowSerializer(serializers.ModelSerializer[Case]):
    client = ClientOfCaseSerializer()
    programme = ProgrammeSerializer()
    exit = serializers.SerializerMethodField(help_text="How it ended; null while it runs.")

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            "id",
            "client",
            "programme",
            "number",
            "opened_on",
            "closed_on",
            "exit",
            "created_at",
            "changed_at",
        )

    @extend_schema_field(serializers.ChoiceField(ExitKind.choices, allow_null=True))
    def get_exit(self, case: Case) -> str | None:
        ended = getattr(case, "exit", None)
        return ended.kind if ended else None


AbilitiesOfCaseSerializer = inline_serializer("AbilitiesOfCase", {"close": serializers.BooleanField()})


class CaseSerializer(CaseRowSerializer):
    """One person's way through one programme."""

    abilities = serializers.SerializerMethodField(help_text="What the caller may do with it now.")

    class Meta(CaseRowSerializer.Meta):
        fields = (*CaseRowSerializer.Meta.fields, "abilities")

    @extend_schema_field(AbilitiesOfCaseSerializer)
    def get_abilities(self, case: Case) -> dict[str, bool]:
        return {"close": case.is_open and self.context["request"].seat.can(Permission.CLIENT_EDIT)}


class CasesSerializer(serializers.Serializer[Any]):
    results = CaseRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class EnrolSerializer(serializers.Serializer[Any]):
    client = serializers.UUIDField()
    programme = serializers.PrimaryKeyRelatedField(
        queryset=Programme.objects.all(), pk_field=serializers.UUIDField(), help_text="One that runs."
    )
    opened_on = serializers.DateField(required=False, help_text="Today, if nothing is said.")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["programme"].queryset = Programme.objects.running()
        return fields

    def validate_opened_on(self, day: date) -> date:
        return past_day(day)


class CloseSerializer(serializers.Serializer[Any]):
    exit = serializers.ChoiceField(ExitKind.choices)
    on = serializers.DateField(required=False, help_text="Today, if nothing is said.")

    def validate_on(self, day: date) -> date:
        return past_day(day, self.context["case"].opened_on)

    @property
    def day(self) -> date:
        found: date = self.validated_data.get("on") or max(timezone.localdate(), self.context["case"].opened_on)
        return found
