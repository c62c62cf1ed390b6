"""Forms of clients' records."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import ROLES, Permission
from halka.common.forms import DayField, DayInput
from halka.common.years import YearField
from tenants.caseloads.domain.clients import DETAILS, ClientDetails
from tenants.caseloads.enums.clients import Language, Sex
from tenants.caseloads.models import Client
from tenants.organisations.models import Colleague

OLDEST = 120  # years
ASKED = (
    "given_name", "family_name", "other_names", "born_on", "birth_year", "sex", "phone", "email", "place", "language",
    "note",
)  # fmt: skip


class HiddenDayInput(DayInput):
    input_type = "hidden"


class BirthField(DayField):
    hidden_widget = HiddenDayInput


def responsible_people() -> QuerySet[Colleague]:
    """Colleagues whose role lets them work with clients."""
    roles = [role for role, row in ROLES.items() if Permission.CLIENT_EDIT in row.permissions]
    return Colleague.objects.filter(ended_at=None, role__in=roles)


class ClientForm(forms.ModelForm):
    """What is written down of a client. Compares with what the page showed, not with what is saved by now."""

    born_on = BirthField(label=_("Date of birth"), required=False)
    birth_year = YearField(
        label=_("Or only the year of birth"), required=False, help_text=_("If the exact day is not known.")
    )

    class Meta:
        model = Client
        fields: ClassVar = list(ASKED)
        widgets: ClassVar = {
            "given_name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "other_names": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "dir": "ltr"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
            "place": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("sex", Sex.choices), ("language", Language.choices)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Not known")), *choices]
        # One name is enough, whichever it is; the given one is asked for as long as there is none.
        given = self.fields["given_name"]
        given.required = not self["family_name"].value()
        given.error_messages["required"] = _("Give at least one name.")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        oldest = today.year - OLDEST
        born_on, birth_year = values.get("born_on"), values.get("birth_year")
        if born_on and birth_year:
            self.add_error("birth_year", _("Give the date of birth or only the year, not both."))
        if born_on and born_on > today:
            self.add_error("born_on", _("This day has not come yet."))
        if born_on and born_on.year < oldest:
            self.add_error("born_on", _("Check the year."))
        if birth_year and not oldest <= birth_year <= today.year:
            self.add_error("birth_year", _("Check the year."))
        return values

    def details(self) -> ClientDetails:
        kept = {name: self.initial[name] for name in DETAILS if name not in ASKED and name in self.initial}
        return ClientDetails(**kept, **{name: self.cleaned_data[name] for name in ASKED})


class AddClientForm(ClientForm):
    """Asks, while the name is typed, whether the person is here already."""

    assigned_to = forms.ModelChoiceField(
        label=_("Responsible"), queryset=Colleague.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["assigned_to"]).queryset = responsible_people()
        for name in ("given_name", "family_name"):
            self.fields[name].widget.attrs.update(
                {
                    "hx-post": reverse_lazy("client-similar"),
                    "hx-trigger": "input changed delay:400ms",
                    "hx-include": "#id_given_name, #id_family_name",
                    "hx-params": "given_name,family_name",
                    "hx-target": "#similar",
                    "hx-sync": "#similar:replace",
                }
            )
        self.fields["given_name"].widget.attrs["autofocus"] = True


class EditClientForm(ClientForm):
    """Carries the version that was shown, and each value that was shown, hidden."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED:
            self.fields[name].show_hidden_initial = True

    @classmethod
    def of(cls, client: Client, data: QueryDict | None = None) -> EditClientForm:
        shown = {name: getattr(client, name) for name in DETAILS}
        return cls(data, initial={**shown, "seen_version": client.version})


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Responsible"), queryset=Colleague.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = responsible_people()
