"""Forms of clients' records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, roles_with
from halka.common.calendars import latin_digits
from halka.common.conflicts import SeenForm
from halka.common.forms import DayField, LongSelect
from halka.common.years import YearField
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.domain.clients import DETAILS, ClientDetails
from tenants.caseloads.enums.clients import Education, Language, Sex
from tenants.caseloads.models import Client
from tenants.organisations.models import Colleague

OLDEST = 120  # years
LONGEST = 20_000  # letters of a text
# What the form asks beside who it is, in groups that open: title and fields.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("How to reach them"), ("phone", "email", "place", "language")),
    (_("Other languages, school, strengths, wishes"), ("strengths", "interests", "education", "languages")),
    (_("What makes it hard, health"), ("vulnerabilities", "health")),
    (_("Numbers of papers"), ("reference", "national_number", "no_number")),
    (_("Note"), ("note",)),
)
MASK = "•••"
FOR_PROFESSIONALS = ("health", "national_number", "no_number")


def masked(number: str) -> str:
    """Enough of a number to recognise it by, where it is long enough to hide the rest."""
    return MASK + number[-3:] if len(number) > 5 else MASK if number else ""


def responsible_people() -> QuerySet[Colleague]:
    """Colleagues whose role lets them work with clients."""
    roles = roles_with(Permission.CLIENT_EDIT)
    return Colleague.objects.filter(ended_at=None, role__in=roles)


@dataclass(frozen=True)
class Group:
    """Fields that stand together; closed as long as there is nothing in them."""

    title: str | Promise
    fields: list[forms.BoundField]
    is_open: bool


class YearOrAgeField(YearField):
    """A year of birth, or how old somebody is about: up to three digits are an age."""

    def to_python(self, value: Any) -> int | None:
        digits = latin_digits(str(value or "").strip())
        if digits.isdecimal() and len(digits) < 4:
            if not 0 < int(digits) <= OLDEST:
                raise ValidationError(_("Check the age."), code="age")
            return timezone.localdate().year - int(digits)
        return super().to_python(value)


def faults_of_birth(born_on: date | None, birth_year: int | None) -> Iterator[tuple[str, str]]:
    """The field and what is wrong with it."""
    today = timezone.localdate()
    oldest = today.year - OLDEST
    if born_on and birth_year:
        yield "birth_year", gettext("Give the date of birth or only the year, not both.")
    if born_on and born_on > today:
        yield "born_on", gettext("This day has not come yet.")
    if born_on and born_on.year < oldest:
        yield "born_on", gettext("Check the year.")
    if birth_year and not oldest <= birth_year <= today.year:
        yield "birth_year", gettext("Check the year.")


class ClientForm(forms.ModelForm):
    """What is written down of a client; the row is written by the verb."""

    born_on = DayField(label=_("Date of birth"), required=False)
    birth_year = YearOrAgeField(
        label=_("Or only the year, or about how old"),
        required=False,
        help_text=_("If the exact day is not known: a year, or an age such as 35."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Also speaks"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    vulnerabilities = forms.MultipleChoiceField(
        label=_("What makes it hard"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Client
        fields: ClassVar = list(DETAILS)
        help_texts: ClassVar = {
            "national_number": _("Kept sealed. Needed only where an authority asks for it."),
            "health": _("Only what matters for the work. Kept sealed."),
            "note": _("Kept sealed."),
            "strengths": _("What comes easily, what others praise."),
        }
        widgets: ClassVar = {
            "given_name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "other_names": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "reference": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "national_number": forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "dir": "ltr"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
            "place": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            **{
                name: forms.Textarea(attrs={"rows": 3, "dir": "auto", "maxlength": LONGEST})
                for name in ("strengths", "interests", "health", "note")
            },
        }

    def __init__(self, *args: Any, saved: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = saved
        for name, choices in (("sex", Sex.choices), ("language", Language.choices), ("education", Education.choices)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Not known")), *choices]
        kept = saved.vulnerabilities if saved else ()
        cast(forms.ChoiceField, self.fields["vulnerabilities"]).choices = vulnerabilities.choices(keep=kept)
        # One name is enough, whichever it is; the given one is asked for as long as there is none.
        given = self.fields["given_name"]
        given.required = not self["family_name"].value()
        given.error_messages["required"] = _("Give at least one name.")

    def _post_clean(self) -> None:
        """Nothing of the model's own checks: the verb makes the row and answers for it."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name, fault in faults_of_birth(values.get("born_on"), values.get("birth_year")):
            self.add_error(name, fault)
        return values

    def groups(self) -> list[Group]:
        """The first one is always open."""
        found = []
        for title, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            found.append(Group(title, fields, not found or any(field.errors or field.value() for field in fields)))
        return found

    def clean_languages(self) -> list[str]:
        return sorted(self.cleaned_data["languages"])

    def clean_vulnerabilities(self) -> list[str]:
        return sorted(self.cleaned_data["vulnerabilities"])

    def details(self) -> ClientDetails:
        return ClientDetails(**{name: self.cleaned_data[name] for name in DETAILS})


class AddClientForm(ClientForm):
    """Asks, while it is filled in, whether the person is here already."""

    SIMILAR: ClassVar = ("given_name", "family_name", "national_number", "phone", "born_on", "birth_year")

    assigned_to = forms.ModelChoiceField(
        label=_("Responsible"), queryset=Colleague.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["assigned_to"]).queryset = responsible_people()
        for name in self.SIMILAR:
            self.fields[name].widget.attrs.update(
                {
                    "hx-post": reverse_lazy("client-similar"),
                    "hx-trigger": "input changed delay:400ms",
                    "hx-include": ", ".join(f"#id_{each}" for each in self.SIMILAR),
                    "hx-params": ",".join(self.SIMILAR),
                    "hx-target": "#similar",
                    "hx-sync": "#similar:replace",
                }
            )
        self.fields["given_name"].widget.attrs["autofocus"] = True


class EditClientForm(SeenForm, ClientForm):
    """A number that is kept is not shown: left empty it stays as it is."""

    no_number = forms.BooleanField(label=_("Take the number away"), required=False)

    class Meta(ClientForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        reads_health = kwargs.pop("reads_health", True)
        super().__init__(*args, **kwargs)
        if not reads_health:
            for name in FOR_PROFESSIONALS:
                del self.fields[name]
        elif self.saved is None or not self.saved.national_number:
            del self.fields["no_number"]
        else:
            self.fields["national_number"].help_text = _(
                "%(number)s is kept, sealed. Leave this empty to keep it, or write another one."
            ) % {"number": masked(self.saved.national_number)}

    @classmethod
    def of(cls, client: Client, data: QueryDict | None = None, *, reads_health: bool = True) -> EditClientForm:
        """Without `reads_health`, what is for professionals is neither shown nor changed."""
        shown = {name: getattr(client, name) for name in DETAILS}
        initial = {**shown, "national_number": "", "seen_version": client.version}
        return cls(data, saved=client, initial=initial, reads_health=reads_health)

    def details(self) -> ClientDetails:
        kept = {name: getattr(self.saved, name) for name in DETAILS if name not in self.fields}
        return ClientDetails(**{**{name: self.cleaned_data.get(name) for name in DETAILS}, **kept})

    def compared(self) -> list[str]:
        return [name for name in super().compared() if name != "no_number"]

    def clean(self) -> dict[str, Any]:
        """The number that is meant, whatever the page showed."""
        values = super().clean()
        typed = values.get("national_number", "")
        if self.saved is not None and not typed and not values.get("no_number"):
            values["national_number"] = self.saved.national_number
        return values

    def shown(self, name: str, value: Any) -> str:
        return masked(value) if name == "national_number" else super().shown(name, value)

    def touched(self, name: str) -> bool:
        return super().touched(name) or (name == "national_number" and bool(self.cleaned_data.get("no_number")))

    def sent_for(self, saved: Model, name: str, *, hidden: bool = False) -> list[str]:
        """The number does not go to the page: nothing typed keeps it."""
        return [""] if name == "national_number" else super().sent_for(saved, name, hidden=hidden)

    def take_theirs(self, data: QueryDict, name: str, saved: Model) -> None:
        super().take_theirs(data, name, saved)
        if name == "national_number":
            data.pop("no_number", None)


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Responsible"),
        queryset=Colleague.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = responsible_people()
