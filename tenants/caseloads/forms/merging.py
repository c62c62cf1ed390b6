"""Two records of one person, field by field: which value stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import format_day
from halka.common.years import typed_year
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.domain.clients import DETAILS, ClientDetails, details_of
from tenants.caseloads.domain.merging import BORN, Kept
from tenants.caseloads.forms.clients import masked
from tenants.caseloads.models import Client

THIS, OTHER, BOTH = "this", "other", "both"
TOGETHER: Final = {"other_names", "languages", "strengths", "interests", "vulnerabilities", "health", "note"}
ONE_LINE: Final = {"other_names"}


@dataclass(frozen=True)
class Row:
    """A field that differs, as both records have it; `together` is both in one, where that makes sense."""

    name: str
    label: str | Promise
    this: str
    other: str
    together: str
    field: forms.BoundField


class MergeForm(forms.Form):
    """`this` is the record that stays, `other` becomes part of it. Only what differs is asked."""

    this_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, this: Client, other: Client, data: Any = None) -> None:
        super().__init__(data, initial={"this_version": this.version, "other_version": other.version})
        self.this, self.other = this, other
        self.values = _values(this), _values(other)
        self.labels = dict(vulnerabilities.choices(keep={*this.vulnerabilities, *other.vulnerabilities}))
        self.asked = [name for name in self.values[0] if self.values[0][name] != self.values[1][name]]
        for name in self.asked:
            choices = [(THIS, ""), (OTHER, ""), *([(BOTH, "")] if self._joins(name) else [])]
            self.fields[name] = forms.ChoiceField(
                label=_label(name), choices=choices, widget=forms.RadioSelect, initial=self._likely(name)
            )

    def rows(self) -> list[Row]:
        return [
            Row(
                name,
                self.fields[name].label or name,
                self.shown(name, self.values[0][name]),
                self.shown(name, self.values[1][name]),
                self.shown(name, self._together(name)) if self._joins(name) else "",
                self[name],
            )
            for name in self.asked
        ]

    def result(self) -> Kept:
        wanted = {name: self._wanted(name) for name in self.values[0]}
        born_on, birth_year = wanted.pop("born")
        assigned_to = wanted.pop("assigned_to")
        details = ClientDetails(**wanted, born_on=born_on, birth_year=birth_year)
        return Kept(details, assigned_to.pk if assigned_to else None)

    def seen_versions(self) -> tuple[int, int]:
        return self.cleaned_data["this_version"], self.cleaned_data["other_version"]

    def shown(self, name: str, value: Any) -> str:
        if not value or (name == "born" and not any(value)):
            return ""
        if name == "born":
            return format_day(value[0]) if value[0] else typed_year(value[1])
        if name == "national_number":
            return masked(value)
        if name == "vulnerabilities":
            return ", ".join(self.labels.get(key, key) for key in value)
        if name == "assigned_to":
            return str(value)
        field = Client._meta.get_field(name)
        labels = dict(getattr(getattr(field, "base_field", field), "flatchoices", None) or ())
        several = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(part, part)) for part in several)

    def _likely(self, name: str) -> str:
        """What is filled in; a day before a year; both where both can stay."""
        this, other = self.values[0][name], self.values[1][name]
        if name == "born":
            return OTHER if (other[0] and not this[0]) or not any(this) else THIS
        if not this:
            return OTHER
        return BOTH if self._joins(name) else THIS

    def _joins(self, name: str) -> bool:
        return name in TOGETHER and all(values[name] for values in self.values) and self._fits(name)

    def _fits(self, name: str) -> bool:
        longest = Client._meta.get_field(name).max_length if name in ONE_LINE else None
        return longest is None or len(self._together(name)) <= longest

    def _together(self, name: str) -> Any:
        this, other = self.values[0][name], self.values[1][name]
        if isinstance(this, list):
            return sorted({*this, *other})
        return f"{this}, {other}" if name in ONE_LINE else f"{this}\n\n{other}"

    def _wanted(self, name: str) -> Any:
        choice = self.cleaned_data.get(name, THIS)
        return self._together(name) if choice == BOTH else self.values[choice == OTHER][name]


def _values(client: Client) -> dict[str, Any]:
    details = details_of(client)
    values = {name: getattr(details, name) for name in DETAILS if name not in BORN}
    return {**values, "born": (details.born_on, details.birth_year), "assigned_to": client.assigned_to}


def _label(name: str) -> Any:
    return _("Born") if name == "born" else _capital(Client._meta.get_field(name).verbose_name)


def _capital(text: Any) -> str:
    text = str(text)
    return text[:1].upper() + text[1:]
