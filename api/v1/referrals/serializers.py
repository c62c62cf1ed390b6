"""What of a referral leaves through the API: field by field, the same as the page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from api.paging import PageQuery
from halka.authorization.roles import Seat
from network_registry.exchange.enums import REASONS, DeclineReason, Service, Side, State
from network_registry.exchange.models.envelopes import EVENT_TYPES
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals import policies
from tenants.referrals.enums import Urgency
from tenants.referrals.forms import AcceptForm
from tenants.referrals.models import Referral, Step

ALL_REASONS = sorted({choice for choices in REASONS.values() for choice in choices.choices})


class OtherSerializer(serializers.Serializer[Organisation]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, organisation: Organisation) -> str:
        return organisation.ref().name(get_language() or organisation.language)


class ClientSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(source="__str__")


class ColleagueSerializer(serializers.Serializer[Colleague]):
    membership = serializers.UUIDField(source="id")
    name = serializers.CharField()


class ReferralRowSerializer(serializers.Serializer[Referral]):
    """A row of the list. `client` is null for the recipient until somebody was taken on, and for those who may not
    open the person's record."""

    id = serializers.UUIDField()
    reference = serializers.CharField(source="envelope.reference")
    side = serializers.SerializerMethodField(help_text="Which side of the referral this organisation is.")
    state = serializers.ChoiceField(State.choices, source="envelope.state")
    service = serializers.ChoiceField(Service.choices, source="envelope.service")
    urgency = serializers.ChoiceField(Urgency.choices)
    other = OtherSerializer(help_text="The organisation at the other end.")
    client = serializers.SerializerMethodField()
    owner = ColleagueSerializer(allow_null=True, help_text="Whose work it is here.")
    reason = serializers.SerializerMethodField(help_text="Why it came into its state.")
    sent_at = serializers.DateTimeField(source="envelope.sent_at", allow_null=True)
    opened_at = serializers.DateTimeField(source="envelope.opened_at", allow_null=True)
    answered_at = serializers.DateTimeField(source="envelope.answered_at", allow_null=True)

    @extend_schema_field(ClientSerializer(allow_null=True))
    def get_client(self, referral: Referral) -> dict[str, Any] | None:
        """What the reader may not see is left out."""
        client = referral.client if referral.may_name else None  # type: ignore[attr-defined]  # annotated
        return dict(ClientSerializer(client).data) if client else None

    @extend_schema_field(serializers.ChoiceField(Side.choices))
    def get_side(self, referral: Referral) -> str:
        return policies.side_of(referral).value

    @extend_schema_field(serializers.ChoiceField(ALL_REASONS, allow_null=True))
    def get_reason(self, referral: Referral) -> str | None:
        return referral.envelope.reason or None


class ReferralsSerializer(serializers.Serializer[Any]):
    results = ReferralRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ToldSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    value = serializers.CharField()


class ConsentSerializer(serializers.Serializer[Any]):
    scopes = serializers.ListField(child=serializers.ChoiceField(ConsentScope.choices))
    how_given = serializers.ChoiceField(ConsentGiven.choices)
    given_at = serializers.DateTimeField()
    expires_on = serializers.DateField()
    is_valid = serializers.BooleanField()


class StepSerializer(serializers.Serializer[Step]):
    id = serializers.UUIDField(source="event", help_text="The same on both sides.")
    type = serializers.ChoiceField(EVENT_TYPES)
    side = serializers.ChoiceField(Side.choices)
    reason = serializers.SerializerMethodField()
    note = serializers.CharField(help_text="What whoever made the step wrote for the other side.")
    by = serializers.SerializerMethodField(help_text="Who it was, where the step was ours.")
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(ALL_REASONS, allow_null=True))
    def get_reason(self, step: Step) -> str | None:
        return step.reason or None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, step: Step) -> str | None:
        return step.by_name or None


ABILITIES = {"open": State.OPENED, "accept": State.ACCEPTED, "decline": State.DECLINED}
AbilitiesSerializer = inline_serializer("Abilities", {name: serializers.BooleanField() for name in ABILITIES})


class ReferralSerializer(ReferralRowSerializer):
    """One referral. `need` and `area` are null for the recipient until it is opened, `disclosed` is empty until it
    is accepted and told."""

    need = serializers.SerializerMethodField()
    area = serializers.SerializerMethodField()
    consent = ConsentSerializer(allow_null=True, help_text="The sender's receipt; null for the recipient.")
    disclosed = serializers.SerializerMethodField()
    disclosed_at = serializers.DateTimeField(allow_null=True)
    awaits_client = serializers.SerializerMethodField(
        help_text="Accepted and told, and somebody must say whether the person is here already."
    )
    steps = serializers.SerializerMethodField(help_text="What happened, the newest first.")
    abilities = serializers.SerializerMethodField(help_text="What the caller may do with it now.")

    def get_need(self, referral: Referral) -> str | None:
        return referral.need if policies.may_read_need(referral) else None

    def get_area(self, referral: Referral) -> str | None:
        return referral.area if policies.may_read_need(referral) else None

    @extend_schema_field(ToldSerializer(many=True))
    def get_disclosed(self, referral: Referral) -> list[dict[str, str]]:
        return [{"field": name, "value": value} for name, value in referral.disclosed]

    def get_awaits_client(self, referral: Referral) -> bool:
        return policies.awaits_client(referral)

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, referral: Referral) -> Any:
        return StepSerializer(referral.steps.order_by("-at", "-id"), many=True).data

    @extend_schema_field(AbilitiesSerializer)
    def get_abilities(self, referral: Referral) -> dict[str, bool]:
        seat: Seat = self.context["request"].seat
        possible = policies.next_states(referral, seat)
        return {name: state in possible for name, state in ABILITIES.items()}


class ReferralsQuery(PageQuery):
    side = serializers.ChoiceField(Side.choices, required=False)
    state = serializers.ChoiceField(State.choices, required=False)


NOTE = 2000


class AcceptSerializer(serializers.Serializer[Any]):
    assignee = serializers.PrimaryKeyRelatedField(
        queryset=Colleague.objects.all(),
        pk_field=serializers.UUIDField(),
        required=False,
        help_text="The membership of who takes the person on. Without it: the caller.",
    )
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=NOTE, help_text="For the sender."
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["assignee"].queryset = AcceptForm().fields["assignee"].queryset  # type: ignore[attr-defined]
        return fields


class DeclineSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(DeclineReason.choices)
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=NOTE, help_text="For the sender."
    )
