"""Forms of cases: joining, the team, handing over, how it ended, what held."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, roles_with
from halka.common.forms import DayField
from tenants.caseloads.enums.cases import POSITIVE_EXITS, REASON_LETTERS, ExitKind, Held, Profession
from tenants.caseloads.forms.clients import responsible_people
from tenants.caseloads.models import Case, Client, Consent
from tenants.organisations.models import Colleague

LONG = 4000  # letters of a note
EXISTING, NEW = "existing", "new"


def past_day(day: date, earliest: date | None = None) -> date:
    """The day, not in the future and not before `earliest`. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))
    if earliest is not None and day < earliest:
        raise ValidationError(_("The person had not joined yet on this day."))
    return day


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class EnrolForm(forms.Form):
    """Beside it stand the fields of a new consent, unless one that is there already is used."""

    opened_on = DayField(label=_("Joined on"))
    expectations = forms.CharField(
        label=_("What the person hopes for"),
        help_text=_("In their own words, if they like to say."),
        widget=_text(3),
        max_length=LONG,
        required=False,
    )
    profession = forms.ChoiceField(label=_("You work on it as"), choices=Profession.choices)
    consent = forms.ChoiceField(
        label=_("Consent"),
        choices=[(EXISTING, _("Use the one that was given before")), (NEW, _("The person agrees now"))],
        initial=EXISTING,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, usable: Consent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = timezone.localdate
        if usable is None:
            del self.fields["consent"]

    def clean_opened_on(self) -> date:
        return past_day(self.cleaned_data["opened_on"])

    @property
    def wants_new_consent(self) -> bool:
        """Asked before cleaning: what was typed decides whether the other fields count."""
        return "consent" not in self.fields or self["consent"].value() == NEW


class ColleagueForm(forms.Form):
    """A colleague for the team of a case."""

    colleague = forms.ModelChoiceField(label=_("Colleague"), queryset=Colleague.objects.none())
    profession = forms.ChoiceField(label=_("As"), choices=Profession.choices)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_with(Permission.CLIENT_VIEW)
        there = case.team.filter(ended_at=None, colleague__isnull=False).values("colleague")
        people = Colleague.objects.filter(ended_at=None, role__in=roles).exclude(pk__in=there)
        cast(forms.ModelChoiceField, self.fields["colleague"]).queryset = people


class OutsiderForm(forms.Form):
    """Somebody of an institution, by name: they open nothing here."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    institution = forms.CharField(
        label=_("Institution"), max_length=150, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=150, required=False)
    profession = forms.ChoiceField(label=_("As"), choices=Profession.choices, initial=Profession.PARTNER)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who takes over"), queryset=Colleague.objects.none())
    note = forms.CharField(
        label=_("What they should know"),
        help_text=_("It goes into the journal."),
        widget=_text(4),
        max_length=LONG,
        required=False,
    )
    stay = forms.BooleanField(label=_("The person responsible until now stays on the team"), required=False)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = responsible_people().exclude(pk=client.assigned_to_id)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = people


class ExitForm(forms.Form):
    """Positive ends first; a job is one of seven."""

    kind = forms.ChoiceField(
        label=_("How it ended"),
        choices=[
            (_("A step forward"), [choice for choice in ExitKind.choices if choice[0] in POSITIVE_EXITS]),
            (_("Other ends"), [choice for choice in ExitKind.choices if choice[0] not in POSITIVE_EXITS]),
        ],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Day"))
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What was achieved, and what might help later."),
        widget=_text(4),
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["on"].initial = timezone.localdate

    def clean_on(self) -> date:
        return past_day(self.cleaned_data["on"], self.case.opened_on)


class FollowUpForm(forms.Form):
    held = forms.ChoiceField(label=_("What held"), choices=Held.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Asked on"))
    note = forms.CharField(label=_("Note"), widget=_text(3), max_length=LONG, required=False)

    def __init__(self, *args: Any, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        self.fields["on"].initial = timezone.localdate

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.earliest:
            raise ValidationError(_("The case had not ended yet on this day."))
        return past_day(day)


class MoveForm(forms.Form):
    """Several people of one colleague, or of nobody, to another colleague."""

    client = forms.ModelMultipleChoiceField(
        queryset=Client.objects.none(),
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Somebody has moved one of these people meanwhile. Choose again."),
        },
    )
    to = forms.ModelChoiceField(label=_("Move to"), queryset=Colleague.objects.none())
    note = forms.CharField(
        label=_("What they should know"),
        help_text=_("It goes into the journal of each person."),
        widget=_text(2),
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, of: Colleague | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Client.objects.present().filter(assigned_to=of and of.pk)
        cast(forms.ModelMultipleChoiceField, self.fields["client"]).queryset = theirs
        others = responsible_people()
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = others.exclude(pk=of.pk) if of else others


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you need to open it now"),
        help_text=_("Supervisors and the person responsible read this."),
        widget=_text(3),
        max_length=1000,
        min_length=REASON_LETTERS,
    )
