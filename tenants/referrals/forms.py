"""Forms of both sides of a referral."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.current import required_organisation
from halka.common.forms import DayField
from network_registry.exchange.enums import DeclineReason, Service
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.enums import Urgency

CONSENT_DAYS = 180


class OrganisationChoice(forms.ModelChoiceField):
    """Names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.ref().name(get_language() or obj.language)
        return f"{name} · {obj.province}" if obj.province else name


def recipients() -> Any:
    """Organisations that take referrals from us."""
    return (
        Organisation.objects.filter(state__in=[State.ACTIVE, State.PROVISIONAL])
        .exclude(pk=required_organisation().id)
        .exclude(kind__in=[Kind.SECRETARIAT, Kind.BRANCH])
    )


class SendForm(forms.Form):
    """What is asked of whom, and the consent that covers it."""

    target = OrganisationChoice(queryset=None, label=_("To which organisation"), empty_label=_("Choose…"))
    service = forms.ChoiceField(label=_("What for"), choices=Service.choices)
    need = forms.CharField(
        label=_("What is needed"),
        help_text=_("They read this before they accept. Write nothing that says who the person is."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    urgency = forms.ChoiceField(
        label=_("How soon"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    area = forms.CharField(
        label=_("Area"), help_text=_("Town or district, not an address."), max_length=80, required=False
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the person lets us tell them once they accept"),
        choices=ConsentScope.choices,
        initial=[ConsentScope.IDENTITY, ConsentScope.CONTACT],
        widget=forms.CheckboxSelectMultiple,
    )
    how_given = forms.ChoiceField(
        label=_("How the person agreed"), choices=ConsentGiven.choices, widget=forms.RadioSelect
    )
    witness = forms.CharField(
        label=_("Witness"), help_text=_("Who was there, when the consent was spoken."), max_length=150, required=False
    )
    expires_on = DayField(label=_("The consent ends on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = recipients()  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = lambda: timezone.localdate() + timedelta(days=CONSENT_DAYS)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("The consent must end after today."))
        if day > timezone.localdate() + timedelta(days=2 * 365):
            raise ValidationError(_("A consent lasts two years at most."))
        return day

    def clean_scopes(self) -> list[str]:
        scopes: list[str] = self.cleaned_data["scopes"]
        if ConsentScope.IDENTITY not in scopes:
            raise ValidationError(_("Without a name the other organisation cannot take the person on."))
        return scopes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how_given") == ConsentGiven.SPOKEN and not cleaned.get("witness"):
            self.add_error("witness", _("A spoken consent needs a witness."))
        return cleaned

    @property
    def cleaned_service(self) -> str:
        return str(Service(self.cleaned_data["service"]).label)

    @property
    def cleaned_urgency(self) -> str:
        return str(Urgency(self.cleaned_data["urgency"]).label)


class ColleagueChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_role_display()}"


class AcceptForm(forms.Form):
    assignee = ColleagueChoice(queryset=None, label=_("Who takes the person on"))
    note = forms.CharField(
        label=_("Note to the sender"),
        help_text=_("For example when and where to come."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = Colleague.objects.filter(  # type: ignore[attr-defined]
            ended_at=None, role__in=["manager", "supervisor", "caseworker", "mentor"]
        )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note to the sender"),
        help_text=_("What could help the person instead."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
