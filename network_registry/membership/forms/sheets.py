"""A sheet of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.common.sheets import MAX_BYTES


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Sheet"),
        help_text=gettext_lazy("Excel (.xlsx) or text (.csv). One organisation on a row, headings in the first."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_sheet(self) -> Any:
        upload = self.cleaned_data["sheet"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("This file is too big."))
        return upload


class ConfirmForm(forms.Form):
    is_provisional = forms.BooleanField(
        label=gettext_lazy("Provisional licences"),
        help_text=gettext_lazy("Referrals that they send are looked at by the secretariat first."),
        required=False,
        initial=True,
    )
