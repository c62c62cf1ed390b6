"""What is asked of whom, and the consent that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from halka.common import conflicts
from halka.common.calendars import format_day
from halka.common.current import required_organisation
from halka.common.forms import LongSelect
from network_registry.directory.models import Offer
from network_registry.exchange.enums import Service
from tenants.caseloads.domain.clients import DETAILS
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.forms.consents import ConsentFields
from tenants.caseloads.models import Case, Client, Consent
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Organisation
from tenants.referrals.domain import sending
from tenants.referrals.domain.naming import check_text
from tenants.referrals.enums import Urgency
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Referral
from tenants.referrals.turns import REDIRECTABLE

CONSENT_MONTHS = 6
LONGEST_CONSENT = timedelta(days=2 * 366)
NEW, LATER = "new", "later"


class OrganisationChoice(forms.ModelChoiceField):
    """Names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.ref().name(get_language() or obj.language)
        return f"{name} · {obj.province}" if obj.province else name


class CaseChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.programme)


class ReferralChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        words = {"other": obj.other, "state": obj.envelope.get_state_display(), "reference": obj.envelope.reference}
        return gettext("Instead of %(other)s (%(state)s, %(reference)s)") % words


def recipients() -> Any:
    """Organisations that take referrals from us."""
    return (
        Organisation.objects.filter(state__in=[State.ACTIVE, State.PROVISIONAL])
        .exclude(pk=required_organisation().id)
        .exclude(kind__in=[Kind.SECRETARIAT, Kind.BRANCH])
        .defer("logo")
    )


def redirectable(client: Client) -> Any:
    """Referrals of the person that came to nothing and may be sent to another place."""
    found = Referral.objects.outgoing().filter(client=client).in_state(*REDIRECTABLE)
    return found.select_related("envelope", "other").order_by("-id")


class RequestForm(forms.Form):
    """What is asked of whom. An offer of the directory stays while organisation and service are its own."""

    target = OrganisationChoice(
        queryset=Organisation.objects.none(),
        label=_("To which organisation"),
        empty_label=_("Choose…"),
        widget=LongSelect,
    )
    service = forms.ChoiceField(label=_("What for"), choices=[("", _("Choose…")), *Service.choices])
    need = forms.CharField(
        label=_("What is needed"),
        help_text=_("They read this before they accept. Write nothing that says who the person is."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
    )
    urgency = forms.ChoiceField(
        label=_("How soon"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    area = forms.CharField(
        label=_("Area"), help_text=_("Town or district, not an address."), max_length=80, required=False
    )
    case = CaseChoice(
        queryset=Case.objects.none(), label=_("For which case"), required=False, empty_label=_("None in particular")
    )
    instead_of = ReferralChoice(
        queryset=Referral.objects.none(),
        label=_("In place of an earlier referral"),
        required=False,
        empty_label=_("No, this is a new one"),
    )
    offer = forms.UUIDField(required=False, widget=forms.HiddenInput)
    left_out = forms.MultipleChoiceField(
        choices=[(name, name) for name in DETAILS], required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.fields["target"].queryset = recipients()  # type: ignore[attr-defined]
        self._offer_if_any("case", Case.objects.open().filter(client=client).select_related("programme"))
        self._offer_if_any("instead_of", redirectable(client))

    def _offer_if_any(self, name: str, choices: Any) -> None:
        """A question that has no answers is not asked; an answer that was possible before is named as a mistake."""
        self.fields[name].queryset = choices  # type: ignore[attr-defined]
        if not self.data.get(self.add_prefix(name)) and not choices.exists():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("need", "area"):
            try:
                check_text(self.client, **{name: cleaned.get(name, "")})
            except SaysWho as refusal:
                self.add_error(name, str(refusal))
        if cleaned.get("offer") and not self._is_of(cleaned):
            cleaned["offer"] = None
        return cleaned

    def _is_of(self, cleaned: dict[str, Any]) -> bool:
        target, service = cleaned.get("target"), cleaned.get("service")
        return Offer.objects.filter(pk=cleaned["offer"], organisation=target, service__need=service).exists()

    def request(self) -> sending.Request:
        data = self.cleaned_data
        return sending.Request(
            target=data["target"],
            service=Service(data["service"]),
            need=data["need"],
            urgency=Urgency(data["urgency"]),
            area=data["area"],
            offer_id=data["offer"],
            left_out=data["left_out"],
            case=data.get("case"),
        )


class DraftForm(conflicts.SeenForm, RequestForm):
    """A draft that a colleague may be changing too."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, client=client, **kwargs)
        self.fields.pop("instead_of", None)

    def compared(self) -> list[str]:
        return [name for name in ("target", "service", "need", "urgency", "area", "case") if name in self.fields]

    def saved_value(self, saved: Any, name: str) -> Any:
        return {"target": saved.other, "service": saved.envelope.service}.get(name) or getattr(saved, name, None)

    def shown(self, name: str, value: Any) -> str:
        return str(value.programme) if name == "case" and value else super().shown(name, value)


class ReferralConsent(ConsentFields):
    """A receipt that is there, a consent recorded now, or one that the person is asked for on their own page."""

    use = forms.ChoiceField(label=_("Which consent covers it"), widget=forms.RadioSelect, initial=NEW)

    field_order = ("use", "scopes", "how_given", "witness", "language", "expires_on")

    def __init__(
        self, *args: Any, client: Client, receipts: Iterable[Consent], recipient: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.REFERRAL, months=CONSENT_MONTHS, **kwargs)
        self.receipts = {str(receipt.pk): receipt for receipt in receipts}
        self.recipient = recipient
        self.fields["scopes"].label = _("What the person lets us tell them once they accept")
        self.fields["scopes"].initial = [str(ConsentScope.IDENTITY), str(ConsentScope.CONTACT)]
        self.fields["use"].choices = [  # type: ignore[attr-defined]
            *((key, _label(receipt)) for key, receipt in self.receipts.items()),
            (NEW, _("The person agrees now")),
            (LATER, _("Ask the person on their own page, and send when they agree")),
        ]
        fitting = (key for key, one in self.receipts.items() if recipient and one.recipient_id == recipient.pk)
        self.fields["use"].initial = next(fitting, NEW)
        chosen = self.data.get(self.add_prefix("use")) if self.is_bound else None
        for name in self.fields if chosen in self.receipts else ("how_given",) if chosen == LATER else ():
            self.fields[name].required = name == "use"

    def clean_expires_on(self) -> date:
        day: date | None = self.cleaned_data["expires_on"]
        if day is None:
            return timezone.localdate()
        if day > timezone.localdate() + LONGEST_CONSENT:
            raise ValidationError(gettext("A consent lasts two years at most."))
        return super().clean_expires_on()

    def clean(self) -> dict[str, Any]:
        if self.receipt is not None:
            for name in [name for name in self.errors if name != "use"]:
                del self.errors[name]  # of a consent that is not recorded
            return self.cleaned_data
        cleaned = super().clean()
        if ConsentScope.IDENTITY not in cleaned.get("scopes", [ConsentScope.IDENTITY]):
            self.add_error("scopes", gettext("Without a name the other organisation cannot take the person on."))
        return cleaned

    @property
    def receipt(self) -> Consent | None:
        """The one to use, where that was chosen."""
        return self.receipts.get(self.cleaned_data.get("use", ""))

    @property
    def is_for_later(self) -> bool:
        return bool(self.cleaned_data["use"] == LATER)

    @property
    def scopes_covered(self) -> Sequence[str]:
        return self.receipt.scopes if self.receipt else self.cleaned_data["scopes"]

    @property
    def ends_on(self) -> date:
        return self.receipt.expires_on if self.receipt else self.cleaned_data["expires_on"]

    def suits(self, target: Organisation, *, is_instead: bool) -> bool:
        """Whether the choice can cover a referral to this organisation; says why not beside the field."""
        if self.receipt is not None and self.receipt.recipient_id != target.pk:
            words = {"name": self.receipt.recipient}
            self.add_error("use", gettext("That consent lets us tell %(name)s alone. Choose another one.") % words)
        elif is_instead and self.cleaned_data["use"] != NEW:
            self.add_error("use", gettext("Another place needs a new consent: ask the person."))
        return self.is_valid()

    def asked_of(self, target: Organisation) -> NewConsent:
        return self.new_consent(recipient=target)


def _label(receipt: Consent) -> str:
    words = {
        "name": receipt.recipient,
        "given": format_day(receipt.given_at, "medium"),
        "end": format_day(receipt.expires_on, "medium"),
        "scopes": ", ".join(str(ConsentScope(scope).label) for scope in receipt.scopes),
    }
    return gettext("%(name)s may be told, agreed on %(given)s, until %(end)s: %(scopes)s") % words
