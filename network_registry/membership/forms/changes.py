"""What members ask of the network, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from network_registry.membership.domain.changes import branches
from network_registry.membership.forms.applying import province_as_known
from tenants.organisations.models import Organisation


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )


class ProvinceForm(forms.Form):
    province = forms.CharField(
        label=gettext_lazy("Province or region"),
        max_length=80,
        widget=forms.TextInput({"dir": "auto", "list": "provinces"}),
    )
    reason = _reason()

    def clean_province(self) -> str:
        return province_as_known(" ".join(self.cleaned_data["province"].split()))


class BranchForm(forms.Form):
    branch = forms.ModelChoiceField(label=gettext_lazy("Branch"), queryset=Organisation.objects.none())
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=[branch.pk for branch in branches()])


class AddressForm(forms.Form):
    subdomain = forms.CharField(
        label=gettext_lazy("Name in the address"),
        max_length=31,
        help_text=gettext_lazy(
            "3 to 31 small letters a–z and digits. The address you have now goes on leading to you, and is never "
            "given to anybody else."
        ),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    reason = _reason()

    def clean_subdomain(self) -> str:
        """As typed in capitals, or with the network's own name behind it."""
        typed: str = self.cleaned_data["subdomain"].strip().lower()
        return typed.removesuffix(f".{settings.BASE_DOMAIN}")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("What you tell them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
