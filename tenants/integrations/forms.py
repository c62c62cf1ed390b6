"""Forms of webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.conflicts import SeenForm
from tenants.integrations.domain.addresses import addresses_of, target_of
from tenants.integrations.domain.endpoints import EndpointSettings
from tenants.integrations.enums import TYPES
from tenants.integrations.errors import AddressRefused
from tenants.integrations.models import Endpoint

OVERLAPS = [
    (24, _("24 hours: time to put the new one in everywhere")),
    (168, _("7 days")),
    (0, _("At once: the old one may be in wrong hands")),
]


class NewEndpointForm(forms.ModelForm):
    types = forms.MultipleChoiceField(
        label=_("Events"),
        choices=list(TYPES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to be told of every event, also of kinds that are added later."),
    )

    class Meta:
        model = Endpoint
        fields: ClassVar = ["description", "url", "types"]
        help_texts: ClassVar = {
            "description": _("For yourselves, such as the name of the receiving system."),
            "url": _("Where your system listens. It begins with https:// and can be reached from the internet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].widget = forms.URLInput({"dir": "ltr", "autocomplete": "off", "class": "form-control"})

    def _post_clean(self) -> None:
        """The row is written by the verb, not by the form."""

    def clean_description(self) -> str:
        return " ".join(self.cleaned_data["description"].split())

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            addresses_of(target_of(url))
        except AddressRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return url

    def clean_types(self) -> list[str]:
        return [name for name in TYPES if name in self.cleaned_data["types"]]

    def settings(self) -> EndpointSettings:
        return EndpointSettings(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class EndpointForm(SeenForm, NewEndpointForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version


class RotateForm(forms.Form):
    hours = forms.TypedChoiceField(
        label=_("The old secret goes on for"), choices=OVERLAPS, coerce=int, initial=24, widget=forms.RadioSelect
    )

    def overlap(self) -> timedelta:
        return timedelta(hours=self.cleaned_data["hours"])
