"""Forms of what goes on with other organisations beside referrals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, Seat, roles_with
from halka.common.calendars import format_day
from network_registry.exchange.dealing_enums import (
    LONGEST_ACCESS,
    AccessPurpose,
    AccessRefusal,
    TransferReason,
    TransferRefusal,
    TransferWithdrawal,
)
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.forms.consents import ConsentFields
from tenants.caseloads.models import Client, Document, JournalEntry
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.domain.elsewhere.access import READABLE, Request
from tenants.referrals.domain.elsewhere.story import MOST, Parts, documents_to_choose, entries_to_choose
from tenants.referrals.domain.elsewhere.transfers import Offer
from tenants.referrals.forms.acts import ColleagueChoice
from tenants.referrals.forms.sending import OrganisationChoice, recipients

LONGEST_LINE: Final = 140  # of an entry to choose
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


# --- transfers ------------------------------------------------------------------------------------------------
class OfferForm(ConsentFields):
    """To whom, why, and what of the case goes along; the consent that covers it."""

    prefix = None  # type: ignore[assignment]  # the page's only form

    target = OrganisationChoice(queryset=None, label=_("To which organisation"), empty_label=_("Choose…"))
    reason = forms.ChoiceField(label=_("Why"), choices=TransferReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("They read this before they accept. Write nothing that says who the person is."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )
    plan = forms.BooleanField(label=_("The plan, with its goals and steps"), required=False)
    progress = forms.BooleanField(label=_("The ratings of progress"), required=False)
    journal = forms.ModelMultipleChoiceField(
        label=_("Entries of the journal"),
        help_text=_(
            "Only what the team or professionals read can be handed over. Choose what helps; less is often more."
        ),
        queryset=JournalEntry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Documents"), queryset=Document.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    field_order = (
        "target", "reason", "note", "scopes", "plan", "progress", "journal", "documents", "how_given", "witness",
        "language", "expires_on",
    )  # fmt: skip

    def __init__(self, *args: Any, client: Client, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.TRANSFER, months=3, **kwargs)
        self.fields["scopes"].label = _("What the person agrees that we tell them")
        cast(forms.ModelChoiceField, self.fields["target"]).queryset = recipients()
        journal = cast(forms.ModelMultipleChoiceField, self.fields["journal"])
        journal.queryset = entries_to_choose(client, seat)
        journal.choices = [(entry.pk, _entry(entry)) for entry in journal.queryset[:MOST]]
        documents = cast(forms.ModelMultipleChoiceField, self.fields["documents"])
        documents.queryset = documents_to_choose(client, seat)
        documents.choices = [(document.pk, document.title) for document in documents.queryset[:MOST]]
        for name in ("journal", "documents"):
            if not cast(forms.ModelMultipleChoiceField, self.fields[name]).choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        scopes = set(cleaned.get("scopes", ()))
        if ConsentScope.IDENTITY not in scopes and "scopes" in cleaned:
            self.add_error("scopes", _("Without a name the other organisation cannot take the person over."))
        if ConsentScope.SENSITIVE in self.parts().scopes_needed() - scopes and "scopes" in cleaned:
            self.add_error("scopes", _("Plan, progress and journal are about the person's situation: tick that too."))
        if ConsentScope.DOCUMENTS in self.parts().scopes_needed() - scopes and "scopes" in cleaned:
            self.add_error("scopes", _("The person has to agree to documents: tick that too."))
        return cleaned

    def parts(self) -> Parts:
        data = self.cleaned_data
        return Parts(
            plan=data.get("plan", False),
            progress=data.get("progress", False),
            journal=tuple(entry.pk for entry in data.get("journal", ())),
            documents=tuple(document.pk for document in data.get("documents", ())),
        )

    def offer(self) -> Offer:
        data = self.cleaned_data
        return Offer(
            target=data["target"], reason=TransferReason(data["reason"]), note=data["note"], parts=self.parts()
        )


def _entry(entry: JournalEntry) -> str:
    text = entry.text if len(entry.text) <= LONGEST_LINE else f"{entry.text[:LONGEST_LINE]}…"
    return f"{format_day(timezone.localtime(entry.happened_at).date())} · {entry.get_kind_display()} · {text}"


class NoteForm(forms.Form):
    """An act with nothing but a word to the other side."""

    note = forms.CharField(
        label=_("Note to the other organisation"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )


class TakeOverForm(NoteForm):
    assignee = ColleagueChoice(queryset=Colleague.objects.none(), label=_("Who takes the person over"))

    field_order = ("assignee", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_answer = roles_with(Permission.REFERRAL_ANSWER)
        colleagues = Colleague.objects.filter(ended_at=None, role__in=may_answer)
        cast(forms.ModelChoiceField, self.fields["assignee"]).queryset = colleagues


class TransferRefusalForm(NoteForm):
    reason = forms.ChoiceField(label=_("Why"), choices=TransferRefusal.choices, widget=forms.RadioSelect)

    field_order = ("reason", "note")


class TransferWithdrawalForm(NoteForm):
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[choice for choice in TransferWithdrawal.choices if choice[0] != TransferWithdrawal.CONSENT],
        widget=forms.RadioSelect,
    )

    field_order = ("reason", "note")


# --- access ---------------------------------------------------------------------------------------------------
class AskAccessForm(forms.Form):
    """Whom we ask, for what, and why."""

    target = OrganisationChoice(queryset=None, label=_("Which organisation"), empty_label=_("Choose…"))
    purpose = forms.ChoiceField(
        label=_("What it is needed for"), choices=AccessPurpose.choices, widget=forms.RadioSelect
    )
    asked = forms.MultipleChoiceField(
        label=_("What you would like to read"),
        help_text=_("Only what you need. They decide with the person, and may grant less."),
        choices=[choice for choice in ConsentScope.choices if choice[0] in READABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Write nothing that says who the person is."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["target"]).queryset = recipients()

    def request(self) -> Request:
        data = self.cleaned_data
        return Request(data["target"], AccessPurpose(data["purpose"]), data["asked"], data["note"])


class NamingConsent(ConsentFields):
    """The person lets us say their name and year of birth to whom we ask."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.ASKING, months=3, **kwargs)
        del self.fields["scopes"]

    def named(self, target: Organisation) -> NewConsent:
        self.cleaned_data["scopes"] = [ConsentScope.IDENTITY.value]
        return self.new_consent(recipient=target)


class GrantForm(ConsentFields):
    """The person agrees that the other organisation reads all that it asked for, or less."""

    prefix = None  # type: ignore[assignment]  # the page's only form

    note = forms.CharField(
        label=_("Note to the other organisation"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, client: Client, asked: list[str], **kwargs: Any) -> None:
        super().__init__(*args, client=client, purpose=ConsentPurpose.ACCESS, months=3, **kwargs)
        scopes = cast(forms.MultipleChoiceField, self.fields["scopes"])
        scopes.label = _("What the person agrees that they read")
        scopes.choices = [choice for choice in ConsentScope.choices if choice[0] in asked]
        scopes.initial = asked
        self.fields["expires_on"].label = _("They may read until")

    def clean_expires_on(self) -> date:
        day = super().clean_expires_on()
        if day > timezone.localdate() + timedelta(days=LONGEST_ACCESS):
            raise ValidationError(_("Access lasts a year at most. It can be asked for again."))
        return day


class AccessRefusalForm(NoteForm):
    reason = forms.ChoiceField(label=_("Why"), choices=AccessRefusal.choices, widget=forms.RadioSelect)

    field_order = ("reason", "note")
