"""Forms of what goes on with other organisations beside referrals."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.forms.consents import ConsentFields
from tenants.caseloads.models import Client

COMPARED = (ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.OFFICIAL)


class AskForm(ConsentFields):
    """That the network is asked about the person."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.NETWORK_CHECK, **kwargs)
        scopes = cast(forms.MultipleChoiceField, self.fields["scopes"])
        scopes.label = _("What may be compared, as signs that nobody can read back")
        scopes.choices = [(scope.value, scope.label) for scope in COMPARED]
        scopes.initial = [ConsentScope.IDENTITY.value, ConsentScope.CONTACT.value]


class ParticipationForm(forms.Form):
    takes_part = forms.BooleanField(
        label=_("Our organisation takes part"),
        help_text=_("Only people who agreed to it are compared. When you stop, everything is taken back at once."),
        required=False,
    )
