"""What the secretariat and the managers of both type about a merger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_registry.membership.domain.mergers import mergeable
from network_registry.membership.models import Merger
from tenants.organisations.models import Organisation


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1000,
        required=required,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class ProposalForm(forms.Form):
    absorbed = forms.ModelChoiceField(
        label=gettext_lazy("Which becomes part of the other one"),
        help_text=gettext_lazy("Its workspace reads only from then on, and is erased after 30 days."),
        queryset=Organisation.objects.none(),
    )
    remaining = forms.ModelChoiceField(
        label=gettext_lazy("Which remains"), queryset=Organisation.objects.none()
    )  # fmt: skip
    reason = _text(gettext_lazy("Why"), gettext_lazy("The managers of both read it. Name no client."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absorbed", "remaining"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = mergeable()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("absorbed") and cleaned.get("absorbed") == cleaned.get("remaining"):
            self.add_error("remaining", _("Choose two different organisations."))
        return cleaned


class AnswerForm(forms.Form):
    reason = _text(gettext_lazy("Why not, if you decline"), required=False)

    def __init__(self, *args: Any, agrees: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agrees = agrees

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not self.agrees and not reason:
            raise ValidationError(_("Say why."))
        return "" if self.agrees else reason


class ShortNameForm(forms.Form):
    """The short name is typed, so that nobody merges the wrong organisations with one click."""

    short_name = forms.CharField(
        label=gettext_lazy("Type the short name of the one that is absorbed to confirm"),
        max_length=31,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, merger: Merger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merger = merger

    def clean_short_name(self) -> str:
        typed: str = self.cleaned_data["short_name"].strip().lower()
        if typed != self.merger.absorbed.schema_name:
            raise ValidationError(_("This is not its short name."))
        return typed


class UndoForm(ShortNameForm):
    reason = _text(gettext_lazy("Why it is undone"), gettext_lazy("The managers of both read it. Name no client."))
    field_order = ("reason", "short_name")
