"""Forms of questions and answers. Before anything is sent, one looks at words that could tell who somebody is."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge_base.access import Reader
from knowledge_base.domain.remarks import pointed_at
from knowledge_base.models import Remark

UNNAMED = "member"


class RemarkForm(forms.Form):
    """`pointed`: words that the person has not looked at yet; sent again with `looked`, the same words pass."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Everybody who may read the page reads this. No names of people, no numbers, no days."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=2000,
    )
    signed_by = forms.ChoiceField(label=_("In whose name?"), widget=forms.RadioSelect)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reader: Reader, label: Any, remark: Remark | None = None, **kwargs: Any) -> None:
        own = {str(one.id): one for one in reader.acting}
        initial: dict[str, Any] = {"signed_by": next(iter(own), UNNAMED)}
        if remark is not None:
            signed = str(remark.signed_by_id) if remark.signed_by_id else UNNAMED
            initial = {"text": remark.text, "signed_by": signed, "seen_version": remark.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["text"].label = label
        names = {key: one.name(get_language() or one.language) for key, one in own.items()}
        if remark is not None and remark.signed_by is not None:
            names.setdefault(str(remark.signed_by_id), str(remark.signed_by))
        choices = [*names.items(), (UNNAMED, _("“A member organisation”: others do not see that it is us"))]
        self.fields["signed_by"].choices = choices  # type: ignore[attr-defined]
        self.pointed: list[str] = []

    def take_version(self, version: int) -> None:
        """What is sent next replaces the text that was saved meanwhile, which stands beside it."""
        self.data = self.data.copy()
        self.data["seen_version"] = str(version)

    @property
    def looked_value(self) -> str:
        """What a tick says was looked at: these words and no others."""
        return hashlib.sha256("\0".join(self.pointed).encode()).hexdigest()[:24]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.pointed = pointed_at(values.get("text", ""))
        if self.pointed and self.data.get("looked") != self.looked_value:
            self.add_error("text", _("Please look at the marked words: could they tell who somebody is?"))
        return values

    @property
    def signature(self) -> UUID | None:
        chosen = self.cleaned_data["signed_by"]
        return None if chosen == UNNAMED else UUID(chosen)


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"),
        help_text=_("The editors of the network read this. You may leave it empty."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        max_length=300,
        required=False,
    )
