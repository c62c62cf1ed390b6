"""Rating, and what is noted of a person's needs and strengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import localise_digits
from halka.common.forms import DayField
from tenants.caseloads.enums.assessments import FindingKind, Rater
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Scale
from tenants.caseloads.scales.items import Item
from tenants.caseloads.scales.words import parts_of

ANSWER = "answer-"


@dataclass(frozen=True)
class Question:
    item: Item
    field: forms.BoundField


class AnswersForm(forms.Form):
    """A field for each question of a scale, in the active language; any may be left out, but not all of them."""

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts_of(scale)
        for part in self.parts:
            for item in part.items:
                numbers = [(number, localise_digits(number + 1)) for number in item.answers]
                self.fields[ANSWER + item.key] = forms.TypedChoiceField(
                    label=item.text,
                    choices=[*numbers, ("", _("Leave out"))],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                )

    def questions(self) -> Iterator[tuple[Dimension, list[Question]]]:
        """For the page: each side of life with its questions."""
        for part in self.parts:
            yield part.dimension, [Question(item, self[ANSWER + item.key]) for item in part.items]

    def answers(self) -> dict[str, int]:
        return {
            name.removeprefix(ANSWER): value
            for name, value in self.cleaned_data.items()
            if name.startswith(ANSWER) and value is not None
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Answer at least one question."))
        return values


class RateForm(AnswersForm):
    """What a mentor fills in: whose view it is, the day, a note."""

    rater = forms.ChoiceField(
        label=_("Whose view is this?"), choices=Rater.choices, widget=forms.RadioSelect, initial=Rater.MENTOR
    )
    on = DayField(label=_("Day"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What stood out, in a sentence."),
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class FindingForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=FindingKind.choices, initial=FindingKind.STRENGTH)
    text = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    dimension = forms.ChoiceField(label=_("Side of life"), choices=[("", _("Any")), *Dimension.choices], required=False)
