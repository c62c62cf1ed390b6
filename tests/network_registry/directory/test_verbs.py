"""Keeping services up to date, and asking for a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from halka.audit.models import Entry as AuditEntry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from network_registry.directory import tasks as background
from network_registry.directory.domain import capacity, services
from network_registry.directory.domain.questions import answer_question, ask_capacity
from network_registry.directory.enums import Answer, Urgency
from network_registry.directory.errors import (
    AnsweredAlready,
    AskedAlready,
    CapacityMeanwhile,
    NotOffered,
    OfferedAlready,
)
from network_registry.directory.hours import Span
from network_registry.directory.models import CapacityQuestion, Closure, Entry, Offer, Service
from network_registry.exchange.enums import Service as Need
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

Make = Callable[..., Offer]
DETAILS = services.ServiceDetails(names={"en": "Sewing"}, descriptions={"en": "By hand"}, need="training")
PLACE = services.LocationDetails(name="House", place="Tetovo", country="MK", latitude=42.0, longitude=21.0)


@pytest.fixture
def seat(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("at", "id").values_list("action", flat=True))


def test_a_service_is_added_at_a_new_place(alpha: OrganisationRef, seat: Seat) -> None:
    hours = (Span(0, time(8), time(12)), Span(0, time(13), time(16)))
    with inside(alpha):
        offer = services.start_service(
            details=DETAILS, at=PLACE, offer=services.OfferDetails(hours=hours), free_places=3, by=seat
        )
        assert offer.organisation_id == alpha.id
        assert services.hours_of(offer) == hours
        assert (offer.free_places, offer.waiting_weeks) == (3, None)
        assert Entry.objects.get().free_places == 3
        again = services.start_service(details=DETAILS, at=offer.location, offer=services.OfferDetails(), by=seat)
        assert again.location_id == offer.location_id
        assert again.confirmed_at is None
        assert acts() == ["place.added", "service.added", "offer.added", "service.added", "offer.added"]


def test_a_service_is_offered_once_at_a_place(alpha: OrganisationRef, seat: Seat) -> None:
    with inside(alpha):
        offer = services.start_service(details=DETAILS, at=PLACE, offer=services.OfferDetails(), by=seat)
        with pytest.raises(OfferedAlready):
            services.add_offer(service=offer.service, location=offer.location, details=services.OfferDetails(), by=seat)
        elsewhere = services.add_location(details=replace(PLACE, name="Hall"), by=seat)
        services.add_offer(service=offer.service, location=elsewhere, details=services.OfferDetails(), by=seat)
        assert Entry.objects.count() == 2


def test_each_is_changed_by_version(alpha: OrganisationRef, seat: Seat) -> None:
    with inside(alpha):
        offer = services.start_service(
            details=DETAILS, at=PLACE, offer=services.OfferDetails(hours=(Span(0, time(8), time(12)),)), by=seat
        )
        changed = replace(DETAILS, names={"en": "Knitting"}, languages=("sq",))
        saved = services.change_service(service=offer.service, details=changed, seen_version=1, by=seat)
        assert (saved.version, saved.names, saved.languages) == (2, {"en": "Knitting"}, ["sq"])
        assert "knitting" in Entry.objects.get().search_key
        with pytest.raises(EditedMeanwhile):
            services.change_service(service=offer.service, details=DETAILS, seen_version=1, by=seat)
        same = services.change_service(service=offer.service, details=changed, seen_version=2, by=seat)
        assert same.version == 2

        moved = replace(PLACE, place="Gostivar", latitude=41.8, longitude=20.9)
        services.change_location(location=offer.location, details=moved, seen_version=1, by=seat)
        assert Entry.objects.get().latitude == 41.8
        with pytest.raises(EditedMeanwhile):
            services.change_location(location=offer.location, details=PLACE, seen_version=1, by=seat)

        hours = (Span(1, time(9), time(10)),)
        kept = services.change_offer(offer=offer, details=services.OfferDetails(phone="1"), seen_version=1, by=seat)
        assert (kept.phone, services.hours_of(kept)) == ("1", (Span(0, time(8), time(12)),))
        kept = services.change_offer(
            offer=offer, details=services.OfferDetails(phone="1", hours=hours), seen_version=2, by=seat
        )
        assert services.hours_of(Offer.objects.get()) == hours
        with pytest.raises(EditedMeanwhile):
            services.change_offer(offer=offer, details=services.OfferDetails(hours=()), seen_version=2, by=seat)
        services.change_offer(
            offer=offer, details=services.OfferDetails(is_offered=False, hours=hours), seen_version=3, by=seat
        )
        assert not Entry.objects.exists()
        told = AuditEntry.objects.filter(action="offer.changed").order_by("at", "id").values_list("detail", flat=True)
        assert [one["fields"] for one in told] == [["phone"], ["hours"], ["phone", "is_offered"]]


def test_closed_days_come_and_go(alpha: OrganisationRef, seat: Seat) -> None:
    with inside(alpha):
        place = services.add_location(details=PLACE, by=seat)
        first = services.ClosedDays(date(2026, 12, 24), date(2026, 12, 26), "Holidays")
        services.close_on(location=place, add=first, by=seat)
        closure = Closure.objects.get()
        services.close_on(location=place, by=seat)
        services.close_on(location=place, remove=[closure.pk], by=seat)
        assert not Closure.objects.exists()
        assert acts() == ["place.added", "place.closed_days", "place.closed_days"]


# --- free places -----------------------------------------------------------------------------------------------------


def test_all_free_places_are_confirmed_in_one_go(
    alpha: OrganisationRef, beta: OrganisationRef, seat: Seat, offered: Make
) -> None:
    mine, other, foreign = offered(alpha, "A"), offered(alpha, "B", free=1), offered(beta, "C")
    rows = [
        capacity.Capacity(mine.pk, 4, None, 1),
        capacity.Capacity(other.pk, 1, None, 2),
        capacity.Capacity(foreign.pk, 9, None, 1),
    ]
    with inside(alpha):
        with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
            now = timezone.now()
            assert capacity.confirm_capacities(rows=rows, by=seat) == 2
        saved = {offer.service.names["en"]: offer for offer in Offer.objects.select_related("service")}
        assert (saved["A"].free_places, saved["A"].version) == (4, 2)
        assert (saved["B"].free_places, saved["B"].version) == (1, 2)  # confirmed, not changed
        assert saved["A"].confirmed_at == saved["B"].confirmed_at == now
        assert saved["C"].free_places is None
        assert Entry.objects.get(offer=mine).free_places == 4
        assert capacity.confirm_capacities(rows=[], by=seat) == 0
        assert AuditEntry.objects.filter(action="capacity.confirmed").count() == 1


def test_two_who_confirm_at_once_see_both_numbers(alpha: OrganisationRef, seat: Seat, offered: Make) -> None:
    offer, quiet = offered(alpha, "A"), offered(alpha, "B")
    seen = [capacity.Capacity(offer.pk, 4, None, 1), capacity.Capacity(quiet.pk, 7, None, 1)]
    with inside(alpha):
        capacity.confirm_capacities(rows=[replace(seen[0], free_places=2)], by=seat)
        with pytest.raises(CapacityMeanwhile) as told:
            capacity.confirm_capacities(rows=seen, by=seat)
        assert {pk: saved.free_places for pk, saved in told.value.saved.items()} == {offer.pk: 2}
        assert Offer.objects.get(pk=quiet.pk).free_places is None  # all or none
        assert capacity.confirm_capacities(rows=[replace(seen[0], free_places=2), seen[1]], by=seat) == 2


def test_how_fresh_a_number_is() -> None:
    now = timezone.now()
    assert capacity.is_fresh(now - timedelta(days=6))
    assert not capacity.is_fresh(now - timedelta(days=8))
    assert not capacity.is_fresh(None)
    assert capacity.is_stale(now - timedelta(days=31))
    assert not capacity.is_stale(now - timedelta(days=29))
    assert capacity.is_stale(None)


# --- questions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(alpha: OrganisationRef, beta: OrganisationRef, seat: Seat, offered: Make) -> Callable[..., CapacityQuestion]:
    def make(offer: Offer | None = None, people: int = 1) -> CapacityQuestion:
        offer = offer or offered(beta, "Mentoring")
        with inside(alpha):
            seen = Offer.objects.select_related("service", "organisation").get(pk=offer.pk)
            return ask_capacity(offer=seen, need=Need.MENTORING, urgency=Urgency.HIGH, people=people, by=seat)

    return make


@pytest.mark.parametrize(
    ("answer", "weeks", "places", "waiting"),
    [(Answer.YES, None, 2, 0), (Answer.NO, None, 0, None), (Answer.WAIT, 6, 0, 6)],
)
def test_an_answer_becomes_the_free_places(
    asked: Any, beta: OrganisationRef, seat_in: Any, answer: Answer, weeks: int | None, places: int, waiting: int | None
) -> None:
    question, own = asked(people=2), seat_in(beta, Role.CASEWORKER)
    with inside(beta):
        given = CapacityQuestion.objects.select_related("asker").get(pk=question.pk)
        answered = answer_question(question=given, answer=answer, waiting_weeks=weeks or 3, by=own)
        assert (answered.answer, answered.waiting_weeks) == (answer, weeks)
        offer = Offer.objects.get()
        assert (offer.free_places, offer.waiting_weeks) == (places, waiting)
        assert offer.confirmed_at is not None
        assert Entry.objects.get().free_places == places
        with pytest.raises(AnsweredAlready):
            answer_question(question=given, answer=Answer.NO, by=own)


def test_more_free_places_than_asked_for_stay(asked: Any, offered: Make, beta: OrganisationRef, seat_in: Any) -> None:
    question, own = asked(offered(beta, free=5)), seat_in(beta, Role.CASEWORKER)
    with inside(beta):
        given = CapacityQuestion.objects.select_related("asker").get(pk=question.pk)
        answer_question(question=given, answer=Answer.YES, by=own)
        assert Offer.objects.get().free_places == 5


def test_asked_once_a_day(asked: Any, offered: Make, beta: OrganisationRef) -> None:
    offer = offered(beta)
    asked(offer)
    with pytest.raises(AskedAlready):
        asked(offer)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        asked(offer)
    assert CapacityQuestion.objects.count() == 2


def test_only_what_others_offer_now_is_asked_for(
    alpha: OrganisationRef, beta: OrganisationRef, asked: Any, offered: Make
) -> None:
    with pytest.raises(NotOffered):
        asked(offered(alpha))
    offer = offered(beta)
    Offer.objects.filter(pk=offer.pk).update(is_offered=False)
    with pytest.raises(NotOffered):
        asked(offer)
    Offer.objects.filter(pk=offer.pk).update(is_offered=True)
    Organisation.objects.filter(pk=beta.id).update(state="suspended")
    with pytest.raises(NotOffered):
        asked(offer)


def test_nobody_answers_for_another(
    asked: Any, alpha: OrganisationRef, secretariat: OrganisationRef, seat: Seat
) -> None:
    question = asked()
    with inside(alpha):
        given = CapacityQuestion.objects.select_related("asker").get(pk=question.pk)
        with pytest.raises((Offer.DoesNotExist, AnsweredAlready, DatabaseError)), transaction.atomic():
            answer_question(question=given, answer=Answer.YES, by=seat)
        assert Offer.objects.get(pk=question.offer_id).free_places is None
    with inside(secretariat):
        assert not CapacityQuestion.objects.exists()


def test_a_question_is_of_whoever_offers_it(
    alpha: OrganisationRef, beta: OrganisationRef, offered: Make, secretariat: Any
) -> None:
    offer = offered(alpha)
    with inside(secretariat), pytest.raises(DatabaseError), transaction.atomic():
        CapacityQuestion.objects.create(
            offer=offer, asker_id=secretariat.id, target_id=beta.id, need="other", asked_on=timezone.localdate()
        )


def test_both_sides_get_an_email_that_names_nobody(
    asked: Any, tasks: Any, alpha: OrganisationRef, beta: OrganisationRef, seat: Seat, member: Any, seat_in: Any
) -> None:
    own = seat_in(beta, Role.MENTOR)
    member(beta, Role.VIEWER)
    with tasks():
        question = asked()
    assert len(mail.outbox) == 2  # the mentor, and the manager who made the service
    assert "Is there a place? Mentoring" in {message.subject for message in mail.outbox}
    assert all("services/questions/" in message.body for message in mail.outbox)
    mail.outbox.clear()
    with tasks(), inside(beta):
        given = CapacityQuestion.objects.select_related("asker").get(pk=question.pk)
        answer_question(question=given, answer=Answer.WAIT, waiting_weeks=4, by=own)
    assert [message.to for message in mail.outbox] == [[f"{seat.name.replace(' ', '').lower()}@example.org"]]
    assert "Not now, with a wait" in mail.outbox[0].body
    mail.outbox.clear()
    assert background.tell_question.delay("beta", str(question.pk)).get() == 0  # answered meanwhile
    Service.objects.all().delete()
    assert background.tell_question.delay("beta", str(question.pk)).get() == 0
    assert background.tell_answer.delay("alpha", str(question.pk)).get() == 0
    assert background.renew_directory.delay().get() == 0
    assert mail.outbox == []
