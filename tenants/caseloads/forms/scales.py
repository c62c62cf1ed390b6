"""The editor of scales of one's own."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import localise_digits
from tenants.caseloads.domain.scales import faults_of
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.forms.lines import DO, LineForm, Lines, WordsField, is_rearranging, lines_of
from tenants.caseloads.models import Scale
from tenants.caseloads.scales import network
from tenants.caseloads.scales.items import FEWEST, MOST, USUAL, Item
from tenants.caseloads.scales.words import items_of

PREFIX = "items"
BETTER = {"up": _("The last answer is the better one"), "down": _("The first answer is the better one")}


class ScaleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    description = forms.CharField(
        label=_("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class StartForm(forms.Form):
    """What a new scale begins with."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    start = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *args: Any, scales: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["start"]).choices = [("", _("Nothing: write all questions")), *scales]


class ItemForm(LineForm):
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    text = WordsField(label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    low = WordsField(
        label=_("What the first answer means"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    high = WordsField(
        label=_("What the last answer means"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    dimension = forms.ChoiceField(label=_("Side of life"), choices=Dimension.choices)
    steps = forms.TypedChoiceField(label=_("Answers to choose from"), coerce=int)
    better = forms.ChoiceField(label=_("Which way is better"), choices=list(BETTER.items()))
    network = forms.ChoiceField(
        label=_("Stands for this question of the network"),
        required=False,
        help_text=_("Then progress on it counts in the network's picture."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(number, localise_digits(number)) for number in range(FEWEST, MOST + 1)]
        cast(forms.ChoiceField, self.fields["steps"]).choices = numbers
        cast(forms.ChoiceField, self.fields["network"]).choices = [("", _("None")), *network.choices()]

    def item(self) -> Item:
        data = self.cleaned_data
        return Item(
            data["key"],
            data["text"],
            data["dimension"],
            data["low"],
            data["high"],
            data["steps"],
            data["better"] == "up",
            data["network"],
        )


class ItemLines(Lines):
    names = tuple(ItemForm.base_fields)  # type: ignore[misc]
    blank = {  # type: ignore[misc]
        "dimension": Dimension.PSYCHOLOGICAL,
        "steps": str(USUAL),
        "better": "up",
    }


ItemFormSet = lines_of(ItemForm, ItemLines)


class ScaleEditor:
    """The words of a scale and its lines, on one page. Saving takes unfinished questions, putting it to use none."""

    def __init__(self, scale: Scale, data: QueryDict | None = None) -> None:
        self.scale = scale
        self.is_moving = data is not None and is_rearranging(data)
        self.is_publishing = data is not None and data.get(DO) == "publish"
        shown = {"name": scale.name, "description": scale.description, "seen_version": scale.version}
        if data is not None and self.is_moving:
            self.form = ScaleForm(initial={**shown, **{name: data.get(name, "") for name in shown}})
            self.lines = ItemFormSet.rearranged(data, PREFIX)
        else:
            self.form = ScaleForm(data, initial=shown)
            rows = [_row(item) for item in items_of(scale)] or [dict(ItemLines.blank)]
            self.lines = ItemFormSet(data, initial=rows, prefix=PREFIX)

    def is_valid(self) -> bool:
        if self.is_moving or not (self.form.is_valid() & self.lines.is_valid()):
            return False
        if self.is_publishing:
            self._complain()
        return not self.form.errors and not any(form.errors for form in self.lines.forms)

    def items(self) -> list[Item]:
        return [form.item() for form in self._written()]

    def values(self) -> dict[str, Any]:
        return {
            "name": self.form.cleaned_data["name"],
            "description": self.form.cleaned_data["description"],
            "items": self.items(),
            "seen_version": self.form.cleaned_data["seen_version"],
        }

    def show_beside(self, saved: Scale) -> None:
        """What was typed stays; saving again writes over what `saved` is now."""
        data = self.form.data.copy()
        data["seen_version"] = str(saved.version)
        self.form.data = data

    def _written(self) -> list[ItemForm]:
        return [form for form in self.lines.forms if not form.is_blank]

    def _complain(self) -> None:
        written = self._written()
        for index, name, message in faults_of(self.items()):
            if index is None:
                self.form.add_error(None, message)
            else:
                written[index].add_error(name, message)


def _row(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "text": item.text,
        "low": item.low,
        "high": item.high,
        "dimension": item.dimension,
        "steps": item.steps,
        "better": "up" if item.rising else "down",
        "network": item.network,
    }
