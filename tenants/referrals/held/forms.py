"""Why a held referral does not go out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import RejectReason


class RejectForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=RejectReason.choices, widget=forms.RadioSelect)
