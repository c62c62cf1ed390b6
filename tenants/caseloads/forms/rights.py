"""What is asked before something is removed for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halka.common.folding import folded
from halka.common.years import YearField
from tenants.caseloads.domain.retention import LONGEST
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.models import Client, RetentionRule

BY_ITSELF = (ErasureReason.RETENTION, ErasureReason.MOVED)
BY_HAND = [choice for choice in ErasureReason.choices if choice[0] not in BY_ITSELF]


class EraseForm(forms.Form):
    """The name is typed, so that nobody erases the wrong person with one click."""

    reason = forms.ChoiceField(label=_("Why"), choices=BY_HAND, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Type the person's name to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        max_length=250,
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if folded(typed).split() != folded(str(self.client)).split():
            raise ValidationError(_("This is not the name on the record."))
        return typed


class LookUpForm(forms.Form):
    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    birth_year = YearField(label=_("Year of birth"), required=False)


class PeriodForm(forms.Form):
    """Months, or nothing for ever."""

    months = forms.IntegerField(
        label=_("Months"),
        help_text=_("Leave it empty to keep them without an end."),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, scope: str, rule: RetentionRule | None, data: QueryDict | None) -> PeriodForm:
        initial = {"months": rule.months if rule else None, "seen_version": rule.version if rule else 0}
        return cls(data, initial=initial, auto_id=f"id_{scope}_%s")


class ConfirmRetentionForm(forms.Form):
    """Carries what the preview showed."""

    people = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    before = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    sure = forms.BooleanField(label=_("I have looked at it. Remove this for good."))
