"""The list of what makes it hard, all lines at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.caseloads.domain.vulnerabilities import Line, WantedLine, mark_of

LONGEST = 120


@dataclass(frozen=True)
class Row:
    """A line with the fields for its name and whether it is in use."""

    line: Line
    name: forms.BoundField
    is_active: forms.BoundField


class ListForm(forms.Form):
    """A button named up, down or remove says which line it is about; whatever else was typed is saved with it."""

    mark = forms.CharField(widget=forms.HiddenInput)
    add = forms.CharField(
        label=_("Add a line of your own"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, lines: Sequence[Line], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"mark": mark_of(lines)})
        self.lines = lines
        for line in lines:
            attributes = {"dir": "auto", "autocomplete": "off", "placeholder": line.usual}
            self.fields[f"name-{line.key}"] = forms.CharField(
                label=_("Name"),
                max_length=LONGEST,
                required=False,
                initial=line.label,
                widget=forms.TextInput(attrs=attributes),
            )
            self.fields[f"on-{line.key}"] = forms.BooleanField(
                label=_("In use"), required=False, initial=line.is_active
            )

    def rows(self) -> list[Row]:
        return [Row(line, self[f"name-{line.key}"], self[f"on-{line.key}"]) for line in self.lines]

    def wanted(self) -> list[WantedLine]:
        """In the order that was asked for."""
        order = [line.key for line in self.lines]
        for button, step in (("up", -1), ("down", 1)):
            key = self.data.get(button)
            if key in order and 0 <= (place := order.index(key) + step) < len(order):
                order.remove(key)
                order.insert(place, key)
        values = self.cleaned_data
        return [WantedLine(key, " ".join(values[f"name-{key}"].split()), values[f"on-{key}"]) for key in order]

    def added(self) -> str:
        return " ".join(self.cleaned_data["add"].split())

    def removed(self) -> str:
        return str(self.data.get("remove", ""))

    def again(self, lines: Sequence[Line]) -> ListForm:
        """The list as it stands now, with the new line still typed in."""
        form = ListForm(lines)
        form.initial["add"] = self.cleaned_data["add"]
        return form
