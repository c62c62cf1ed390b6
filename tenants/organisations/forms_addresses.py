"""A domain of the organisation's own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class OwnDomainForm(forms.Form):
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        max_length=253,
        help_text=gettext_lazy("As it stands in addresses, for example work.organisation.org."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
