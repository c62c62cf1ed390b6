"""What is asked when a person agrees, takes back, or asks for their rights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.current import required_organisation
from halka.common.forms import DayField
from tenants.caseloads.domain.consents import NewConsent, language_for
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.enums.consents import (
    NAMING,
    ConsentGiven,
    ConsentPurpose,
    ConsentScope,
    CorrectionState,
    WithdrawnBy,
)
from tenants.caseloads.models import Client, Programme
from tenants.caseloads.wording import Terms, wording_of
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation

USUAL_MONTHS = 12
LONGEST = 10 * 366  # days
USUAL_SCOPES = (ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.BACKGROUND, ConsentScope.SENSITIVE)
BY_STAFF = [choice for choice in ConsentGiven.choices if choice[0] != ConsentGiven.OWN_PAGE]
TAKEN_BACK = [
    choice for choice in WithdrawnBy.choices if choice[0] in (WithdrawnBy.SPOKEN, WithdrawnBy.WRITTEN)
]  # fmt: skip


def in_months(months: int) -> date:
    return timezone.localdate() + timedelta(days=round(months * 365.25 / 12))


class ConsentFields(forms.Form):
    """How a person agreed, to what and until when; stands inside of other pages' forms under the prefix `consent`.

    An enrolment page makes it with `purpose=ConsentPurpose.ENROLMENT`, checks `is_valid()` beside its own form, and
    asks `new_consent(programme=…)` for what `record_consent` takes.
    """

    prefix = "consent"

    scopes = forms.MultipleChoiceField(
        label=_("What the person agrees that we write down"),
        choices=ConsentScope.choices,
        initial=[str(scope) for scope in USUAL_SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    how_given = forms.ChoiceField(label=_("How the person agreed"), choices=BY_STAFF, widget=forms.RadioSelect)
    witness = forms.CharField(
        label=_("Witness"), help_text=_("Who was there, when the consent was spoken."), max_length=150, required=False
    )
    language = forms.ChoiceField(label=_("Language it was explained in"), choices=Language.choices)
    expires_on = DayField(label=_("The consent ends on"))

    def __init__(
        self,
        *args: Any,
        client: Client,
        purpose: str = ConsentPurpose.ENROLMENT,
        months: int = USUAL_MONTHS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.client, self.purpose = client, purpose
        self.fields["language"].initial = language_for(client)
        self.fields["expires_on"].initial = lambda: in_months(months)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("The consent must end after today."))
        if day > timezone.localdate() + timedelta(days=LONGEST):
            raise ValidationError(_("A consent lasts ten years at most."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("how_given") == ConsentGiven.SPOKEN and not cleaned.get("witness"):
            self.add_error("witness", _("A spoken consent needs a witness."))
        return cleaned

    def new_consent(self, *, programme: Programme | None = None, recipient: Organisation | None = None) -> NewConsent:
        """What `record_consent` takes, with the text as it was shown."""
        data = self.cleaned_data
        terms = Terms(
            self.purpose,
            tuple(data["scopes"]),
            data["expires_on"],
            recipient,
            programme.name if programme else "",
            programme.consent_wording if programme else "",
        )
        return NewConsent(
            purpose=self.purpose,
            recipient=recipient,
            scopes=data["scopes"],
            how_given=data.get("how_given", ""),
            witness=data.get("witness", ""),
            language=data["language"],
            wording=wording_of(terms, data["language"]),
            expires_on=data["expires_on"],
            programme=terms.programme,
        )


class ConsentForm(ConsentFields):
    """The consent page's own: also asks what for, and whom it lets us tell."""

    purpose_asked = forms.ChoiceField(
        label=_("What for"), choices=ConsentPurpose.choices, initial=ConsentPurpose.ENROLMENT, widget=forms.RadioSelect
    )
    programme = forms.ModelChoiceField(
        label=_("Which programme"),
        queryset=Programme.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    recipient = forms.ModelChoiceField(
        label=_("Which organisation may be told"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Only us"),
    )
    way = forms.ChoiceField(
        label=_("How it goes on"),
        choices=[("record", _("The person has agreed")), ("offer", _("Ask the person on their own page"))],
        initial="record",
        widget=forms.RadioSelect,
        required=False,
    )

    field_order = ("purpose_asked", "programme", "recipient", "scopes", "expires_on", "language", "way")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = cast(forms.ModelChoiceField, self.fields["programme"])
        programmes.queryset = Programme.objects.running()
        others = Organisation.objects.filter(state__in=[State.ACTIVE, State.PROVISIONAL])
        cast(forms.ModelChoiceField, self.fields["recipient"]).queryset = others.exclude(pk=required_organisation().id)
        self.fields["how_given"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.purpose = cleaned.get("purpose_asked", self.purpose)
        if self.purpose in NAMING and not cleaned.get("recipient"):
            self.add_error("recipient", _("A consent to tell another organisation names it."))
        if cleaned.get("way") != "offer" and not cleaned.get("how_given") and "how_given" not in self.errors:
            self.add_error("how_given", _("Say how the person agreed."))
        return cleaned

    @property
    def is_offer(self) -> bool:
        return self.cleaned_data["way"] == "offer"

    def asked(self) -> NewConsent:
        recipient = self.cleaned_data["recipient"] if self.purpose in NAMING else None
        programme = self.cleaned_data["programme"] if self.purpose == ConsentPurpose.ENROLMENT else None
        return self.new_consent(programme=programme, recipient=recipient)


class WithdrawForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How the person took it back"), choices=TAKEN_BACK, initial=WithdrawnBy.SPOKEN, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    """The answer to a correction that a person asked for; it is read on their own page."""

    state = forms.ChoiceField(
        label=_("What was done"),
        choices=[choice for choice in CorrectionState.choices if choice[0] != CorrectionState.ASKED],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the person"),
        help_text=_("They read it on their own page. When nothing was corrected, say why."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == CorrectionState.REFUSED and not cleaned.get("answer"):
            self.add_error("answer", _("Give a reason: the person reads it."))
        return cleaned
