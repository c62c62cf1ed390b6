"""What the recipient says when a consent has ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_registry.exchange.enums import Remains

CHOICES = [
    (Remains.ERASED, gettext_lazy("Erase it now. It cannot be brought back.")),
    (Remains.RESTRICTED, gettext_lazy("A law makes us keep it: leave it locked, and use it for nothing.")),
]


class SettleForm(forms.Form):
    """`remains` is a value of Remains; keeping needs the law that asks for it."""

    remains = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=CHOICES, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Which law or duty makes you keep it"),
        help_text=gettext_lazy("The sender and the person read this."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, is_kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_kept:  # what is kept can only be erased
            self.fields["remains"].choices = CHOICES[:1]  # type: ignore[attr-defined]
            self.fields["remains"].initial = Remains.ERASED
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("remains") == Remains.RESTRICTED and not cleaned.get("note"):
            self.add_error("note", _("Say which law or duty it is."))
        return cleaned

    def settled(self) -> dict[str, Any]:
        """For the verb."""
        remains = Remains(self.cleaned_data["remains"])
        return {"remains": remains, "note": self.cleaned_data["note"] if remains == Remains.RESTRICTED else ""}
