"""A year that stands alone, of the active calendar; stored as the Gregorian year that most of it lies in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from halka.common.calendars import YEARS, Calendar, active_calendar, latin_digits, localise_digits

JALALI_BEHIND: Final = 621


def typed_year(year: int) -> str:
    """The Gregorian year as its reader writes it; parse_year reads it back."""
    return localise_digits(year - JALALI_BEHIND if active_calendar() is Calendar.JALALI else year)


def parse_year(text: str) -> int:
    """Raises ValueError for what is not a year of the active calendar."""
    year, calendar = int(latin_digits(text.strip())), active_calendar()
    if year not in YEARS[calendar]:
        raise ValueError(year)
    return year + JALALI_BEHIND if calendar is Calendar.JALALI else year


class YearInput(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        return typed_year(value) if isinstance(value, int) else super().format_value(value)


class HiddenYearInput(YearInput):
    input_type = "hidden"


class YearField(forms.Field):
    """A year, typed in the active calendar with Latin, Persian or Arabic digits; cleans to the Gregorian year."""

    widget = YearInput
    hidden_widget = HiddenYearInput

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return parse_year(str(value))
        except ValueError as error:
            message = _("Write the year with four digits, for example %(example)s.") % {"example": typed_year(1990)}
            raise ValidationError(message, code="unreadable_year") from error
