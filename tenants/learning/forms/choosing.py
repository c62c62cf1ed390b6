"""Choosing between two texts, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.differences import Piece, words_between
from tenants.learning.domain.contents import content_of, label_of, text_of
from tenants.learning.domain.following import OURS, THEIRS, Pending


@dataclass(frozen=True)
class Beside:
    """One field as both sides have it, each word by word from the text that they had in common."""

    field: Any
    ours: list[Piece]
    theirs: list[Piece]


class ChoiceForm(forms.Form):
    version = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pending: Pending, version: UUID, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, "seen_version": pending.ours.version}
        super().__init__(*args, **kwargs)
        self.pending = pending
        for name in pending.in_both:
            self.fields[name] = forms.ChoiceField(
                label=label_of(pending.ours, name),
                choices=[(OURS, _("Keep our text")), (THEIRS, _("Take the new text of the standard"))],
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> list[Beside]:
        ours, base, theirs = (content_of(part) for part in (self.pending.ours, self.pending.base, self.pending.theirs))
        part = self.pending.ours
        texts = {
            name: [text_of(part, name, side[name]) for side in (base, ours, theirs)] for name in self.pending.in_both
        }
        return [
            Beside(self[name], words_between(before, own), words_between(before, new))
            for name, (before, own, new) in texts.items()
        ]

    def details(self) -> dict[str, Any]:
        """What the verb takes."""
        data = dict(self.cleaned_data)
        return {"version": data.pop("version"), "seen_version": data.pop("seen_version"), "choices": data}
