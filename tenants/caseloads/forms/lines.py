"""Editors of a few lines: added, removed and moved by buttons of the form, with and without scripts.

The buttons are named `do`: `add`, `remove-3`, `up-3`, `down-3` send the form; the page comes back with everything that
was typed, and nothing is saved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final, cast

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import QueryDict

DO: Final = "do"
MOVES: Final = re.compile(r"(remove|up|down)-(\d{1,3})")
LIMIT: Final = 60


class Lines(forms.BaseFormSet):
    """Lines as a formset whose forms are all there is: what is not sent is not there any more."""

    names: ClassVar[Sequence[str]] = ()  # of the fields that a line has
    blank: ClassVar[dict[str, str]] = {}  # what a new line begins with

    @classmethod
    def rearranged(cls, data: QueryDict, prefix: str, **options: Any) -> Lines:
        """The lines as they were typed, after what the pressed button asks for."""
        rows = cls.typed(data, prefix)
        do = data.get(DO, "")
        if do == "add":
            rows.append(dict(cls.blank))
        elif move := MOVES.fullmatch(do):
            rows = _moved(rows, move[1], int(move[2]))
        return cls(initial=rows, prefix=prefix, **options)

    @classmethod
    def typed(cls, data: QueryDict, prefix: str) -> list[dict[str, str]]:
        total = data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "0")
        count = min(int(total), LIMIT) if total.isdecimal() else 0
        return [{name: data.get(f"{prefix}-{row}-{name}", "") for name in cls.names} for row in range(count)]

    @property
    def details(self) -> list[dict[str, Any]]:
        """What the valid lines hold; lines that were left empty are none."""
        return [form.cleaned_data for form in self.forms if not cast(LineForm, form).is_blank]


class WordsField(forms.CharField):
    """Words that a line needs in the end, and may be without while it is being written."""

    def validate(self, value: str) -> None:
        """An empty one is no mistake yet, and the page does not call it optional."""


class LineForm(forms.Form):
    """One line. It is blank when nothing was written in its first field of words."""

    words: ClassVar[str] = "text"

    @property
    def is_blank(self) -> bool:
        return not str(self[self.words].value() or "").strip()

    def full_clean(self) -> None:
        """A blank line is left out, so nothing in it can be wrong."""
        super().full_clean()
        if self.is_bound and self.is_blank:
            self._errors = forms.utils.ErrorDict()


def is_rearranging(data: QueryDict) -> bool:
    """Whether the button that was pressed changes lines instead of saving."""
    do = data.get(DO, "")
    return do == "add" or MOVES.fullmatch(do) is not None


def _moved(rows: list[dict[str, str]], way: str, place: int) -> list[dict[str, str]]:
    if place >= len(rows):
        return rows
    if way == "remove":
        return rows[:place] + rows[place + 1 :]
    other = place - 1 if way == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def lines_of(form: type[LineForm], base: type[Lines]) -> Any:
    """The class of lines that a page uses."""
    return forms.formset_factory(form, formset=base, extra=0, max_num=LIMIT, absolute_max=LIMIT)
