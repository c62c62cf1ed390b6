"""Two people changed the same record: the second one sees both versions, field by field, and loses nothing.

A form that changes a record is a SeenForm; its view:

    form = NameForm(conflicts.chosen(request, NameForm.of(record), record), …)
    if form.is_valid():
        try:
            change_record(…, seen_version=form.cleaned_data["seen_version"])
        except EditedMeanwhile:
            return conflicts.page(request, form, record_read_anew, back=address_of_the_record)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from halka.common.calendars import format_day, localise_digits
from halka.common.years import YearField, typed_year

CHOICE: Final = "keep-"
THEIRS: Final = "theirs"


class SeenForm(forms.Form):
    """Carries the version of the record that was shown, and each value that was shown, hidden.

    So it can tell what a person changed from what they only saw. Goes before ModelForm among the bases.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.compared():
            self.fields[name].show_hidden_initial = True

    def compared(self) -> list[str]:
        """Names of the fields that two versions may differ in."""
        return [
            name
            for name, field in self.fields.items()
            if name != "seen_version" and not isinstance(field, forms.FileField)
        ]

    def saved_value(self, saved: models.Model, name: str) -> Any:
        """What the saved record has in this field, as `cleaned_data` would."""
        return getattr(saved, name)

    def shown(self, name: str, value: Any) -> str:
        """A value of this field, in words."""
        return words_of(self.fields[name], value)

    def touched(self, name: str) -> bool:
        """Whether the person changed what the page showed."""
        return name in self.changed_data

    def sent_for(self, saved: models.Model, name: str, *, hidden: bool = False) -> list[str]:
        """What the field's control would send for the saved value, or its hidden control."""
        return typed(self.fields[name], self.saved_value(saved, name), hidden=hidden)

    def take_theirs(self, data: QueryDict, name: str, saved: models.Model) -> None:
        """Puts the saved value in the place of what was typed."""
        data.setlist(self.add_prefix(name), self.sent_for(saved, name))


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now (`theirs`) and as it was typed (`mine`); `is_mine` is the likelier choice."""

    name: str
    label: str | Promise
    theirs: str
    mine: str
    is_mine: bool


def differences(form: SeenForm, saved: models.Model) -> list[Difference]:
    """Where the valid form and the saved record differ. What the person did not touch is not theirs to keep."""
    return [
        Difference(
            name=name,
            label=form.fields[name].label or name,
            theirs=form.shown(name, form.saved_value(saved, name)),
            mine=form.shown(name, form.cleaned_data[name]),
            is_mine=form.touched(name),
        )
        for name in form.compared()
        if form.cleaned_data[name] != form.saved_value(saved, name)
    ]


def chosen(request: HttpRequest, form: SeenForm, saved: models.Model) -> QueryDict | None:
    """What was sent, with the saved value wherever that one was chosen; None where nothing was sent.

    `form` is the record's form without data.
    """
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for name in form.compared():
        if data.get(CHOICE + name) == THEIRS:
            form.take_theirs(data, name, saved)
    return data


def carried(form: SeenForm, saved: Any) -> list[tuple[str, str]]:
    """Names and values that carry the typed form on, now compared with what is saved."""
    data = cast(QueryDict, form.data)
    pairs = [(form.add_prefix("seen_version"), str(saved.version))]
    for name, field in form.fields.items():
        if name == "seen_version" or isinstance(field, forms.FileField):
            continue
        pairs += [(form.add_prefix(name), text) for text in data.getlist(form.add_prefix(name))]
    for name in form.compared():
        pairs += [(form[name].html_initial_name, text) for text in form.sent_for(saved, name, hidden=True)]
    return pairs


def page(
    request: HttpRequest,
    form: SeenForm,
    saved: models.Model,
    *,
    back: str,
    name: str = "",
    whose: object = None,
    at: datetime | None = None,
    note: str = "",
) -> HttpResponse:
    """The second to save chooses, field by field; when both wrote the same there is nothing to choose.

    `saved` is read anew; `whose` and `at` tell who saved it and when, `back` is the record's own address,
    `name` what it is called there, if not as it reads.
    """
    rows = differences(form, saved)
    if not rows:
        messages.success(request, _("Somebody else has saved the same just before you."))
        return redirect(back)
    context = {"rows": rows, "carried": carried(form, saved), "whose": whose, "at": at, "note": note}
    return render(request, "layout/versions.html", {**context, "back": back, "name": name or saved}, status=409)


def typed(field: forms.Field, value: Any, *, hidden: bool = False) -> list[str]:
    """The value as the field's control would send it, or its hidden control."""
    widget = field.hidden_widget() if hidden else field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    text = widget.format_value(field.prepare_value(value))
    if isinstance(text, list | tuple):
        return [str(part) for part in text]
    return ["" if text is None else str(text)]


def words_of(field: forms.Field, value: Any) -> str:
    """The value as people read it; empty for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, YearField):
        return typed_year(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return localise_digits(value) if isinstance(value, int) else str(value)
    labels: dict[Any, Any] = dict(flatten_choices(field.choices))  # type: ignore[arg-type]
    several: Iterable[Any] = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(part, part)) for part in several)
