"""Forms of those who read others' texts, and of editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.forms import DayField
from knowledge_base.domain.upkeep import editors
from knowledge_base.enums import ReviewState
from knowledge_base.pieces import Part

LONG: Final = 4000  # letters
COMMENT: Final = "on-"  # and the name of the part


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ReviewForm(forms.Form):
    """An answer, with a comment beside each part where the reader has one."""

    answer = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[
            (ReviewState.APPROVED, _("Ready for readers")),
            (ReviewState.RETURNED, _("Back to the writers: something should be changed")),
        ],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=_("A word to the writers"),
        help_text=_("What helped you, and what you missed. A failure that is told honestly is worth thanks."),
        widget=_text(4),
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, parts: Iterable[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[COMMENT + part.name] = forms.CharField(
                label=_("Your comment on this part"), widget=_text(2), max_length=LONG, required=False
            )

    def comments(self) -> dict[str, str]:
        return {
            name.removeprefix(COMMENT): text for name, text in self.cleaned_data.items() if COMMENT in name and text
        }

    def beside(self, part: Part) -> Any:
        return self[COMMENT + part.name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer") == ReviewState.RETURNED and not values.get("said") and not self.comments():
            raise ValidationError(_("Say what should be changed: beside a part, or in a word to the writers."))
        return values


class DecisionForm(forms.Form):
    """An editor's word."""

    said = forms.CharField(
        label=_("A word to the writers"),
        help_text=_("What should be changed, if it goes back."),
        widget=_text(4),
        max_length=LONG,
        required=False,
    )
    act = forms.ChoiceField(choices=[("publish", ""), ("return", "")], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("act") == "return" and not values.get("said"):
            self.add_error("said", _("Say what should be changed."))
        return values


class PublishTranslationForm(forms.Form):
    """A curriculum in another language, put before readers."""

    changes = forms.CharField(
        label=_("What changed"),
        help_text=_(
            "In this language, for those who teach from the version before. Not needed where only the page changed."
        ),
        widget=_text(3),
        max_length=LONG,
        required=False,
    )
    in_part = forms.BooleanField(label=_("Without what is not translated yet"), required=False)


class UpkeepForm(forms.Form):
    """That a text was read again and is still true."""

    keeper: Any = forms.ModelChoiceField(label=_("Who looks after it"), queryset=None, required=False)
    review_on = DayField(label=_("To be read again on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeper: Any = self.fields["keeper"]
        keeper.queryset = editors()
        keeper.label_from_instance = lambda account: account.name

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day to come."))
        return day
