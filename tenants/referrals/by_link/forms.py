"""What somebody without an account fills in. Each form asks for a name: it stands in the audit."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import REASONS, State

MOST_TEXT: Final = 2000
MOST_NAME: Final = 100
SHORTEST: Final = 2  # letters of a name


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, max_length=MOST_TEXT, required=required, widget=area)


def _reason(state: State, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=REASONS[state].choices, widget=forms.RadioSelect)


class Named(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=MOST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if sum(letter.isalpha() for letter in name) < SHORTEST:
            raise ValidationError(_("Write your name, so that it is known who answered."))
        return name


class AcceptForm(Named):
    note = _text(_("Note to the sender"), _("For example when and where to come."))


class AskForm(Named):
    note = _text(_("Your question"), required=True)


class WaitForm(Named):
    note = _text(_("Note to the sender"), _("For example when there may be a place."))


class DeclineForm(Named):
    reason = _reason(State.DECLINED, _("Why"))
    note = _text(_("Note to the sender"), _("What could help the person instead."))


class NoteForm(Named):
    note = _text(_("Note to the sender"))


class NotStartedForm(NoteForm):
    reason = _reason(State.NOT_STARTED, _("Why"))


class CompleteForm(NoteForm):
    reason = _reason(State.COMPLETED, _("What came of it"))


class DisengageForm(NoteForm):
    reason = _reason(State.DISENGAGED, _("Why"))


class WriteForm(Named):
    note = _text(_("Your message"), required=True)


class CodeForm(Named):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )
