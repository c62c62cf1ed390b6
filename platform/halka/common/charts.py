"""Lines over time as SVG, drawn on the server: no script, no inline style, colours by classes of css/charts.css.

    {{ chart }}   # of time_line(TimeLine(…)); a table of the same numbers belongs beneath it

The drawing is made for the width of a phone and grows with its place. In a language written from right to left, time
runs that way too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from halka.common.calendars import format_day, localise_digits

WIDTH: Final = 340.0
HEIGHT: Final = 190.0
START: Final = 30.0  # room for the numbers of the axis
END: Final = 38.0  # room for the number at the end of a line
TOP: Final = 14.0
FOOT: Final = 44.0  # room for marks and days
APART: Final = 13.0  # numbers at the ends of two lines keep this distance
SHORTEST: Final = timedelta(days=28)  # so that two ratings in one week do not look like a cliff
STEPS: Final = (0, 25, 50, 75, 100)
STAR: Final = (
    (0, -6), (1.6, -1.9), (5.7, -1.9), (2.4, 0.8), (3.6, 5),
    (0, 2.5), (-3.6, 5), (-2.4, 0.8), (-5.7, -1.9), (-1.6, -1.9),
)  # fmt: skip


@dataclass(frozen=True)
class Series:
    """A line of values between 0 and 100; `look` is its number in css/charts.css: 1 solid with dots, 2 dashed with
    squares.
    """

    label: str
    points: Sequence[tuple[date, float]]
    look: int = 1


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day; `look`: star or flag."""

    on: date
    label: str
    look: str = "star"


@dataclass(frozen=True)
class TimeLine:
    """`key` makes ids that are unique on the page; `description` says in words what the drawing shows."""

    key: str
    title: str
    description: str
    series: Sequence[Series]
    marks: Sequence[Mark] = field(default_factory=tuple)
    start: date | None = None
    end: date | None = None


def signed(number: int) -> str:
    """With its sign before it, whichever way the line runs; a true minus."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    text = localise_digits(f"{sign}{abs(number)}")
    return f"\u2066{text}\u2069" if get_language_bidi() and sign else text


def time_line(chart: TimeLine) -> SafeString:
    """The drawing; nothing where there is nothing to draw."""
    days = [day for series in chart.series for day, _value in series.points]
    if not days:
        return SafeString("")
    scale = _Scale.of([*days, *(day for day in (chart.start, chart.end) if day)])
    marks = [mark for mark in chart.marks if scale.start <= mark.on <= scale.end]
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc"{}>'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}{}{}{}</svg>',
        round(WIDTH), round(HEIGHT), chart.key, chart.key,
        SafeString(' direction="rtl"') if scale.mirrored else "",
        chart.key, chart.title, chart.key, chart.description,
        _grid(scale), _days(scale), _marks(marks, scale),
        format_html_join("", "{}", ((_series(series, scale),) for series in chart.series)),
        _ends(chart.series, scale),
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    """Where days and values stand."""

    start: date
    end: date
    mirrored: bool

    @classmethod
    def of(cls, days: Sequence[date]) -> _Scale:
        start, end = min(days), max(days)
        if end - start < SHORTEST:
            missing = SHORTEST - (end - start)
            start, end = start - missing / 2, end + missing / 2
        return cls(start, end, get_language_bidi())

    def x(self, day: date) -> float:
        part = (day - self.start) / (self.end - self.start)
        return self.place(START + part * (WIDTH - START - END))

    def place(self, along: float) -> float:
        """A distance from where lines of text begin."""
        return WIDTH - along if self.mirrored else along

    @staticmethod
    def y(value: float) -> float:
        return HEIGHT - FOOT - value / 100 * (HEIGHT - TOP - FOOT)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(css: str, x: float, y: float, anchor: str, words: str) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, _number(x), _number(y), anchor, words
    )


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', css, _number(x1), _number(y1), _number(x2), _number(y2)
    )


def _grid(scale: _Scale) -> SafeString:
    begin, end = scale.place(START), scale.place(WIDTH - END)
    rows = []
    for step in STEPS:
        y = scale.y(step)
        rows.append((_line("chart-grid", begin, y, end, y),))
        if step in (0, 50, 100):
            rows.append((_text("chart-words", scale.place(START - 6), y + 3.5, "end", localise_digits(step)),))
    return format_html_join("", "{}", rows)


def _days(scale: _Scale) -> SafeString:
    """The first and the last day."""
    y = HEIGHT - 6
    return format_html(
        "{}{}",
        _text("chart-words", scale.place(START), y, "start", format_day(scale.start, "medium")),
        _text("chart-words", scale.place(WIDTH - END), y, "end", format_day(scale.end, "medium")),
    )


def _marks(marks: Sequence[Mark], scale: _Scale) -> SafeString:
    """Stars stand under the axis, flags as lines through the drawing."""
    drawn = []
    for mark in marks:
        x, y = scale.x(mark.on), HEIGHT - FOOT + 12
        if mark.look == "flag":
            pole = _line("chart-pole", x, TOP - 8, x, HEIGHT - FOOT)
            tip = x - 11 if scale.mirrored else x + 11
            shape = f"M{_number(x)} {_number(TOP - 8)}L{_number(tip)} {_number(TOP - 4)}L{_number(x)} {_number(TOP)}Z"
        else:
            pole = SafeString("")
            shape = _star(x, y)
        drawn.append((mark.look, f"{format_day(mark.on, 'medium')}: {mark.label}", pole, shape))
    return format_html_join("", '<g class="chart-{}"><title>{}</title>{}<path d="{}"/></g>', drawn)


def _star(x: float, y: float) -> str:
    return "M" + "L".join(f"{_number(x + dx)} {_number(y + dy)}" for dx, dy in STAR) + "Z"


def _series(series: Series, scale: _Scale) -> SafeString:
    places = [(scale.x(day), scale.y(value)) for day, value in series.points]
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in places)
    dots = format_html_join("", "{}", ((_dot(series.look, x, y),) for x, y in places))
    return format_html('<g class="chart-series chart-series-{}"><path d="{}"/>{}</g>', series.look, path, dots)


def _dot(look: int, x: float, y: float) -> SafeString:
    if look == 2:
        return format_html('<rect x="{}" y="{}" width="7" height="7"/>', _number(x - 3.5), _number(y - 3.5))
    return format_html('<circle cx="{}" cy="{}" r="4"/>', _number(x), _number(y))


def _ends(all_series: Sequence[Series], scale: _Scale) -> SafeString:
    """The last value beside the end of each line; two that would cover each other are moved apart."""
    ends = [(scale.y(series.points[-1][1]), series) for series in all_series if series.points]
    ends.sort(key=lambda end: end[0])
    drawn, lowest = [], -APART
    for y, series in ends:
        lowest = max(y, lowest + APART)
        words = localise_digits(round(series.points[-1][1]))
        css = f"chart-end chart-end-{series.look}"
        drawn.append((_text(css, scale.place(WIDTH - END + 8), lowest + 4, "start", words),))
    return format_html_join("", "{}", drawn)


def spark(title: str, points: Sequence[tuple[date, float]]) -> SafeString:
    """A line as small as a word, without axes; `title` says in words what it shows."""
    if not points:
        return SafeString("")
    width, height, margin = 160.0, 44.0, 6.0
    first, last = points[0][0], points[-1][0]
    mirrored = get_language_bidi()

    def place(day: date, value: float) -> tuple[float, float]:
        part = (day - first) / (last - first) if last > first else 0.5
        x = margin + part * (width - 2 * margin)
        return (width - x if mirrored else x), height - margin - value / 100 * (height - 2 * margin)

    places = [place(*point) for point in points]
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in places)
    return format_html(
        '<svg class="chart chart-spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
        '<g class="chart-series chart-series-1"><path d="{}"/>{}</g></svg>',
        round(width), round(height), title,
        _line("chart-grid", margin, margin, width - margin, margin),
        _line("chart-grid", margin, height - margin, width - margin, height - margin),
        path, _dot(1, *places[-1]),
    )  # fmt: skip
