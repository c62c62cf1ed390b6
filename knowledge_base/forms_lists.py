"""Forms of reading lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge_base.access import Reader
from knowledge_base.models import ReadingList


class NewListForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the list"),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class ListForm(NewListForm):
    shared_with = forms.TypedChoiceField(
        label=_("Who reads it?"),
        help_text=_("Colleagues read the list and your notes. They change nothing in it."),
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, reading_list: ReadingList, reader: Reader, **kwargs: Any) -> None:
        shared = reading_list.shared_with_id
        initial = {"name": reading_list.name, "shared_with": str(shared) if shared else ""}
        super().__init__(*args, initial=initial, **kwargs)
        names = {str(one.id): one.name(get_language() or one.language) for one in reader.acting}
        field = self.fields["shared_with"]
        field.choices = [("", _("Only me")), *names.items()]  # type: ignore[attr-defined]
        field.coerce = lambda value: next(  # type: ignore[attr-defined]
            one.id for one in reader.acting if str(one.id) == value
        )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Your note"),
        help_text=_("What you want to remember of it. No names of people, please."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=500,
        required=False,
    )
