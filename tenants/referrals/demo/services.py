"""What the demo's organisations offer, where and when, and a question for a place that was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.directory.domain.capacity import Capacity, confirm_capacities
from network_registry.directory.domain.questions import answer_question, ask_capacity
from network_registry.directory.domain.services import (
    ClosedDays,
    LocationDetails,
    OfferDetails,
    add_location,
    add_offer,
    add_service,
    close_on,
)
from network_registry.directory.gazetteer import town_named
from network_registry.directory.hours import Span, parse_day, spans_of
from network_registry.directory.models import CapacityQuestion, Location, Offer, Service
from network_registry.exchange.enums import Service as Need
from tenants.referrals.demo.services_texts import PLACES, QUESTIONS, SERVICES


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation."""
    if short_name not in SERVICES:
        return
    manager = next(seat for seat in seats.values() if seat.role == "manager")
    places = _places(short_name, manager)
    rows, days = [], {}
    for demo in SERVICES[short_name]:
        service = add_service(details=demo.details, by=manager)
        for line in demo.offers:
            offer = add_offer(
                service=service, location=places[line.place], details=OfferDetails(hours=_hours(line.days)), by=manager
            )
            if line.confirmed is not None:
                rows.append(Capacity(offer.pk, line.free, line.weeks, offer.version))
                days[offer.pk] = line.confirmed
    confirm_capacities(rows=rows, by=manager)
    for pk, ago in days.items():
        moment = timezone.now() - timedelta(days=ago, hours=2)
        Offer.objects.filter(pk=pk).update(confirmed_at=moment, changed_at=moment)


def _places(short_name: str, by: Seat) -> list[Location]:
    country, demos = PLACES[short_name]
    places = []
    for demo in demos:
        town = town_named(demo.place)
        assert town is not None
        details = LocationDetails(
            name=demo.name, place=demo.place, country=country, address=demo.address, postal_code=demo.postal_code,
            province=demo.province, latitude=town.latitude, longitude=town.longitude, accessibility=demo.accessibility,
            phone=demo.phone,
        )  # fmt: skip
        places.append(add_location(details=details, by=by))
        if demo.closed:
            ahead, length, why = demo.closed
            first = timezone.localdate() + timedelta(days=ahead)
            close_on(location=places[-1], add=ClosedDays(first, first + timedelta(days=length - 1), why), by=by)
    return places


def _hours(days: tuple[str, ...]) -> tuple[Span, ...]:
    week = [*days, *[days[-1]] * (7 - len(days))]
    return spans_of([parse_day(day) for day in week])


def ask(asker: str, seats: Mapping[str, Seat]) -> set[str]:
    """Inside of the organisation that asks: what it wants to know of others; who was asked."""
    asked = set()
    for question in QUESTIONS:
        if question.asker == asker:
            offer = next(offer for offer in _shown() if question.service in offer.service.names.values())
            ask_capacity(
                offer=offer,
                need=Need(offer.service.need),
                urgency=question.urgency,
                people=question.people,
                by=seats[question.by],
            )
            asked.add(offer.organisation.schema_name)
    return asked


def _shown() -> QuerySet[Offer]:
    return Offer.objects.select_related("service", "organisation").order_by("id")


def answer(asker: str, seats: Mapping[str, Seat]) -> None:
    """Inside of an organisation that was asked."""
    given = {(question.asker, question.service): question for question in QUESTIONS if question.answer}
    waiting = CapacityQuestion.objects.select_related("asker", "offer__service").filter(
        answer="", asker__schema_name=asker, target=required_organisation().id
    )
    for one in waiting:
        for name in one.offer.service.names.values():
            if question := given.get((asker, name)):
                assert question.answer is not None
                answer_question(
                    question=one,
                    answer=question.answer,
                    waiting_weeks=question.weeks,
                    by=seats[question.answered_by],
                )


def remove(organisations: object) -> None:
    """What the directory holds of these organisations."""
    CapacityQuestion.objects.filter(asker__in=organisations).delete()
    CapacityQuestion.objects.filter(target__in=organisations).delete()
    Service.objects.filter(organisation__in=organisations).delete()
    Location.objects.filter(organisation__in=organisations).delete()
