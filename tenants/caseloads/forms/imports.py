"""Forms of the import: the file, which column is which, what happens to people who are here already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halka.common.sheets import MAX_BYTES, Cell, Sheet, SheetUnreadable
from tenants.caseloads.sheet_fields import FIELDS

POLICIES = [
    ("update", _("Change them to what the sheet says")),
    ("fill", _("Only add what is not known yet")),
    ("skip", _("Leave them as they are")),
]


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("Sheet"),
        help_text=_("An Excel file (.xlsx) or a text file (.csv), with headings in its first row."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,
    )

    def clean_sheet(self) -> tuple[str, bytes]:
        """The name and what is in it; what cannot be read is said at once."""
        file = self.cleaned_data["sheet"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is too big: %(limit)s MB at most.") % {"limit": MAX_BYTES // 1024**2})
        content = file.read()
        try:
            Sheet(content)
        except SheetUnreadable as error:
            raise ValidationError(str(error)) from error
        return file.name, content


class ColumnsForm(forms.Form):
    """A choice for each column of the sheet."""

    def __init__(self, data: Any, *, sheet: Sheet, mapping: Mapping[int, str], samples: list[list[Cell]]) -> None:
        super().__init__(data)
        choices = [("", _("Leave this column out")), *((field.key, field.label) for field in FIELDS)]
        for number, heading in enumerate(sheet.headings):
            shown = " · ".join(str(row[number]) for row in samples if row[number] is not None)
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": number + 1},
                choices=choices,
                required=False,
                initial=mapping.get(number, ""),
                help_text=shown[:120],
            )

    @property
    def mapping(self) -> dict[int, str]:
        return {int(name.removeprefix("column-")): key for name, key in self.cleaned_data.items() if key}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [key for key in values.values() if key]
        for name, key in list(values.items()):
            if key and chosen.count(key) > 1:
                self.add_error(name, _("Two columns cannot be the same."))
        if not {"given_name", "family_name", "whole_name"} & set(chosen):
            raise ValidationError(_("Choose which column holds the names."))
        return values


class KnownForm(forms.Form):
    sure = forms.ChoiceField(
        label=_("Who is here with the same file number or national number"),
        choices=POLICIES,
        widget=forms.RadioSelect,
        initial="update",
    )
    by_name = forms.ChoiceField(
        label=_("Who is here with the same name and birth"),
        choices=POLICIES,
        widget=forms.RadioSelect,
        initial="fill",
    )
