"""A year that stands alone, in two calendars."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from halka.common.calendars import calendar_in_use
from halka.common.years import YearField, parse_year, typed_year


@pytest.mark.parametrize(("calendar", "typed", "year"), [("gregorian", "1990", 1990), ("jalali", "1369", 1990)])
def test_a_year_is_read_and_written_back(calendar, typed, year):
    with calendar_in_use(calendar):
        assert (parse_year(f" {typed} "), typed_year(year)) == (year, typed)


def test_persian_digits():
    with translation.override("fa"), calendar_in_use("jalali"):
        assert (parse_year("۱۳۶۹"), typed_year(1990)) == (1990, "۱۳۶۹")


@pytest.mark.parametrize(
    ("calendar", "text"), [("gregorian", "1369"), ("jalali", "1990"), ("gregorian", "x"), ("gregorian", "90")]
)
def test_what_is_no_year_is_refused_with_an_example(calendar, text):
    with calendar_in_use(calendar), pytest.raises(ValidationError, match="for example"):
        YearField().clean(text)


@pytest.mark.parametrize("nothing", ["", None, "  "])
def test_nothing(nothing):
    assert YearField(required=False).clean(nothing) is None


def test_the_control_shows_a_stored_year_and_keeps_what_was_typed():
    with calendar_in_use("jalali"):
        widget = YearField().widget
        assert (widget.format_value(1990), widget.format_value("19x"), widget.format_value(None)) == (
            "1369",
            "19x",
            None,
        )
