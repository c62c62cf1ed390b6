"""Hours as people write them, towns as they call them, and the map."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.utils import translation

from halka.common.calendars import Calendar, activate_calendar
from network_registry.directory import gazetteer, maps
from network_registry.directory.hours import (
    Opening,
    Span,
    UnreadableHours,
    day_name,
    days_of,
    lines,
    opening,
    parse_day,
    spans_of,
    typed_day,
    week,
    working_days,
)


@pytest.fixture
def jalali() -> Any:
    activate_calendar(Calendar.JALALI)
    with translation.override("fa"):
        yield
    activate_calendar(Calendar.GREGORIAN)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("  ", ()),
        ("8-16", ((time(8), time(16)),)),
        ("8:30–12.15", ((time(8, 30), time(12, 15)),)),
        ("13-17, 8-12", ((time(8), time(12)), (time(13), time(17)))),
        ("8 do 12 i 13 do 17", ((time(8), time(12)), (time(13), time(17)))),
        ("۸ تا ۱۲ و ۱۳ تا ۱۶", ((time(8), time(12)), (time(13), time(16)))),
        ("20-24", ((time(20), time(23, 59)),)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, read: Any) -> None:
    assert parse_day(typed) == read
    assert parse_day(typed_day(read)) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mornings", "like this: 8:00–16:00"),
        ("8-16 maybe", "like this"),
        ("16-8", "after it opens"),
        ("8-25", "no such time"),
        ("8-12, 11-13", "overlap"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(typed: str, told: str) -> None:
    with pytest.raises(UnreadableHours, match=told):
        parse_day(typed)


def test_days_with_the_same_hours_stand_together() -> None:
    weekdays, evening = parse_day("8-16"), parse_day("17-19")
    spans = spans_of([weekdays, weekdays, weekdays, evening, weekdays, (), ()])
    assert lines(spans) == [
        ("Monday – Wednesday", "8:00–16:00"),
        ("Thursday", "17:00–19:00"),
        ("Friday", "8:00–16:00"),
        ("Saturday – Sunday", "closed"),
    ]
    assert lines(()) == []
    assert days_of(spans)[3] == evening
    assert typed_day(parse_day("20-24")) == "20:00–24:00"


def test_the_week_of_the_reader(jalali: None) -> None:
    assert week() == [5, 6, 0, 1, 2, 3, 4]
    assert working_days() == (5, 6, 0, 1, 2)
    assert day_name(5) == "شنبه"
    assert lines((Span(5, time(8), time(14)),))[0] == ("شنبه", "۸:۰۰–۱۴:۰۰")


SPANS = (Span(0, time(8), time(12)), Span(0, time(13), time(16)), Span(3, time(17), time(19)))


@pytest.mark.parametrize(
    ("now", "is_open", "changes_at", "words"),
    [
        ("2026-11-23T07:59", False, "2026-11-23T08:00", "today"),
        ("2026-11-23T08:00", True, "2026-11-23T12:00", "today"),
        ("2026-11-23T12:00", False, "2026-11-23T13:00", "today"),
        ("2026-11-23T16:00", False, "2026-11-26T17:00", "Thursday"),
        ("2026-11-25T12:00", False, "2026-11-26T17:00", "tomorrow"),
        ("2026-11-26T20:00", False, "2026-12-07T08:00", "7 December 2026"),  # closed in between
    ],
)
def test_whether_it_is_open(now: str, is_open: bool, changes_at: str, words: str) -> None:
    closed = [(date(2026, 11, 30), date(2026, 12, 6))]
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = opening(SPANS, closed, zone="UTC", now=moment)
    assert (found.is_open, found.changes_at) == (is_open, datetime.fromisoformat(changes_at))
    assert found.day_words == words


def test_it_opens_when_the_clock_there_says_so() -> None:
    now = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    assert not opening(SPANS, [], zone="UTC", now=now).is_open
    assert opening(SPANS, [], zone="Asia/Tehran", now=now) == Opening(
        True, datetime(2026, 11, 23, 12, 0), date(2026, 11, 23)
    )


def test_nobody_knows_when_it_opens() -> None:
    found = opening((), [], zone="UTC", now=datetime(2026, 11, 23, tzinfo=UTC))
    assert found == Opening(False, None, date(2026, 11, 23))
    assert found.day_words == ""


# --- towns -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Tetovo", "Tetovë"),
        ("тетово", "Tetovë"),
        ("TETOVE", "Tetovë"),
        ("Valjevo, Gorić", "Valjevo"),
        ("Ваљево", "Valjevo"),
        ("Valevo", "Valjevo"),
        ("rokiskis", "Rokiškis"),
        ("Slovenj", "Slovenj Gradec"),
        ("مشهد، شهرک مهرگان", "مشهد"),
        ("نيشابور", "نیشابور"),
        ("Nishapur", "نیشابور"),
        ("Beo", "Beograd"),
    ],
)
def test_towns_are_found_as_people_call_them(typed: str, name: str) -> None:
    town = gazetteer.town_named(typed)
    assert town is not None
    assert town.name == name


@pytest.mark.parametrize("typed", ["", "  ", "Atlantis", "xy", "?", ","])
def test_other_places_are_not_guessed(typed: str) -> None:
    assert gazetteer.town_named(typed) is None


def test_every_town_is_where_its_country_is() -> None:
    boxes = {"MK": (40.8, 42.4, 20.4, 23.1), "AL": (39.6, 42.7, 19.2, 21.1), "XK": (41.8, 43.3, 20.0, 21.8),
             "RS": (42.2, 46.2, 18.8, 23.1), "ME": (41.8, 43.6, 18.4, 20.4), "BA": (42.5, 45.3, 15.7, 19.7),
             "HR": (42.3, 46.6, 13.4, 19.5), "SI": (45.4, 46.9, 13.3, 16.7), "LT": (53.8, 56.5, 20.9, 26.9),
             "IR": (25.0, 39.8, 44.0, 63.4)}  # fmt: skip
    outside = [
        town
        for town in gazetteer.towns()
        for south, north, west, east in [boxes[town.country]]
        if not (south < town.latitude < north and west < town.longitude < east)
    ]
    assert outside == []
    assert len(gazetteer.towns()) == len(set(gazetteer.towns())) > 150


def test_distances() -> None:
    assert gazetteer.distance(0, 0, 1, 0) == pytest.approx(111_195, abs=1)
    assert gazetteer.distance(60, 20, 60, 21) == pytest.approx(55_597, abs=5)
    assert gazetteer.distance(0, 0, 0, 180) == pytest.approx(20_015_087, abs=1)
    assert gazetteer.distance(1, 2, 1, 2) == 0


# --- the map ---------------------------------------------------------------------------------------------------------

TETOVO, GOSTIVAR = (42.010, 20.971), (41.796, 20.908)


def spot(number: int, place: tuple[float, float], label: str = "House") -> maps.Spot:
    return maps.Spot(number, label, f"#offer-{number}", *place)


def places_in(drawing: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'map-dot" cx="([\d.]+)" cy="([\d.]+)"', drawing)]


def test_north_is_up_and_points_lead_to_the_list() -> None:
    home = ("Tetovë", *TETOVO)
    drawing = maps.draw(maps.Map("m", "A <map>", [spot(1, TETOVO), spot(2, GOSTIVAR, "<b>")], home))
    (x1, y1), (x2, y2) = places_in(drawing)
    assert y1 < y2
    assert x2 < x1
    assert 'href="#offer-2" aria-label="2. &lt;b&gt;"' in drawing
    assert "A &lt;map&gt;" in drawing
    assert 'class="map-home"' in drawing
    assert "<b>" not in drawing
    assert 'style="' not in drawing


def test_points_at_one_place_are_one() -> None:
    drawing = maps.draw(maps.Map("m", "Map", [spot(1, TETOVO), spot(2, TETOVO), spot(3, GOSTIVAR)]))
    assert len(places_in(drawing)) == 2
    assert 'aria-label="1. House; 2. House"' in drawing
    assert 'data-numbers="1, 2">1+<' in drawing
    assert "map-home" not in drawing


def test_towns_help_to_find_ones_way() -> None:
    spots = [spot(1, TETOVO), spot(2, (44.271, 19.884))]
    drawing = maps.draw(maps.Map("m", "Map", spots))
    names = re.findall(r'text-anchor="(?:start|end)">([^<]+)</text></g>', drawing)
    assert 0 < len(names) <= maps.MOST_TOWNS
    assert "Tehran" not in drawing
    one = maps.draw(maps.Map("m", "Map", [spot(1, TETOVO)]))
    assert places_in(one) == [(180.0, 150.0)]
    assert maps.draw(maps.Map("m", "Map", [])) == ""


def test_a_town_at_the_edge_has_its_name_inside() -> None:
    drawing = maps.draw(maps.Map("m", "Map", [spot(1, (42.0, 18.0)), spot(2, (42.6, 21.25))]))
    for x, anchor in re.findall(r'<g class="map-town".*?<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)"', drawing):
        assert anchor == ("end" if float(x) + 5 > maps.WIDTH * 0.75 else "start")


@pytest.mark.parametrize(("unit", "metres"), [(11.1, 500), (40, 2_000), (56, 5_000), (100, 5_000), (9_000, 500_000)])
def test_the_bar_is_a_round_number(unit: float, metres: int) -> None:
    assert maps.bar_metres(unit) == metres


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (10, "50 m"),
        (420, "400 m"),
        (950, "0.9 km"),
        (1_000, "1 km"),
        (9_940, "9.9 km"),
        (9_960, "10 km"),
        (266_400, "266 km"),
    ],
)
def test_ways_in_words(metres: float, words: str) -> None:
    assert maps.way_in_words(metres) == words


@pytest.mark.parametrize(
    ("other", "words"),
    [((43, 20.971), "north"), ((42.5, 21.6), "north-east"), ((42.010, 22), "east"), ((41, 20.971), "south"),
     ((42.010, 20), "west"), ((42.5, 20.3), "north-west"), (TETOVO, "")],
)  # fmt: skip
def test_directions(other: tuple[float, float], words: str) -> None:
    assert maps.direction(*TETOVO, *other) == words
