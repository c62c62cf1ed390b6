"""Finding what is offered: by need, nearest first, in a language, open now, with free places, by words.

Words are found as they stand; where there is none, those that look nearly the same are. Nearness is measured ring by
ring, so that whoever asks in a network of ten thousand services waits no longer than in one of a hundred.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    F,
    Field,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TimeField,
    Value,
)
from django.db.models.functions import ASin, Cast, Cos, Power, Radians, Sin, Sqrt
from django.utils import timezone

from halka.common.folding import folded
from halka.common.paging import Near, Slice, leads_back, slice_of
from network_registry.directory.domain.services import hours_of
from network_registry.directory.enums import SHOWN
from network_registry.directory.gazetteer import EARTH, distance
from network_registry.directory.hours import Opening, opening
from network_registry.directory.models import Closure, Entry, Hours, Offer, Word

RINGS: Final = (10_000, 50_000)  # metres around; then everything
NARROWED: Final = (50_000,)  # where fewer are looked for, the small ring seldom fills a page
DEGREE: Final = math.pi * EARTH / 180  # metres of a degree of latitude
SHORTEST_WORD: Final = 2
ALIKE: Final = 4  # known words that stand for one with a mistake
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
    meant = [_meant(word) for word in words]
    is_guess = any(others != [word] for word, others in zip(words, meant, strict=True))
    part = _page(rows.filter(*map(_holding, meant)), wanted, cursor, size)
    return Results(_found(part.items, wanted, now), part.previous, part.next, is_guess and bool(part.items))


def _meant(word: str) -> list[str]:
    """The word, or where no entry holds it, the few known words that look most like it."""
    if len(word) <= SHORTEST_WORD or Word.objects.filter(word__contains=word).exists():
        return [word]
    alike = Word.objects.filter(TrigramSimilar(F("word"), word)).annotate(likeness=TrigramSimilarity("word", word))
    return list(alike.order_by("-likeness", "word").values_list("word", flat=True)[:ALIKE])


def _holding(words: list[str]) -> Q:
    """Any of them; of no word, nothing."""
    return reduce(or_, (Q(search_key__contains=word) for word in words), Q(pk__in=[]))


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
        rows = _open(rows, now)
    return rows


def _open(rows: QuerySet[Entry], now: datetime) -> QuerySet[Entry]:
    """Those that are open at this moment, by the clock of each organisation."""
    clock: dict[str, Any] = {
        "here_on": _there(now, "(%(expressions)s)::date", DateField()),
        "here_at": _there(now, "(%(expressions)s)::time", TimeField()),
        "weekday": _there(now, "(EXTRACT(ISODOW FROM (%(expressions)s))::int - 1)", IntegerField()),
    }
    hours = Hours.objects.filter(
        offer=OuterRef("offer"),
        weekday=OuterRef("weekday"),
        opens_at__lte=OuterRef("here_at"),
        closes_at__gt=OuterRef("here_at"),
    )
    closed = Closure.objects.filter(
        location=OuterRef("location"), first_on__lte=OuterRef("here_on"), last_on__gte=OuterRef("here_on")
    )
    return rows.alias(**clock).filter(Exists(hours), ~Exists(closed))


def _there(now: datetime, template: str, field: Field[Any, Any]) -> Any:
    moment = Value(now, output_field=DateTimeField())
    zone = F("organisation__time_zone")
    return Func(moment, zone, template=template, arg_joiner=" AT TIME ZONE ", output_field=field)


def _page(rows: QuerySet[Entry], wanted: Wanted, cursor: str, size: int) -> Slice[Entry]:
    if wanted.near is None:
        # A word that many entries hold fills the page from those that stand next in the list.
        beside = Near(Entry.objects.all(), rows) if wanted.text else None
        return slice_of(rows, keys=["sort_key", "id"], cursor=cursor, size=size, near=beside)
    far = wanted.within or math.inf
    # What lies before a place in the list is not where the rings begin.
    narrowed = wanted.need or wanted.language or wanted.text
    rings = () if leads_back(cursor) else [ring for ring in (NARROWED if narrowed else RINGS) if ring < far]
    measured: Any = rows.filter(latitude__isnull=False).annotate(metres=_metres(wanted.near))
    for ring in (*rings, far):
        near = measured.filter(_belt(wanted.near, ring), metres__lte=ring) if ring < math.inf else measured
        part: Slice[Entry] = slice_of(near, keys=["metres", "id"], cursor=cursor, size=size)
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
