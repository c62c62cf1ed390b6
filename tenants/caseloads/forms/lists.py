"""Forms beside the list of clients: filters, saved lists, sharing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import latin_digits, localise_digits
from halka.common.forms import LongSelect
from halka.common.sheets import Format
from tenants.caseloads.columns import ALL as ALL_COLUMNS
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.domain.queries.lists import NARROWING, NOBODY, Filter
from tenants.caseloads.enums.clients import Language, Sex
from tenants.caseloads.enums.lists import CaseState, Scope, Sort
from tenants.caseloads.forms.clients import responsible_people
from tenants.caseloads.models import Programme, SavedList
from tenants.organisations.models import Colleague

LETTERS = 200  # of a search
UNSAVED = ("q", "from", "place")  # what was typed, and where one stood


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str | Promise
    value: str
    query: str


class NumberField(forms.IntegerField):
    """A number written with Latin, Persian or Arabic digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(latin_digits(value) if isinstance(value, str) else value)


Number = partial(NumberField, required=False, min_value=0)


class FilterForm(forms.Form):
    """The address of a list, read leniently: what cannot be read narrows nothing."""

    responsible = forms.ChoiceField(label=_("Responsible"), required=False, widget=LongSelect)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    case = forms.ChoiceField(label=_("Takes part"), required=False, choices=[("", _("Any")), *CaseState.choices])
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Any")), *Language.choices])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("Any")), *Sex.choices])
    age_from = Number(label=_("Age from"), max_value=130)
    age_to = Number(label=_("Age to"), max_value=130)
    vulnerability = forms.ChoiceField(label=_("What makes it hard"), required=False)
    unseen = Number(label=_("Days without contact, at least"), max_value=3650)
    lapsing = Number(label=_("Consent ends within, days"), max_value=3650)

    def __init__(self, data: QueryDict, *, full: bool) -> None:
        """`full` loads what can be chosen; a fragment needs only what is chosen already."""
        super().__init__(data, auto_id="filter_%s")
        self.address = data
        self.full = full or any(data.get(name) for name in ("responsible", "programme", "vulnerability"))
        if self.full:
            self._choose("responsible", [(NOBODY, _("Nobody yet")), *_keyed(responsible_people())])
            self._choose("programme", _keyed(Programme.objects.only("name")))
            self._choose("vulnerability", vulnerabilities.choices())
        self.is_valid()

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Filter:
        return Filter(
            scope=self._one_of("scope", Scope),
            sort=self._one_of("sort", Sort) or Sort.NAME,
            search=self.data.get("q", "").strip()[:LETTERS],
            **{name: value for name in self.fields if (value := self.cleaned_data.get(name)) not in ("", None)},
        )

    def _one_of(self, name: str, choices: Any) -> str:
        value = self.data.get(name, "")
        return value if value in choices.values else ""

    def chips(self) -> Iterator[Chip]:
        for name in NARROWING:
            if name in self.fields and self.cleaned_data.get(name) not in ("", None):
                rest = self.address.copy()
                for gone in (name, "from"):
                    rest.pop(gone, None)
                field: Any = self.fields[name]
                value = self.cleaned_data[name]
                words = dict(getattr(field, "choices", ())).get(value, localise_digits(value))
                yield Chip(field.label, str(words), rest.urlencode())


def _keyed(rows: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]


def kept(data: QueryDict, *without: str) -> str:
    """The address behind its question mark, without these and without empty values."""
    rest = data.copy()
    for name in list(rest):
        if name in without or not rest.get(name):
            del rest[name]
    return rest.urlencode()


class SaveListForm(forms.ModelForm):
    """Keeps the filters of an address under a name; what was typed into a search is not kept."""

    class Meta:
        model = SavedList
        fields: ClassVar = ["name", "query"]
        widgets: ClassVar = {"query": forms.HiddenInput}

    def __init__(self, *args: Any, colleague: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "saved_%s", **kwargs})
        self.instance.colleague_id = colleague
        self.fields["query"].required = False
        if self.instance.query:
            del self.fields["query"]  # it is given another name alone

    def clean_query(self) -> str:
        query = kept(QueryDict(self.cleaned_data["query"]), *UNSAVED)
        return query

    def validate_unique(self) -> None:
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]  # as Django's own


class ShareOutForm(forms.Form):
    """Several clients to one colleague, or back to nobody."""

    to = forms.ModelChoiceField(
        label=_("Make responsible"),
        queryset=Colleague.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        widget=LongSelect,
    )
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "share_%s", **kwargs})
        self.fields["to"].queryset = responsible_people()  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """Which columns, in which kind of sheet."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(column.key, column.label) for column in ALL_COLUMNS if not column.sealed],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sealed = forms.MultipleChoiceField(
        label=_("Especially private"),
        choices=[(column.key, column.label) for column in ALL_COLUMNS if column.sealed],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose these only if you really need them. What leaves Halka in a file is no longer sealed."),
    )
    format = forms.ChoiceField(label=_("Kind of file"), choices=Format.choices, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("columns") and not values.get("sealed") and not self.errors:
            self.add_error("columns", _("Choose at least one column."))
        return values
