"""What both sides send to each other: words and documents."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from halka.common import uploads
from halka.common.uploads import NewFile
from tenants.caseloads.models import Document

MOST_TEXT: Final = 4000


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, tells_nobody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tells_nobody:
            self.fields["text"].help_text = _("They do not know yet who the person is. Write nothing that says it.")


class DocumentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class EncloseForm(forms.Form):
    """One of the person's documents, or a new file."""

    document = DocumentChoice(
        queryset=Document.objects.none(),
        label=_("One of the person's documents"),
        empty_label=_("Choose…"),
        required=False,
    )
    file = forms.FileField(
        label=_("Or a new file"),
        help_text=_("Up to 10 MB. It is also kept among the person's documents here."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]

    def clean_file(self) -> NewFile | None:
        upload = self.cleaned_data["file"]
        return uploads.checked(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get("document"), cleaned.get("file")]
        if not self.errors and not any(given):
            self.add_error("file", _("Choose a document or a file."))
        if all(given):
            self.add_error("file", _("Choose one of both: a document from the list, or a new file."))
        return cleaned
