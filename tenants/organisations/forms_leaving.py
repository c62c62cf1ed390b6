"""Announcing the end of an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.organisations.domain.closing import FEWEST_DAYS, MOST_DAYS
from tenants.organisations.models import Organisation


class ClosingForm(forms.Form):
    """The short name is typed, so that nobody ends the wrong organisation with one click."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Its managers read it, and it stands in the proof. Name no client."),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until then"),
        help_text=gettext_lazy("Between 30 and 365. Until that day it can be called off."),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=FEWEST_DAYS,
    )
    short_name = forms.CharField(
        label=gettext_lazy("Type the short name to confirm"),
        max_length=31,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_short_name(self) -> str:
        typed: str = self.cleaned_data["short_name"].strip().lower()
        if typed != self.organisation.schema_name:
            raise ValidationError(_("This is not its short name."))
        return typed

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "days": self.cleaned_data["days"]}
