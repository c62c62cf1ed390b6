"""A map as SVG, drawn from our own data: no picture comes from anybody else. A table of the same belongs beneath it.

    drawing = draw(Map(key="found", title=…, points=…, home=…))

North is up in every language. The size is that of a phone and grows with its place; colours are those of css/map.css.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halka.common.calendars import localise_digits
from network_registry.directory.gazetteer import EARTH, Town, distance, towns

WIDTH: Final = 360.0
HEIGHT: Final = 300.0
MARGIN: Final = 34.0
SMALLEST: Final = 4_000.0  # metres from side to side, so that one point is no emptiness
DEGREE: Final = math.pi * EARTH / 180
MOST_TOWNS: Final = 9
APART: Final = 26.0  # between names of towns, and from them to the points
MERGED: Final = 15.0  # points nearer than this are drawn as one
STEPS: Final = (1, 2, 5)


@dataclass(frozen=True)
class Spot:
    """Something at a place: `number` is that of the list, `href` leads there."""

    number: int
    label: str
    href: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Map:
    """`home` is where the distances are counted from: (name, latitude, longitude)."""

    key: str
    title: str
    spots: Sequence[Spot] = field(default_factory=tuple)
    home: tuple[str, float, float] | None = None


@dataclass(frozen=True)
class _Scale:
    """Flat, true at its middle: enough for a country."""

    latitude: float
    longitude: float
    metres: float  # of one unit of the drawing

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        east = (longitude - self.longitude) * DEGREE * math.cos(math.radians(self.latitude))
        north = (latitude - self.latitude) * DEGREE
        return WIDTH / 2 + east / self.metres, HEIGHT / 2 - north / self.metres

    def shows(self, x: float, y: float) -> bool:
        return 8 <= x <= WIDTH - 8 and 14 <= y <= HEIGHT - 26


def draw(about: Map) -> SafeString:
    """The drawing; nothing where nothing has a place."""
    corners = [(spot.latitude, spot.longitude) for spot in about.spots]
    if not corners:
        return SafeString("")
    if about.home:
        corners.append(about.home[1:])
    scale = _scale(corners)
    groups = _merged(about.spots, scale)
    taken = [place for place, _spots in groups]
    words = format_html_join("", "{}", ((_town(town, scale),) for town in _shown_towns(scale, taken, about.home)))
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-labelledby="{}-title" direction="ltr">'
        '<title id="{}-title">{}</title><rect class="map-land" width="{}" height="{}" rx="10"/>{}{}{}{}</svg>',
        round(WIDTH), round(HEIGHT), about.key,
        about.key, about.title, round(WIDTH), round(HEIGHT),
        words, _home(about.home, scale),
        format_html_join("", "{}", ((_spot(place, spots),) for place, spots in groups)),
        _bar(scale),
    )  # fmt: skip


def _scale(corners: Sequence[tuple[float, float]]) -> _Scale:
    south, north = min(corner[0] for corner in corners), max(corner[0] for corner in corners)
    west, east = min(corner[1] for corner in corners), max(corner[1] for corner in corners)
    latitude, longitude = (south + north) / 2, (west + east) / 2
    wide = (east - west) * DEGREE * math.cos(math.radians(latitude))
    high = (north - south) * DEGREE
    metres = max(wide / (WIDTH - 2 * MARGIN), high / (HEIGHT - 2 * MARGIN), SMALLEST / WIDTH)
    return _Scale(latitude, longitude, metres)


def _merged(spots: Sequence[Spot], scale: _Scale) -> list[tuple[tuple[float, float], list[Spot]]]:
    """What would cover each other stands together, where the first of them is."""
    groups: list[tuple[tuple[float, float], list[Spot]]] = []
    for spot in spots:
        place = scale.place(spot.latitude, spot.longitude)
        near = next((group for group in groups if math.dist(group[0], place) < MERGED), None)
        if near:
            near[1].append(spot)
        else:
            groups.append((place, [spot]))
    return groups


def _spot(place: tuple[float, float], spots: Sequence[Spot]) -> SafeString:
    """A link with the number of the list on it; a ring around it tells the one that has the focus."""
    x, y = place
    numbers = localise_digits(", ".join(str(spot.number) for spot in spots))
    first = localise_digits(spots[0].number)
    more = f"{first}+" if len(spots) > 1 else first
    label = "; ".join(f"{localise_digits(spot.number)}. {spot.label}" for spot in spots)
    return format_html(
        '<a class="map-spot" href="{}" aria-label="{}"><title>{}</title>'
        '<circle class="map-touch" cx="{}" cy="{}" r="16"/><circle class="map-dot" cx="{}" cy="{}" r="11"/>'
        '<text x="{}" y="{}" text-anchor="middle" data-numbers="{}">{}</text></a>',
        spots[0].href, label, label, _n(x), _n(y), _n(x), _n(y), _n(x), _n(y + 4), numbers, more,
    )  # fmt: skip


def _home(home: tuple[str, float, float] | None, scale: _Scale) -> SafeString:
    if home is None:
        return SafeString("")
    x, y = scale.place(home[1], home[2])
    return format_html(
        '<g class="map-home"><title>{}</title><path d="M{} {}l7 7-7 7-7-7z"/><text x="{}" y="{}" '
        'text-anchor="middle">{}</text></g>',
        home[0], _n(x), _n(y - 7), _n(x), _n(y + 19), home[0],
    )  # fmt: skip


def _shown_towns(
    scale: _Scale, taken: Iterable[tuple[float, float]], home: tuple[str, float, float] | None
) -> list[Town]:
    """Some towns to know one's way by, the large ones first, where there is room for their names."""
    places = list(taken)
    if home:
        places.append(scale.place(home[1], home[2]))
    shown = []
    for town in sorted(towns(), key=lambda town: not town.is_large):
        place = scale.place(town.latitude, town.longitude)
        if scale.shows(*place) and all(_is_apart(place, other) for other in places):
            shown.append(town)
            places.append(place)
            if len(shown) == MOST_TOWNS:
                break
    return shown


def _is_apart(place: tuple[float, float], other: tuple[float, float]) -> bool:
    """Names are wide and low."""
    return abs(place[0] - other[0]) > 2 * APART or abs(place[1] - other[1]) > APART


def _town(town: Town, scale: _Scale) -> SafeString:
    x, y = scale.place(town.latitude, town.longitude)
    side = "end" if x > WIDTH * 0.75 else "start"
    return format_html(
        '<g class="map-town" aria-hidden="true"><circle cx="{}" cy="{}" r="2"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text></g>',
        _n(x), _n(y), _n(x + (-5 if side == "end" else 5)), _n(y + 4), side, town.name,
    )  # fmt: skip


def _bar(scale: _Scale) -> SafeString:
    """How long a round number of kilometres is."""
    length = bar_metres(scale.metres)
    end = 14 + length / scale.metres
    return format_html(
        '<g class="map-bar" role="img" aria-label="{}"><path d="M14 {}v6h{}v-6"/><text x="{}" y="{}">{}</text></g>',
        _("Scale: the line is %(way)s long") % {"way": way_in_words(length)},
        _n(HEIGHT - 18), _n(end - 14), _n(end + 6), _n(HEIGHT - 10), way_in_words(length),
    )  # fmt: skip


def bar_metres(unit: float) -> int:
    """The longest round length that takes at most a quarter of the width."""
    longest = unit * WIDTH / 4
    power = 10 ** math.floor(math.log10(longest))
    return round(max(step * power for step in STEPS if step * power <= longest))


def way_in_words(metres: float) -> str:
    """As far as a person wants to know it."""
    if metres < 950:
        return _("%(number)s m") % {"number": localise_digits(max(50, round(metres / 50) * 50))}
    kilometres = metres / 1000
    number = f"{kilometres:.1f}".removesuffix(".0") if kilometres < 9.95 else str(round(kilometres))
    return _("%(number)s km") % {"number": localise_digits(number)}


def direction(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> str:
    """Where the other lies, in words; nothing where it is the same place."""
    if distance(latitude, longitude, other_latitude, other_longitude) < 200:
        return ""
    east = (other_longitude - longitude) * math.cos(math.radians((latitude + other_latitude) / 2))
    eighth = round(math.degrees(math.atan2(east, other_latitude - latitude)) / 45) % 8
    words = (_("north"), _("north-east"), _("east"), _("south-east"), _("south"), _("south-west"), _("west"),
             _("north-west"))  # fmt: skip
    return words[eighth]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
