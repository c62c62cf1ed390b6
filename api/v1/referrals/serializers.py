"""What of a referral leaves through the API: field by field, the same as the page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from api.paging import PageQuery
from api.v1.colleagues.serializers import ColleagueSerializer
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import MAY_SAY, REASONS, RETRACTED, Deadline, Remains, Service, Side, State
from network_registry.exchange.models.envelopes import EVENT_TYPES
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.organisations.models import Organisation
from tenants.referrals import policies
from tenants.referrals.acts import ACTS, possible
from tenants.referrals.enums import Urgency
from tenants.referrals.models import Referral, Step

OWN_SIDES = (Side.SENDER, Side.TARGET)
ALL_REASONS = sorted(
    {choice for words in (*REASONS.values(), *MAY_SAY.values()) for choice in words.choices}
)  # of any step


class OtherSerializer(serializers.Serializer[Organisation]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, organisation: Organisation) -> str:
        return organisation.ref().name(get_language() or organisation.language)


class ClientSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_null=True)


class ReferralRowSerializer(serializers.Serializer[Referral]):
    """A row of the list. `client` is null for the recipient until somebody was taken on, and for people who may not
    open the record; its name is null for software that may not read names."""

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
    started_at = serializers.DateTimeField(source="envelope.started_at", allow_null=True)
    ended_at = serializers.DateTimeField(source="envelope.ended_at", allow_null=True)
    closed_at = serializers.DateTimeField(source="envelope.closed_at", allow_null=True)
    moved_at = serializers.DateTimeField(source="envelope.moved_at", help_text="When it came into its state.")
    due = serializers.SerializerMethodField(help_text="What happens by itself at `due_at`, if nobody acts.")
    due_at = serializers.DateTimeField(source="envelope.due_at", allow_null=True)

    @extend_schema_field(ClientSerializer(allow_null=True))
    def get_client(self, referral: Referral) -> dict[str, Any] | None:
        """What the reader may not see is left out."""
        seat: Seat = self.context["request"].seat
        client, may_name = referral.client, referral.may_name  # type: ignore[attr-defined]  # annotated
        if client is None or referral.is_restricted or not (may_name or seat.is_software):
            return None
        return {"id": str(client.pk), "name": str(client) if may_name else None}

    @extend_schema_field(serializers.ChoiceField(Side.choices))
    def get_side(self, referral: Referral) -> str:
        return policies.side_of(referral).value

    @extend_schema_field(serializers.ChoiceField(ALL_REASONS, allow_null=True))
    def get_reason(self, referral: Referral) -> str | None:
        return referral.envelope.reason or None

    @extend_schema_field(serializers.ChoiceField(Deadline.choices, allow_null=True))
    def get_due(self, referral: Referral) -> str | None:
        return referral.envelope.due or None


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
    note = serializers.SerializerMethodField(
        help_text="What whoever made the step wrote for the other side; null for those who may not read names."
    )
    by = serializers.SerializerMethodField(help_text="Who it was, where the step was ours.")
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(ALL_REASONS, allow_null=True))
    def get_reason(self, step: Step) -> str | None:
        return step.reason or None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, step: Step) -> str | None:
        return step.note if self.context["shows_notes"] else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, step: Step) -> str | None:
        return step.by_name or None


ABILITIES = (*(act.slug for act in ACTS), "change", "send", "discard", "redirect", "settle", "client")
AbilitiesSerializer = inline_serializer("Abilities", {name: serializers.BooleanField() for name in ABILITIES})


class ReferralSerializer(ReferralRowSerializer):
    """One referral. `need` and `area` are null for the recipient until it is opened, and once its copy is locked;
    `disclosed` is empty until it is accepted and told, and for those who may not read names."""

    need = serializers.SerializerMethodField()
    area = serializers.SerializerMethodField()
    case = serializers.UUIDField(source="case_id", allow_null=True, help_text="The sender's.")
    consent = ConsentSerializer(allow_null=True, help_text="The sender's receipt; null for the recipient.")
    offer = serializers.UUIDField(source="envelope.offer", allow_null=True, help_text="The place in the directory.")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="Fields that are kept back.")
    parent = serializers.UUIDField(source="parent_id", allow_null=True, help_text="It was redirected from this one.")
    result = serializers.SerializerMethodField(help_text="How the work ended.")
    remains = serializers.SerializerMethodField(
        help_text="What became of the recipient's copy after a recall or a withdrawn consent."
    )
    distance = serializers.SerializerMethodField(
        help_text="Side of life -> [when the work began, at its end], 0 to 100."
    )
    disclosed = serializers.SerializerMethodField()
    disclosed_at = serializers.DateTimeField(allow_null=True)
    awaits_client = serializers.SerializerMethodField(
        help_text="Accepted and told, and somebody must say whether the person is here already."
    )
    steps = serializers.SerializerMethodField(help_text="What happened, the newest first.")
    abilities = serializers.SerializerMethodField(help_text="What the caller may do with it now.")

    def get_need(self, referral: Referral) -> str | None:
        return referral.need if policies.may_read_need(referral) and not self._is_locked(referral) else None

    def get_area(self, referral: Referral) -> str | None:
        return referral.area if policies.may_read_need(referral) and not self._is_locked(referral) else None

    def _is_locked(self, referral: Referral) -> bool:
        return policies.is_locked(referral, self.context["request"].seat)

    @extend_schema_field(
        serializers.DictField(child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2))
    )
    def get_distance(self, referral: Referral) -> dict[str, list[float]]:
        return {} if self._is_locked(referral) else referral.distance

    @extend_schema_field(serializers.ChoiceField(State.choices, allow_null=True))
    def get_result(self, referral: Referral) -> str | None:
        return referral.envelope.result or None

    @extend_schema_field(serializers.ChoiceField(Remains.choices, allow_null=True))
    def get_remains(self, referral: Referral) -> str | None:
        return referral.envelope.remains or None

    @extend_schema_field(ToldSerializer(many=True))
    def get_disclosed(self, referral: Referral) -> list[dict[str, str]]:
        told = referral.disclosed if referral.may_name else []  # type: ignore[attr-defined]  # annotated
        read = policies.read_by(told, referral.client, self.context["request"].seat)
        return [{"field": name, "value": value} for name, value in read]

    def get_awaits_client(self, referral: Referral) -> bool:
        return policies.awaits_client(referral)

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, referral: Referral) -> Any:
        """What is written in notes once the person is known may name them."""
        seat: Seat = self.context["request"].seat
        may_name = seat.can(Permission.DISCLOSURE_VIEW) or not referral.names_person
        shows = {"shows_notes": may_name and not self._is_locked(referral)}
        return StepSerializer(referral.steps.order_by("-at", "-id"), many=True, context=shows).data

    @extend_schema_field(AbilitiesSerializer)
    def get_abilities(self, referral: Referral) -> dict[str, bool]:
        seat: Seat = self.context["request"].seat
        may = {act.slug for act in possible(referral, seat)}
        states, is_sender = policies.next_states(referral, seat), policies.side_of(referral) == Side.SENDER
        if is_sender and policies.may_act(referral, seat) and referral.envelope.state == State.DRAFT:
            may |= {"change", "send", "discard"}
        if State.REDIRECTED in states:
            may.add("redirect")
        if policies.awaits_client(referral) and policies.may_act(referral, seat):
            may.add("client")
        envelope = referral.envelope
        is_unsettled = envelope.state in RETRACTED and envelope.remains in (Remains.WAITING, Remains.RESTRICTED)
        if not is_sender and is_unsettled and policies.may_settle(referral, seat):
            may.add("settle")
        return {name: name in may for name in ABILITIES}


class ReferralsQuery(PageQuery):
    side = serializers.ChoiceField([(side.value, side.label) for side in OWN_SIDES], required=False)
    state = serializers.ChoiceField(State.choices, required=False)
    service = serializers.ChoiceField(Service.choices, required=False)
    reference = serializers.CharField(
        required=False, allow_blank=True, max_length=12, help_text="Exactly, as H-7K2M-QX4T."
    )
    updated_since = serializers.DateTimeField(
        required=False, help_text="Moved at this moment or later; then those that moved first come first."
    )
