"""What a person fills in on their own page, and what is asked before it is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants.caseloads.enums.consents import LinkHours
from tenants.caseloads.models import Client, Scale
from tenants.caseloads.scales.items import Item
from tenants.caseloads.scales.words import items_of
from tenants.caseloads.wording import written_language

SHORTEST = 3  # letters of something to put right


class MakeLinkForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the page"), choices=settings.LANGUAGES)
    hours = forms.TypedChoiceField(
        label=_("How long the link works"), choices=LinkHours.choices, coerce=int, initial=LinkHours.THREE_DAYS
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = written_language(client.language)


class DoorForm(forms.Form):
    code = forms.CharField(max_length=20)


class CorrectionForm(forms.Form):
    text = forms.CharField(max_length=2000, min_length=SHORTEST)


class RatingForm(forms.Form):
    """One field for each item of a scale; what is left out is not asked again."""

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: list[Item] = items_of(scale)
        for item in self.items:
            choices = [(str(answer), str(answer + 1)) for answer in item.answers]
            self.fields[f"item-{item.key}"] = forms.ChoiceField(
                label=item.text, choices=choices, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.values()) and not self.errors:
            raise ValidationError(_("Answer at least one question."))
        return cleaned

    def answers(self) -> dict[str, int]:
        return {
            item.key: int(answer) for item in self.items if (answer := self.cleaned_data.get(f"item-{item.key}"))
        }  # fmt: skip

    def rows(self) -> list[tuple[Item, Any]]:
        return [(item, self[f"item-{item.key}"]) for item in self.items]
