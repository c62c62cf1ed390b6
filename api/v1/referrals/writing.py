"""What is sent to write and to move a referral."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from network_registry.directory.models import Offer
from network_registry.exchange.enums import REASONS, Remains, Service, State
from tenants.caseloads.domain.clients import DETAILS
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.caseloads.enums.consents import WithdrawnBy
from tenants.caseloads.models import Case, Client
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.domain.sending import Request
from tenants.referrals.enums import Urgency
from tenants.referrals.forms.acts import LONGEST, WORKING
from tenants.referrals.forms.sending import LONGEST_CONSENT, recipients
from tenants.referrals.models import Referral

TAKEN_BACK = [choice for choice in WithdrawnBy.choices if choice[0] in (WithdrawnBy.SPOKEN, WithdrawnBy.WRITTEN)]


def _note(words: str = "For the other organisation.") -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST, help_text=words)


class Rows(serializers.PrimaryKeyRelatedField):
    """A row that the organisation may name here; `rows` gives them when somebody asks."""

    def __init__(self, rows: Any, **options: Any) -> None:
        self.rows = rows
        super().__init__(queryset=Organisation.objects.none(), pk_field=serializers.UUIDField(), **options)

    def get_queryset(self) -> Any:
        return self.rows()

    def __deepcopy__(self, memo: dict[int, Any]) -> Rows:
        return Rows(*self._args, **self._kwargs)


class ConsentGivenSerializer(serializers.Serializer[Any]):
    """What the person agreed to, written on a receipt that names the recipient."""

    scopes = serializers.MultipleChoiceField(choices=ConsentScope.choices, allow_empty=False)
    how_given = serializers.ChoiceField(
        [(ConsentGiven.SIGNED.value, ConsentGiven.SIGNED.label), (ConsentGiven.SPOKEN.value, ConsentGiven.SPOKEN.label)]
    )
    witness = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=150, help_text="Who was there, when it was spoken."
    )
    language = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=5, help_text="It was explained in; else the client's."
    )
    expires_on = serializers.DateField(help_text="The last day, two years from now at most.")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["how_given"] == ConsentGiven.SPOKEN and not data["witness"]:
            raise serializers.ValidationError({"witness": [_("A spoken consent needs a witness.")]})
        if ConsentScope.IDENTITY not in data["scopes"]:
            message = _("Without a name the other organisation cannot take the person on.")
            raise serializers.ValidationError({"scopes": [message]})
        today = timezone.localdate()
        if not today < data["expires_on"] <= today + LONGEST_CONSENT:
            raise serializers.ValidationError({"expires_on": [_("Give a day after today, within two years.")]})
        return data


def consent_of(data: dict[str, Any], recipient: Organisation) -> NewConsent:
    return NewConsent(**{**data, "scopes": sorted(data["scopes"])}, recipient=recipient)


class AskedSerializer(serializers.Serializer[Any]):
    """What is asked of whom."""

    recipient = Rows(recipients, help_text="The organisation, out of the public directory.")
    service = serializers.ChoiceField(Service.choices)
    need = serializers.CharField(
        max_length=LONGEST, help_text="They read this before they accept: it must not say who the person is."
    )
    urgency = serializers.ChoiceField(Urgency.choices, default=Urgency.NORMAL)
    area = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=80, help_text="Town or district, not an address."
    )
    offer = Rows(
        Offer.objects.all, required=False, allow_null=True, default=None, help_text="A place out of the directory."
    )
    case = Rows(Case.objects.all, required=False, allow_null=True, default=None)
    left_out = serializers.MultipleChoiceField(
        choices=[(name, name) for name in DETAILS],
        default=(),
        help_text="Fields kept back although the consent covers them.",
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        offer, recipient = data.get("offer"), data.get("recipient") or self.context.get("recipient")
        if offer is not None and recipient is not None and offer.organisation_id != recipient.pk:
            raise serializers.ValidationError({"offer": [_("This place is another organisation's.")]})
        return data


def request_of(data: dict[str, Any], client: Client | None) -> Request:
    """Raises ValidationError for the case of somebody else."""
    offer, case = data["offer"], data["case"]
    if case is not None and case.client_id != (client and client.pk):
        words = str(serializers.PrimaryKeyRelatedField.default_error_messages["does_not_exist"])
        message = serializers.ErrorDetail(words.format(pk_value=case.pk), code="does_not_exist")
        raise serializers.ValidationError({"case": [message]})
    return Request(
        target=data["recipient"],
        service=Service(data["service"]),
        need=data["need"],
        urgency=Urgency(data["urgency"]),
        area=data["area"],
        offer_id=offer and offer.pk,
        left_out=sorted(data["left_out"]),
        case=case,
    )


def asked_of(referral: Referral) -> dict[str, Any]:
    """What a draft asks now, as AskedSerializer gives it."""
    envelope = referral.envelope
    return {
        "recipient": referral.other,
        "service": envelope.service,
        "need": referral.need,
        "urgency": referral.urgency,
        "area": referral.area,
        "offer": envelope.offer and Offer.objects.filter(pk=envelope.offer).first(),
        "case": referral.case,
        "left_out": referral.left_out,
    }


class NewReferralSerializer(AskedSerializer):
    client = Rows(Client.objects.present, help_text="Whom it is about.")
    consent = ConsentGivenSerializer(
        required=False, allow_null=True, default=None, help_text="With it the referral is sent, without it kept."
    )


class SendSerializer(serializers.Serializer[Any]):
    consent = ConsentGivenSerializer()


class RedirectSerializer(AskedSerializer):
    consent = ConsentGivenSerializer(help_text="A new one, for the new recipient.")


class NoteSerializer(serializers.Serializer[Any]):
    note = _note()


class QuestionSerializer(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=LONGEST)


class AnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=LONGEST, help_text="It must not say who the person is.")


def _working() -> Any:
    return Colleague.objects.filter(ended_at=None, role__in=WORKING)


class AcceptSerializer(serializers.Serializer[Any]):
    assignee = Rows(
        _working,
        required=False,
        allow_null=True,
        default=None,
        help_text="Membership of who takes the person on, out of /colleagues/; people may leave it out.",
    )
    note = _note("For the sender.")


def _with_reason(state: State) -> type[serializers.Serializer[Any]]:
    name = "outcome" if state == State.COMPLETED else "reason"
    fields = {name: serializers.ChoiceField(REASONS[state].choices), "note": _note()}
    return type(f"{state.name.title().replace('_', '')}Serializer", (serializers.Serializer,), fields)


class WithdrawSerializer(serializers.Serializer[Any]):
    how = serializers.ChoiceField(TAKEN_BACK, help_text="How the person took it back.")


class SettleSerializer(serializers.Serializer[Any]):
    remains = serializers.ChoiceField(
        [(Remains.ERASED.value, Remains.ERASED.label), (Remains.RESTRICTED.value, Remains.RESTRICTED.label)]
    )
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=300, help_text="The law or duty that asks to keep it."
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["remains"] == Remains.RESTRICTED and not data["note"]:
            raise serializers.ValidationError({"note": [_("Say which law or duty it is.")]})
        return data


class TakeOnSerializer(serializers.Serializer[Any]):
    client = Rows(
        Client.objects.present,
        required=False,
        allow_null=True,
        default=None,
        help_text="Who it is, where the person is a client already; else somebody new is added.",
    )


# Part of a verb's address -> what is sent with it.
BODIES: dict[str, type[serializers.Serializer[Any]] | None] = {
    "open": None,
    "accept": AcceptSerializer,
    "answer": AnswerSerializer,
    "start": NoteSerializer,
    "complete": _with_reason(State.COMPLETED),
    "close": NoteSerializer,
    "ask": QuestionSerializer,
    "waiting-list": NoteSerializer,
    "decline": _with_reason(State.DECLINED),
    "not-started": _with_reason(State.NOT_STARTED),
    "break-off": _with_reason(State.DISENGAGED),
    "reopen": _with_reason(State.REOPENED),
    "recall": _with_reason(State.RECALLED),
    "withdraw": WithdrawSerializer,
}
