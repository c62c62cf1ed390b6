"""Drawings over time: where things stand, which way time runs, what is said beside them."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halka.common.calendars import calendar_in_use
from halka.common.charts import HEIGHT, WIDTH, Mark, Series, TimeLine, signed, spark, time_line

DAY = date(2026, 3, 1)
LATER = DAY + timedelta(days=60)


def chart(**values):
    series = values.pop("series", [Series("Mentor", [(DAY, 0), (LATER, 100)])])
    return TimeLine(key="one", title="Social", description="From 0 to 100.", series=series, **values)


def path_of(svg, look=1):
    [d] = re.findall(rf'chart-series-{look}"><path d="M([^"]+)"', svg)
    return [tuple(map(float, pair.split())) for pair in d.split("L")]


def test_it_has_a_title_and_says_what_it_shows():
    svg = time_line(chart())
    assert 'aria-labelledby="one-title one-desc"' in svg
    assert '<title id="one-title">Social</title><desc id="one-desc">From 0 to 100.</desc>' in svg
    assert "style" not in svg
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_the_worst_is_below_and_the_later_is_further_on():
    (x1, y1), (x2, y2) = path_of(time_line(chart()))
    assert x1 < x2
    assert y1 > y2
    assert "1 Mar 2026" in time_line(chart())


def test_in_persian_it_is_mirrored():
    with override("fa"), calendar_in_use("jalali"):
        svg = time_line(chart(marks=[Mark(DAY, "Exit", "flag")]))
    with override("en"):
        plain = time_line(chart())
    assert 'direction="rtl"' in svg
    assert [round(WIDTH - x, 1) for x, _y in path_of(svg)] == [round(x, 1) for x, _y in path_of(plain)]
    assert "۱۰۰" in svg
    assert "۱۰ اسفند ۱۴۰۴" in svg


def test_what_happened_stands_on_its_day_and_what_is_beyond_is_left_out():
    svg = time_line(chart(marks=[Mark(DAY, "Smiled"), Mark(LATER, "Left", "flag"), Mark(date(2020, 1, 1), "Long ago")]))
    assert (svg.count("chart-star"), svg.count("chart-flag"), "Long ago" in svg) == (1, 1, False)
    assert "<title>1 Mar 2026: Smiled</title>" in svg
    wider = time_line(chart(marks=[Mark(date(2025, 12, 24), "Before")], start=date(2025, 12, 1), end=date(2026, 12, 1)))
    assert "Before" in wider


def test_two_numbers_at_the_ends_do_not_cover_each_other():
    both = [Series("Person", [(DAY, 10), (LATER, 50)], 1), Series("Mentor", [(DAY, 10), (LATER, 51)], 2)]
    svg = time_line(chart(series=both))
    ends = [float(y) for y in re.findall(r'class="chart-end chart-end-\d" x="[\d.]+" y="([\d.]+)"', svg)]
    assert abs(ends[0] - ends[1]) >= 13
    assert "<rect" in svg
    assert "<circle" in svg


def test_days_close_together_do_not_look_like_a_cliff():
    (x1, _y1), (x2, _y2) = path_of(time_line(chart(series=[Series("A", [(DAY, 0), (DAY + timedelta(days=2), 100)])])))
    assert x2 - x1 < WIDTH / 10
    [(x, _y)] = path_of(time_line(chart(series=[Series("A", [(DAY, 50)])])))
    assert WIDTH * 0.3 < x < WIDTH * 0.7


def test_nothing_is_drawn_of_nothing():
    assert time_line(chart(series=[])) == ""
    assert time_line(chart(series=[Series("A", [])])) == ""
    assert spark("Social", []) == ""


def test_words_from_outside_are_escaped():
    svg = time_line(chart(marks=[Mark(DAY, "<b>Smiled</b>")]))
    assert "<b>" not in svg


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 100)), min_size=1, max_size=9))
def test_everything_stays_inside(points):
    points.sort(key=lambda point: point[0])
    for x, y in path_of(time_line(chart(series=[Series("A", points)]))):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


@pytest.mark.parametrize(("number", "text"), [(5, "+5"), (-5, "−5"), (0, "0")])
def test_a_change_has_its_sign(number, text):
    assert signed(number) == text


def test_a_sign_stays_before_its_number_in_persian():
    with override("fa"):
        assert (signed(-18), signed(0)) == ("\u2066−۱۸\u2069", "۰")


def test_a_spark_is_a_line_with_its_end():
    svg = spark("Social. +50", [(DAY, 0), (LATER, 50)])
    assert 'aria-label="Social. +50"' in svg
    assert path_of(svg)[0][0] < path_of(svg)[1][0]
    with override("fa"):
        mirrored = spark("Social. +50", [(DAY, 0), (LATER, 50)])
    assert path_of(mirrored)[0][0] > path_of(mirrored)[1][0]
    [(x, _y)] = path_of(spark("One", [(DAY, 10)]))
    assert x == 80
