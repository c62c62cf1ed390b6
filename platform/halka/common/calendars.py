"""Dates for people: written and read in the active language and calendar.

The calendar is Gregorian or Jalali and is activated for each request, as Django does with languages.
Names of days and months come from CLDR; the Jalali month names, which Babel lacks, are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Final

import jdatetime
from babel import dates as cldr
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _


class Calendar(TextChoices):
    GREGORIAN = "gregorian", gettext_lazy("Gregorian")
    JALALI = "jalali", gettext_lazy("Jalali")


class Style(TextChoices):
    """How much of a day is written."""

    SHORT = "short"  # 25/09/2025
    MEDIUM = "medium"  # 25 Sept 2025
    LONG = "long"  # 25 September 2025
    FULL = "full"  # Thursday, 25 September 2025
    MONTH = "month"  # September 2025


class UnreadableDay(ValueError):
    """The text is not a day of the active calendar. The message is meant for the person who typed it."""


# English is written the European way: day first and a clock of 24 hours.
CLDR_LOCALES: Final = {"en": "en_GB", "sq": "sq", "sr": "sr_Latn", "lt": "lt", "sl": "sl", "fa": "fa"}

LATIN_DIGITS: Final = "0123456789"
PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"
TO_PERSIAN: Final = str.maketrans(LATIN_DIGITS + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
TO_LATIN: Final = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, LATIN_DIGITS * 2)

JALALI_MONTHS: Final = {
    "en": (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
        "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    ),
    "fa": (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
        "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ),
    "sr": (
        "farvardin", "ordibehešt", "hordad", "tir", "mordad", "šahrivar",
        "mehr", "aban", "azar", "dej", "bahman", "esfand",
    ),
}  # fmt: skip

# A year that can only have been meant for the other calendar is refused with a hint, not stored as it stands.
YEARS: Final = {Calendar.GREGORIAN: range(1800, 2200), Calendar.JALALI: range(1200, 1600)}

_active: ContextVar[Calendar] = ContextVar("halka_calendar", default=Calendar.GREGORIAN)


def activate_calendar(name: str) -> None:
    """Use this calendar for the rest of the request or task; an unknown name means Gregorian."""
    _active.set(Calendar(name) if name in Calendar.values else Calendar.GREGORIAN)


def active_calendar() -> Calendar:
    return _active.get()


def forget_calendar(**_signal: object) -> None:
    """Receiver of the end of a request: what the thread does next begins with the Gregorian calendar."""
    _active.set(Calendar.GREGORIAN)


@contextmanager
def calendar_in_use(name: str) -> Iterator[None]:
    token = _active.set(Calendar(name))
    try:
        yield
    finally:
        _active.reset(token)


def language_in_use() -> str:
    """One of the languages of CLDR_LOCALES."""
    language = (get_language() or "en").split("-")[0]
    return language if language in CLDR_LOCALES else "en"


def localise_digits(text: object) -> str:
    """The text with the digits of the active language: Persian ones in Persian, Latin ones elsewhere."""
    return str(text).translate(TO_PERSIAN if language_in_use() == "fa" else TO_LATIN)


def latin_digits(text: str) -> str:
    return text.translate(TO_LATIN)


def format_day(value: date | datetime, style: Style | str = Style.LONG) -> str:
    """The day in the active calendar and language; a moment counts in local time."""
    day, style = _local_day(value), Style(style)
    if active_calendar() is Calendar.JALALI:
        return localise_digits(_format_jalali(day, style))
    locale = CLDR_LOCALES[language_in_use()]
    if style is Style.MONTH:
        return localise_digits(cldr.format_date(day, "LLLL y", locale=locale))
    return localise_digits(cldr.format_date(day, style.value, locale=locale))


def format_time(value: datetime) -> str:
    return localise_digits(_local(value).strftime("%H:%M"))


def format_moment(value: datetime, style: Style | str = Style.MEDIUM) -> str:
    """Day and time, in local time."""
    return _("%(day)s, %(time)s") % {"day": format_day(value, style), "time": format_time(value)}


def format_ago(value: date | datetime, now: datetime | None = None) -> str:
    """How long ago, or how soon, in words. Days are counted by the calendar, not by 24 hours."""
    now = now or timezone.now()
    if isinstance(value, datetime):
        distance = _local(value) - _local(now)
        if abs(distance) < timedelta(minutes=1):
            return _("just now")
        if abs(distance) < timedelta(hours=12):
            return _distance(distance)
    days = (_local_day(value) - _local_day(now)).days
    match days:
        case 0:
            return _("today")
        case -1:
            return _("yesterday")
        case 1:
            return _("tomorrow")
    return _distance(timedelta(days=days))


def parse_day(text: str) -> date:
    """Read a day typed in the active calendar, with Latin, Persian or Arabic digits and any usual separator.

    Accepts year-month-day, day-month-year, and a month by its name in the active language or in English.
    Raises UnreadableDay.
    """
    calendar = active_calendar()
    year, month, day = _year_month_day(latin_digits(text).strip().casefold())
    if year not in YEARS[calendar]:
        other = Calendar.JALALI if calendar is Calendar.GREGORIAN else Calendar.GREGORIAN
        if year in YEARS[other]:
            raise UnreadableDay(
                _("The year %(year)s is not a year of the %(calendar)s calendar, which you use now.")
                % {"year": localise_digits(year), "calendar": calendar.label}
            )
        raise UnreadableDay(_("Check the year: write it with four digits."))
    try:
        if calendar is Calendar.JALALI:
            gregorian: date = jdatetime.date(year, month, day).togregorian()
            return gregorian
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableDay(_("There is no such day in the calendar.")) from error


def typed_day(value: date) -> str:
    """The day as a person would type it into a field of the active calendar; parse_day reads it back."""
    day = jdatetime.date.fromgregorian(date=value) if active_calendar() is Calendar.JALALI else value
    parts = {"Y": f"{day.year:04}", "m": f"{day.month:02}", "d": f"{day.day:02}"}
    return localise_digits("".join(parts.get(letter, letter) for letter in typed_pattern()))


def typed_pattern() -> str:
    """Order and separators of a typed day: Y, m and d stand for its parts."""
    if active_calendar() is Calendar.JALALI:
        return "Y/m/d"
    return {"lt": "Y-m-d", "fa": "Y-m-d", "en": "d/m/Y"}.get(language_in_use(), "d.m.Y")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _local_day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _jalali_months() -> tuple[str, ...]:
    return JALALI_MONTHS.get(language_in_use(), JALALI_MONTHS["en"])


def _format_jalali(day: date, style: Style) -> str:
    jalali = jdatetime.date.fromgregorian(date=day)
    month = _jalali_months()[jalali.month - 1]
    match style:
        case Style.SHORT:
            return f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}"
        case Style.MONTH:
            return f"{month} {jalali.year}"
        case Style.FULL:
            weekday = cldr.format_date(day, "EEEE", locale=CLDR_LOCALES[language_in_use()])
            comma = "" if language_in_use() == "fa" else ","
            return f"{weekday}{comma} {jalali.day} {month} {jalali.year}"
    return f"{jalali.day} {month} {jalali.year}"


def _distance(distance: timedelta) -> str:
    words = cldr.format_timedelta(distance, add_direction=True, locale=CLDR_LOCALES[language_in_use()])
    return localise_digits(words)


LONGEST_DAY: Final = 60  # letters


def _year_month_day(text: str) -> tuple[int, int, int]:
    parts = re.findall(r"\d+|[^\W\d_]+", text[:LONGEST_DAY])
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        numbers = [int(part) for part in parts]
        if len(parts[0]) == 4:
            return numbers[0], numbers[1], numbers[2]
        if len(parts[2]) == 4:
            return numbers[2], numbers[1], numbers[0]
        raise UnreadableDay(_("Check the year: write it with four digits."))
    numbers = [int(part) for part in parts if part.isdecimal()]
    months = [month for part in parts if (month := _month_named(part))]
    if len(numbers) == 2 and len(months) == 1:
        year, day = (numbers[0], numbers[1]) if numbers[0] > 31 else (numbers[1], numbers[0])
        return year, months[0], day
    raise UnreadableDay(_("This is not a date we can read. Try it like this: %(example)s") % {"example": example()})


def example() -> str:
    """A day written the way parse_day understands best, for hints."""
    return typed_day(timezone.localdate())


def _month_named(word: str) -> int | None:
    """Month by its name, from three letters on."""
    if len(word) < 2:
        return None
    if active_calendar() is Calendar.JALALI:
        lists = [_jalali_months(), JALALI_MONTHS["en"]]
    else:
        lists = [
            tuple(cldr.get_month_names("wide", context, locale=locale).values())
            for locale in (CLDR_LOCALES[language_in_use()], "en_GB")
            for context in ("format", "stand-alone")
        ]
    for names in lists:
        found = [number for number, name in enumerate(names, 1) if name.casefold() == word]
        if not found and len(word) >= 3:
            found = [number for number, name in enumerate(names, 1) if name.casefold().startswith(word)]
        if len(found) == 1:
            return found[0]
    return None
