from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from halka.common import calendars
from halka.common.calendars import Calendar, UnreadableDay, calendar_in_use

AUTUMN = date(2025, 9, 25)  # 3 Mehr 1404
LANGUAGES = list(calendars.CLDR_LOCALES)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "25 September 2025"),
        ("sq", "25 shtator 2025"),
        ("sr", "25. septembar 2025."),
        ("lt", "2025 m. rugsėjo 25 d."),
        ("sl", "25. september 2025"),
        ("fa", "۲۵ سپتامبر ۲۰۲۵"),
    ],
)
def test_gregorian_day_is_written_the_way_of_each_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert calendars.format_day(AUTUMN) == expected


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("fa", "long", "۳ مهر ۱۴۰۴"),
        ("fa", "full", "پنجشنبه ۳ مهر ۱۴۰۴"),
        ("fa", "short", "۱۴۰۴/۰۷/۰۳"),
        ("fa", "month", "مهر ۱۴۰۴"),
        ("en", "long", "3 Mehr 1404"),
        ("en", "full", "Thursday, 3 Mehr 1404"),
        ("sr", "medium", "3 mehr 1404"),
    ],
)
def test_jalali_day(language: str, style: str, expected: str) -> None:
    with translation.override(language), calendar_in_use(Calendar.JALALI):
        assert calendars.format_day(AUTUMN, style) == expected


def test_a_moment_is_told_in_local_time() -> None:
    late = datetime(2025, 9, 24, 22, 30, tzinfo=UTC)
    with translation.override("en"), timezone_of("Europe/Belgrade"):
        assert calendars.format_day(late) == "25 September 2025"
        assert calendars.format_moment(late) == "25 Sept 2025, 00:30"


def test_month_alone() -> None:
    with translation.override("lt"):
        assert calendars.format_day(AUTUMN, "month") == "rugsėjis 2025"


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(hours=-13), "yesterday"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=-3), "3 days ago"),
        (timedelta(days=14), "in 2 weeks"),
    ],
)
def test_ago(distance: timedelta, expected: str) -> None:
    now = datetime(2025, 9, 25, 12, 0, tzinfo=UTC)
    with translation.override("en"):
        assert calendars.format_ago(now + distance, now) == expected


def test_ago_of_a_day_counts_days() -> None:
    now = datetime(2025, 9, 25, 0, 5, tzinfo=UTC)
    with translation.override("en"):
        assert calendars.format_ago(date(2025, 9, 25), now) == "today"
        assert calendars.format_ago(date(2025, 9, 24), now) == "yesterday"


def test_ago_in_persian_has_persian_digits() -> None:
    now = datetime(2025, 9, 25, 12, 0, tzinfo=UTC)
    with translation.override("fa"):
        assert calendars.format_ago(now - timedelta(days=3), now) == "۳ روز پیش"


@pytest.mark.parametrize(
    "typed",
    ["25/9/2025", "25.09.2025", "25. 9. 2025.", "2025-09-25", "25 September 2025", "sep 25 2025", "٢٥/٩/٢٠٢٥"],
)
def test_gregorian_days_are_read(typed: str) -> None:
    with translation.override("en"):
        assert calendars.parse_day(typed) == AUTUMN


@pytest.mark.parametrize("typed", ["1404/7/3", "۱۴۰۴/۰۷/۰۳", "٣-٧-١٤٠٤", "۳ مهر ۱۴۰۴", "3 Mehr 1404"])
def test_jalali_days_are_read(typed: str) -> None:
    with translation.override("fa"), calendar_in_use(Calendar.JALALI):
        assert calendars.parse_day(typed) == AUTUMN


@pytest.mark.parametrize(
    ("calendar", "typed", "message"),
    [
        ("gregorian", "31/2/2025", "no such day"),
        ("jalali", "1404/12/30", "no such day"),  # 1404 is no leap year
        ("gregorian", "1404/7/3", "not a year of the Gregorian calendar"),
        ("jalali", "25/9/2025", "not a year of the Jalali calendar"),
        ("gregorian", "25/9/25", "four digits"),
        ("gregorian", "25/9/9999", "Check the year"),
        ("gregorian", "soon", "Try it like this"),
        ("gregorian", "", "Try it like this"),
        ("gregorian", "1/2/3/2025", "Try it like this"),
    ],
)
def test_what_cannot_be_read_is_explained(calendar: str, typed: str, message: str) -> None:
    with translation.override("en"), calendar_in_use(calendar), pytest.raises(UnreadableDay, match=message):
        calendars.parse_day(typed)


@given(
    day=st.dates(min_value=date(1850, 1, 1), max_value=date(2150, 1, 1)),
    language=st.sampled_from(LANGUAGES),
    calendar=st.sampled_from(list(Calendar)),
)
def test_what_is_written_can_be_typed(day: date, language: str, calendar: Calendar) -> None:
    with translation.override(language), calendar_in_use(calendar):
        assert calendars.parse_day(calendars.typed_day(day)) == day
        assert calendars.parse_day(calendars.format_day(day, "long")) == day


def test_digits_follow_the_language() -> None:
    with translation.override("fa"):
        assert calendars.localise_digits("H-2041") == "H-۲۰۴۱"
    with translation.override("sl"):
        assert calendars.localise_digits("۲۰۴۱") == "2041"


def test_an_unknown_calendar_is_gregorian() -> None:
    with calendar_in_use("jalali"):
        calendars.activate_calendar("julian")
        assert calendars.active_calendar() is Calendar.GREGORIAN


def timezone_of(name: str):
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    return timezone.override(ZoneInfo(name))
