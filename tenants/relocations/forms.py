"""What is asked when a record is to be moved, taken on, or brought back."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, roles_with
from halka.common.current import required_organisation
from halka.common.forms import LongSelect
from network_registry.exchange.dealing_enums import TransferReason, TransferRefusal, TransferWithdrawal
from network_registry.exchange.relocation_enums import RelocationUndo
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.forms.consents import ConsentFields
from tenants.caseloads.models import Client
from tenants.organisations.enums import State
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.forms.acts import ColleagueChoice
from tenants.referrals.forms.sending import OrganisationChoice
from tenants.relocations.domain.asking import TAKING_KINDS, Request
from tenants.relocations.models import Relocation

LONGEST = 2000


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class AskForm(ConsentFields):
    """A move of the whole record, and the person's consent to it, which covers all of it."""

    prefix = None  # type: ignore[assignment]  # the page's only form

    target = OrganisationChoice(
        queryset=Organisation.objects.none(), label=_("To which organisation"), empty_label=_("Choose…")
    )
    reason = forms.ChoiceField(label=_("Why"), choices=TransferReason.choices, widget=forms.RadioSelect)
    need = forms.CharField(
        label=_("What the person needs"),
        help_text=_("They read this before they accept. Write nothing that says who the person is."),
        widget=_text(),
        max_length=1000,
    )
    area = forms.CharField(
        label=_("Area"), help_text=_("Town or part of the country, not an address."), max_length=80, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("They read this too before they accept."),
        widget=_text(),
        max_length=LONGEST,
        required=False,
    )

    field_order = ("target", "reason", "need", "area", "note", "how_given", "witness", "language", "expires_on")

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.RELOCATION, months=2, **kwargs)
        del self.fields["scopes"]
        taking = Organisation.objects.filter(state=State.ACTIVE, kind__in=TAKING_KINDS).defer("logo")
        target = cast(forms.ModelChoiceField, self.fields["target"])
        target.queryset = taking.exclude(pk=required_organisation().id)

    def asked(self) -> Request:
        data = self.cleaned_data
        return Request(
            target=data["target"],
            reason=TransferReason(data["reason"]),
            need=data["need"],
            area=data["area"],
            note=data["note"],
        )

    def consent(self) -> NewConsent:
        self.cleaned_data["scopes"] = [scope.value for scope in ConsentScope]
        return self.new_consent(recipient=self.cleaned_data["target"])


class ActForm(forms.Form):
    """Ids carry the act's name, so that several stand on one page."""

    def __init__(self, *args: Any, relocation: Relocation, act: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{act}-%s", **kwargs)
        self.relocation = relocation


def _answer() -> forms.CharField:
    return forms.CharField(
        label=_("Note to the other organisation"), widget=_text(), max_length=LONGEST, required=False
    )


class AcceptForm(ActForm):
    assignee = ColleagueChoice(
        queryset=Colleague.objects.none(),
        label=_("Who takes the person over"),
        widget=LongSelect,
        empty_label=_("Choose…"),
    )
    answer = _answer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = roles_with(Permission.CLIENT_EDIT)
        colleagues = Colleague.objects.filter(ended_at=None, role__in=working)
        cast(forms.ModelChoiceField, self.fields["assignee"]).queryset = colleagues


class DeclineForm(ActForm):
    reason = forms.ChoiceField(label=_("Why"), choices=TransferRefusal.choices, widget=forms.RadioSelect)
    answer = _answer()


class WithdrawForm(ActForm):
    reason = forms.ChoiceField(label=_("Why"), choices=TransferWithdrawal.choices, widget=forms.RadioSelect)


class UndoForm(ActForm):
    """Only where something was added since is it asked whether that goes too; `seen` is the mark of what was shown."""

    reason = forms.ChoiceField(label=_("Why"), choices=RelocationUndo.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note to the other organisation"), widget=_text(), max_length=LONGEST)
    loses = forms.BooleanField(label=_("What was added here since is erased too"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, mark: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = self.fields["seen"].initial = mark
        if not mark:
            del self.fields["loses"], self.fields["seen"]

    def ask_again(self, why: str) -> None:
        """Beside the box, which is to be ticked anew for what is shown now."""
        self.add_error("loses" if self.mark else None, why)
        self.data = self.data.copy()  # a QueryDict
        self.data.pop("loses", None)
        self.data["seen"] = self.mark
