"""Opening hours: as people type and read them, and whether it is open now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from babel import dates as cldr
from django.utils.translation import gettext as _

from halka.common.calendars import (
    CLDR_LOCALES,
    Calendar,
    active_calendar,
    format_day,
    language_in_use,
    latin_digits,
    localise_digits,
)

Interval = tuple[time, time]
SPAN: Final = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|−|\bto\b|\bdo\b|\biki\b|\bderi\b|تا)\s*(\d{1,2})(?:[:.h](\d{2}))?"
)
BETWEEN: Final = re.compile(r"[\s,،;+&]*(?:\b(?:and|i|in|ir|dhe)\b|و)?[\s,،;]*")
LAST_MINUTE: Final = time(23, 59)
DAYS_AHEAD: Final = 14  # how far the next opening is looked for


class UnreadableHours(ValueError):
    """The message says what was expected."""


@dataclass(frozen=True)
class Span:
    """Once a week; Monday is 0."""

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class Opening:
    """Whether it is open, and until when, or when it opens next (None: nobody knows), as the clock there shows it."""

    is_open: bool
    changes_at: datetime | None
    today: date

    @property
    def day_words(self) -> str:
        """On which day it opens or closes: by its name in the coming week."""
        if self.changes_at is None:
            return ""
        day = self.changes_at.date()
        ahead = (day - self.today).days
        if ahead < 2:
            return _("tomorrow") if ahead else _("today")
        return day_name(day.weekday()) if ahead < 7 else format_day(day)


def parse_day(text: str) -> tuple[Interval, ...]:
    """What was typed for one day: "8-16", "8:00–12:00, 13–17", «۸ تا ۱۶». Nothing typed: closed."""
    rest, found = latin_digits(text.strip().casefold()), []
    while rest:
        match = SPAN.match(rest)
        if match is None:
            raise UnreadableHours(_("Write hours like this: %(example)s") % {"example": example()})
        found.append(_interval(*match.groups()))
        rest = rest[match.end() :]
        rest = rest[BETWEEN.match(rest).end() :]  # type: ignore[union-attr]  # matches nothing too
    found.sort()
    if any(before[1] > after[0] for before, after in pairwise(found)):
        raise UnreadableHours(_("These hours overlap."))
    return tuple(found)


def _interval(hour: str, minute: str | None, to_hour: str, to_minute: str | None) -> Interval:
    try:
        opens = time(int(hour), int(minute or 0))
        closes = LAST_MINUTE if to_hour == "24" else time(int(to_hour), int(to_minute or 0))
    except ValueError as error:
        raise UnreadableHours(_("There is no such time of day.")) from error
    if opens >= closes:
        raise UnreadableHours(_("It must close after it opens, on the same day."))
    return opens, closes


def typed_day(intervals: Iterable[Interval]) -> str:
    """As `parse_day` reads it."""
    return localise_digits(", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in intervals))


def _clock(value: time) -> str:
    return "24:00" if value == LAST_MINUTE else f"{value.hour}:{value.minute:02}"


def spans_of(days: Sequence[Iterable[Interval]]) -> tuple[Span, ...]:
    """Of seven days, Monday first."""
    return tuple(Span(weekday, *interval) for weekday, day in enumerate(days) for interval in day)


def days_of(spans: Iterable[Span]) -> list[tuple[Interval, ...]]:
    """Seven days, Monday first."""
    days: list[list[Interval]] = [[] for _weekday in range(7)]
    for span in spans:
        days[span.weekday].append((span.opens_at, span.closes_at))
    return [tuple(sorted(day)) for day in days]


def week() -> list[int]:
    """The days in the order in which the reader's calendar has them: Saturday first in Iran."""
    first = 5 if active_calendar() is Calendar.JALALI else 0
    return [(first + day) % 7 for day in range(7)]


def working_days() -> tuple[int, ...]:
    """Where the week begins on Saturday, Thursday and Friday are free; elsewhere Saturday and Sunday."""
    return (5, 6, 0, 1, 2) if active_calendar() is Calendar.JALALI else (0, 1, 2, 3, 4)


def example() -> str:
    return localise_digits("8:00–16:00")


def day_name(weekday: int) -> str:
    names = cldr.get_day_names("wide", "stand-alone", CLDR_LOCALES[language_in_use()])
    name = str(names[weekday])
    return name[:1].upper() + name[1:]


def lines(spans: Iterable[Span]) -> list[tuple[str, str]]:
    """(days, hours) as people read them; days that follow each other with the same hours stand together."""
    days = days_of(spans)
    groups: list[list[int]] = []
    for weekday in week():
        if groups and days[groups[-1][0]] == days[weekday]:
            groups[-1].append(weekday)
        else:
            groups.append([weekday])
    return [
        (
            day_name(group[0]) if len(group) == 1 else f"{day_name(group[0])} – {day_name(group[-1])}",
            typed_day(days[group[0]]) or _("closed"),
        )
        for group in groups
        if any(days[weekday] for weekday in group) or len(group) < 7
    ]


def opening(spans: Iterable[Span], closed: Iterable[tuple[date, date]], *, zone: str, now: datetime) -> Opening:
    """How it stands at this moment; `closed` are first and last days on which all is closed."""
    clock = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days, closed = days_of(spans), list(closed)
    for ahead in range(DAYS_AHEAD + 1):
        day = clock.date() + timedelta(days=ahead)
        if any(first <= day <= last for first, last in closed):
            continue
        for opens, closes in days[day.weekday()]:
            start, end = datetime.combine(day, opens), datetime.combine(day, closes)
            if start <= clock < end:
                return Opening(True, end, clock.date())
            if clock < start:
                return Opening(False, start, clock.date())
    return Opening(False, None, clock.date())
