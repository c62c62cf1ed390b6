"""Finding what is offered: by need, nearest first, in a language, open now, with free places, by words.

Words are found as they stand; where there is none, those that look nearly the same are. Nearness is measured ring by
ring, so that whoever asks in a network of ten thousand services waits no longer than in one of a hundred.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ASin, Cast, Cos, Power, Radians, Sin, Sqrt
from django.utils import timezone

from halka.common.folding import folded
from halka.common.paging import Slice, leads_back, slice_of
from network_registry.directory.domain.services import hours_of
from network_registry.directory.enums import SHOWN
from network_registry.directory.gazetteer import EARTH, distance
from network_registry.directory.hours import Opening, opening
from network_registry.directory.models import Closure, Entry, Hours, Offer
from tenants.organisations.enums import TimeZone

RINGS: Final = (5_000, 20_000, 80_000, 320_000)  # metres; then everything
DEGREE: Final = math.pi * EARTH / 180  # metres of a degree of latitude
SHORTEST_WORD: Final = 2
MOST_WORDS: Final = 6
SIZE: Final = 20


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Wanted:
    """What is looked for; all of it must hold. `within` is in metres and counts from `near`."""

    need: str = ""
    language: str = ""
    text: str = ""
    near: Point | None = None
    within: int | None = None
    open_now: bool = False
    has_places: bool = False
    without: UUID | None = None  # an organisation, usually one's own


@dataclass(frozen=True)
class Found:
    """An offer with what a result says of it; `metres` is None where the way is not known."""

    offer: Offer
    metres: int | None
    opening: Opening


@dataclass(frozen=True)
class Results:
    found: list[Found]
    previous: str
    next: str
    is_guess: bool  # no word was found as it was typed; these look nearly the same


def search(wanted: Wanted, *, cursor: str = "", size: int = SIZE, now: datetime | None = None) -> Results:
    """A page of what is offered: the nearest first, or by name where no place is given."""
    now = now or timezone.now()
    words = [word for word in folded(wanted.text).split() if len(word) >= SHORTEST_WORD][:MOST_WORDS]
    rows = _filtered(wanted, now)
    exact = rows.filter(*(Q(search_key__contains=word) for word in words))
    part = _page(exact, wanted, cursor, size)
    alike = [Q(TrigramWordSimilar(F("search_key"), word)) for word in words if len(word) > SHORTEST_WORD]
    guess = bool(alike) and not part.items and not part.previous
    if guess:
        part = _page(rows.filter(*alike), wanted, cursor, size)
    return Results(_found(part.items, wanted, now), part.previous, part.next, guess and bool(part.items))


def _filtered(wanted: Wanted, now: datetime) -> QuerySet[Entry]:
    rows = Entry.objects.filter(organisation__state__in=SHOWN)
    if wanted.need:
        rows = rows.filter(need=wanted.need)
    if wanted.language:
        rows = rows.filter(languages__contains=[wanted.language])
    if wanted.has_places:
        rows = rows.filter(free_places__gt=0)
    if wanted.without:
        rows = rows.exclude(organisation=wanted.without)
    if wanted.open_now:
        rows = rows.filter(_open_at(now))
    return rows


def _open_at(now: datetime) -> Q:
    """In each organisation's own time."""
    possible = Q(pk__in=[])
    for zone in TimeZone.values:
        here = now.astimezone(ZoneInfo(zone))
        open_hours = Hours.objects.filter(
            offer=OuterRef("offer"), weekday=here.weekday(), opens_at__lte=here.time(), closes_at__gt=here.time()
        )
        closed = Closure.objects.filter(
            location=OuterRef("location"), first_on__lte=here.date(), last_on__gte=here.date()
        )
        possible |= Q(Exists(open_hours), ~Exists(closed), organisation__time_zone=zone)
    return possible


def _page(rows: QuerySet[Entry], wanted: Wanted, cursor: str, size: int) -> Slice[Entry]:
    if wanted.near is None:
        return slice_of(rows, keys=["sort_key", "id"], cursor=cursor, size=size)
    far = wanted.within or math.inf
    # What lies before a place in the list is not where the rings begin.
    rings = () if leads_back(cursor) else [ring for ring in RINGS if ring < far]
    measured = rows.filter(latitude__isnull=False).annotate(metres=_metres(wanted.near))
    for ring in (*rings, far):
        near = measured.filter(_belt(wanted.near, ring), metres__lte=ring) if ring < math.inf else measured
        part = slice_of(near, keys=["metres", "id"], cursor=cursor, size=size)
        if part.next:
            return part
    return part


def _belt(point: Point, metres: float) -> Q:
    """A box around the circle, which an index answers."""
    high = metres / DEGREE
    wide = high / max(math.cos(math.radians(min(abs(point.latitude) + high, 89.0))), 0.01)
    return Q(
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
    )


def _metres(point: Point) -> Any:
    """The haversine formula; whole metres, so that a page can begin after one."""
    here = math.radians(point.latitude)
    north, east = Radians(F("latitude")), Radians(F("longitude"))
    half = Power(Sin((north - Value(here)) / 2), 2) + Value(math.cos(here)) * Cos(north) * Power(
        Sin((east - Value(math.radians(point.longitude))) / 2), 2
    )
    least = Func(Value(1.0), Sqrt(half), function="LEAST")
    return Cast(Value(2 * EARTH) * ASin(least), IntegerField())


def _found(rows: list[Entry], wanted: Wanted, now: datetime) -> list[Found]:
    """The offers themselves, in five queries for any number of them."""
    offers = offers_in_full().in_bulk([row.offer_id for row in rows])
    found = (with_opening(offers[row.offer_id], now=now) for row in rows if row.offer_id in offers)
    return [replace(one, metres=_way(one.offer, wanted.near)) for one in found]


def offers_in_full() -> QuerySet[Offer]:
    """With service, place, organisation, hours and closed days."""
    return Offer.objects.select_related("service__organisation", "location", "organisation").prefetch_related(
        "hours", "location__closures"
    )


def with_opening(offer: Offer, *, now: datetime) -> Found:
    closed = [(closure.first_on, closure.last_on) for closure in offer.location.closures.all()]
    return Found(offer, None, opening(hours_of(offer), closed, zone=offer.organisation.time_zone, now=now))


def _way(offer: Offer, near: Point | None) -> int | None:
    latitude, longitude = offer.location.latitude, offer.location.longitude
    if near is None or latitude is None or longitude is None:
        return None
    return round(distance(near.latitude, near.longitude, latitude, longitude))
