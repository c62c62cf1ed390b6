"""Forms of documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from halka.common import uploads
from halka.common.uploads import NewFile
from network_registry.working_groups.forms.groups import line
from network_registry.working_groups.forms.meetings import NO_CLIENTS


class CheckedFileField(forms.FileField):
    """Cleans to a NewFile."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput({"accept": uploads.ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> NewFile:
        return uploads.checked(super().clean(data, initial))


class DocumentForm(forms.Form):
    file = CheckedFileField(label=gettext_lazy("File"), help_text=NO_CLIENTS)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Empty: the name of the file."),
        max_length=120,
        required=False,
        widget=line(),
    )

    def checked(self) -> NewFile:
        file: NewFile = self.cleaned_data["file"]
        return NewFile(self.cleaned_data["title"] or file.title, file.source, file.content_type)


class VersionForm(forms.Form):
    file = CheckedFileField(label=gettext_lazy("File"), help_text=NO_CLIENTS)
    note = forms.CharField(label=gettext_lazy("What is new"), max_length=200, required=False, widget=line())
