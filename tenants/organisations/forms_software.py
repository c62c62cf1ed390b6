"""Forms of the organisation's own software."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Scope
from tenants.organisations.domain.software import MOST_HOURS


class SoftwareForm(forms.Form):
    """What it is called, and what it may do. Clients are never ticked beforehand."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("What your people call it, such as “Case register”. It stands in the audit."),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    scopes = forms.TypedMultipleChoiceField(
        label=_("It may"),
        help_text=_("Tick only what it needs. You can change this later."),
        choices=Scope.choices,
        coerce=Scope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing that it may do.")},
    )


class SecretForm(forms.Form):
    """For how long the secret before goes on working, so that nobody has to change it in the same second."""

    hours = forms.TypedChoiceField(
        label=_("How long does the old secret go on working?"),
        coerce=int,
        choices=[
            (0, _("Not at all: it is known to somebody who should not know it")),
            (1, _("1 hour")),
            (24, _("24 hours")),
            (MOST_HOURS, _("72 hours")),
        ],
        initial=24,
        widget=forms.RadioSelect,
    )
