"""Deliveries: in order, again after failures, given up after three days, and never twice at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone

from bench.receiver import Receiver, answering, receiving
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.domain import deliveries, rounds
from tenants.integrations.domain.deliveries import pause_after, settle, take
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint, pause_endpoint, remove_endpoint
from tenants.integrations.domain.events import note_event
from tenants.integrations.domain.rounds import deliver_due, whose_turn
from tenants.integrations.domain.sending import Outcome
from tenants.integrations.enums import Failure
from tenants.integrations.models import Attempt, Delivery, Endpoint, Event
from tenants.organisations.enums import WorkKind
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork, Organisation

MORNING = datetime(2027, 3, 1, 8, tzinfo=UTC)
GOOD, BAD = Outcome(5, 204), Outcome(7, 500, Failure.STATUS)

Note = Callable[..., Event]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """No jitter."""
    monkeypatch.setattr(deliveries.random, "uniform", lambda low, high: 1.0)


def test_an_event_reaches_the_endpoint(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    key = uuid7()
    with inside(alpha):
        event = note("accepted", of=key, reference="H-1")
    assert deliver_due(alpha) == (1, False)
    (message,) = receiver.messages
    assert message.id == str(event.pk)
    assert message.json == {
        "type": "referral.accepted",
        "timestamp": event.at.isoformat().replace("+00:00", "Z"),
        "data": {"state": "accepted", "reference": "H-1", "number": event.number, "referral": str(key)},
    }
    with inside(alpha):
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts, delivery.lease) == ("delivered", 1, None)
        attempt = Attempt.objects.get()
        assert (attempt.status, attempt.failure, attempt.number) == (204, "", 1)
    assert deliver_due(alpha) == (0, False)
    assert len(receiver.messages) == 1


def test_an_event_is_told_to_those_who_asked_for_it(
    alpha: OrganisationRef, manager: Seat, receiver: Receiver, note: Note
) -> None:
    wanted = {"all": [], "accepted": ["referral.accepted"], "moves": ["transfer.*", "match.found"]}
    with inside(alpha):
        for name, types in wanted.items():
            add_endpoint(new=EndpointSettings(f"{receiver.url}/{name}", name, types), by=manager)
        for state in ("sent", "accepted", "transfer.asked", "match.found"):
            note(state)
    deliver_due(alpha)
    told = sorted((message.path.rpartition("/")[2], message.json["type"]) for message in receiver.messages)
    assert told == sorted(
        [("all", f"referral.{state}") for state in ("sent", "accepted")]
        + [(name, type_) for name in ("all", "moves") for type_ in ("transfer.asked", "match.found")]
        + [("accepted", "referral.accepted")]
    )


def test_what_no_endpoint_wants_is_not_put_on_its_way(
    alpha: OrganisationRef, manager: Seat, receiver: Receiver, note: Callable[..., Event]
) -> None:
    with inside(alpha):
        add_endpoint(new=EndpointSettings(receiver.url, "Matches", ["match.found"]), by=manager)
        note("sent")
        assert not Delivery.objects.exists()
        note("match.found")
        assert Delivery.objects.count() == 1


def test_another_organisations_endpoints_hear_nothing(
    alpha: OrganisationRef, beta: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note,
    seat_in: Callable[..., Seat],
) -> None:  # fmt: skip
    theirs = seat_in(beta, Role.MANAGER)
    with receiving() as other:
        with inside(beta):
            add_endpoint(new=EndpointSettings(other.url), by=theirs)
        with inside(alpha):
            note("sent", reference="H-ALPHA")
        deliver_due(beta)
        deliver_due(alpha)
        assert other.messages == []
    assert [message.json["data"]["reference"] for message in receiver.messages] == ["H-ALPHA"]


def test_what_is_undone_is_told_nobody(alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver) -> None:
    with inside(alpha), transaction.atomic():
        note_event(type="referral.sent", referral_id=None, envelope_id=None, source_id=uuid7(), data={})
        transaction.set_rollback(True)
    assert deliver_due(alpha) == (0, False)
    assert receiver.messages == []


def test_it_is_told_at_once_when_the_transaction_is_committed(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, tasks: Any
) -> None:
    with tasks(), inside(alpha):
        note()
    assert len(receiver.messages) == 1


# --- order ----------------------------------------------------------------------------------------------------------
def test_one_referral_waits_for_its_first_while_others_go_on(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, clock: Any, steady: None
) -> None:
    stuck, other = uuid7(), uuid7()
    with inside(alpha):
        first = note("sent", of=stuck)
        second = note("opened", of=stuck)
        elsewhere = note("sent", of=other)
        receiver.answers = [500]
    deliver_due(alpha)
    assert [message.id for message in receiver.messages] == [str(first.pk), str(elsewhere.pk)]
    deliver_due(alpha)
    assert len(receiver.messages) == 2
    clock.shift(timedelta(seconds=30))
    deliver_due(alpha)
    assert [message.id for message in receiver.messages][2:] == [str(first.pk), str(second.pk)]


def test_nothing_is_taken_twice_and_a_lane_one_by_one(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any
) -> None:
    lane, other = uuid7(), uuid7()
    with inside(alpha):
        first, second, third = note("sent", of=lane), note("opened", of=lane), note("sent", of=other)
        taken = [take(), take()]
        assert [parcel and parcel.headers["webhook-id"] for parcel in taken] == [str(first.pk), str(third.pk)]
        assert take() is None
        assert taken[0] is not None
        settle(taken[0], GOOD)
        following = take()
        assert following is not None
        assert following.headers["webhook-id"] == str(second.pk)


def test_few_are_under_way_at_once(
    alpha: OrganisationRef, endpoint: Endpoint, manager: Seat, receiver: Receiver, note: Note
) -> None:
    with inside(alpha):
        for number in range(2):
            add_endpoint(new=EndpointSettings(f"{receiver.url}/{number}"), by=manager)
        for _ in range(6):
            note()
        taken = [take() for _ in range(10)]
        of_one = [parcel.endpoint_id for parcel in taken if parcel]
        assert len(of_one) == deliveries.IN_FLIGHT_OF_ALL
        assert max(of_one.count(pk) for pk in of_one) <= deliveries.IN_FLIGHT


def test_the_next_is_found_behind_many_that_wait(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    """One referral that is stuck has a long queue; what lies behind it is found with few queries."""
    monkeypatch.setattr(deliveries, "FIRST_PAGE", 3)
    stuck, other = uuid7(), uuid7()
    with inside(alpha):
        for _ in range(20):
            note("message", of=stuck)
        last = note("sent", of=other)
        first = take()
        assert first is not None
        settle(first, BAD)
        with django_assert_max_num_queries(15):
            found = take()
        assert found is not None
        assert found.headers["webhook-id"] == str(last.pk)
        assert take() is None


def test_many_lanes_are_looked_at_again_soon(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(alpha):
        for _ in range(3):
            note()
        take()
        Delivery.objects.update(due_at=MORNING + timedelta(hours=1), lease=None, leased_until=None)
        deliveries.look_again(deliveries.seen_work())
        assert DueWork.objects.get().due_at == MORNING + timedelta(hours=1)
        monkeypatch.setattr(deliveries, "LOOKED_AT", 2)
        deliveries.look_again(deliveries.seen_work())
        assert DueWork.objects.get().due_at == MORNING + timedelta(seconds=30)


# --- failures -------------------------------------------------------------------------------------------------------
def test_pauses_grow_and_are_spread() -> None:
    for attempts, middle in [(1, 30), (2, 120), (3, 480), (4, 1_920), (5, 7_680), (6, 21_600), (30_000, 21_600)]:
        drawn = [pause_after(attempts) for _ in range(50)]
        assert min(drawn) >= middle * 0.8
        assert max(drawn) <= middle * 1.2
        assert len(set(drawn)) > 10


def test_it_is_tried_for_three_days_and_then_given_up(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any, steady: None
) -> None:
    with inside(alpha):
        note()
        made = timezone.now()
        tried = []
        while (delivery := Delivery.objects.get()).state == "waiting":
            clock.move_to(max(delivery.due_at, Endpoint.objects.get().quiet_until or delivery.due_at))
            parcel = take()
            assert parcel is not None
            tried.append((timezone.now() - made).total_seconds())
            settle(parcel, BAD)
        assert tried[:5] == [0, 30, 150, 630, 2550]
        assert tried[-1] == timedelta(days=3).total_seconds()
        assert (delivery.state, delivery.attempts, delivery.done_at) == ("dead", len(tried), timezone.now())
        assert take() is None
        log = Attempt.objects.order_by("number")
        assert [attempt.number for attempt in log] == list(range(1, len(tried) + 1))
        assert {(attempt.status, attempt.failure, attempt.milliseconds) for attempt in log} == {(500, "status", 7)}


def test_a_receiver_that_asks_for_a_pause_gets_it(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, clock: Any, steady: None
) -> None:
    receiver.answers = [answering(503, Retry_After="300")]
    with inside(alpha):
        note()
        note()
    assert deliver_due(alpha)[0] == 1  # the second is not even tried: the whole endpoint is left alone
    with inside(alpha):
        assert Endpoint.objects.get().quiet_until == MORNING + timedelta(seconds=300)
        assert DueWork.objects.get().due_at == MORNING + timedelta(seconds=300)
    clock.shift(timedelta(seconds=299))
    assert deliver_due(alpha)[0] == 0
    clock.shift(timedelta(seconds=1))
    assert deliver_due(alpha)[0] == 2


def test_an_endpoint_that_fails_is_asked_seldom_and_hears_all_when_it_is_back(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, clock: Any, steady: None
) -> None:
    receiver.answers = [500] * deliveries.FAILING
    with inside(alpha):
        events = [note() for _ in range(9)]
    assert deliver_due(alpha)[0] == deliveries.FAILING
    assert deliver_due(alpha)[0] == 0
    with inside(alpha):
        failing = Endpoint.objects.get()
        assert (failing.failures, failing.failing_since) == (5, MORNING)
        clock.move_to(failing.quiet_until)
        assert take() is not None
        assert take() is None  # one at a time
    clock.shift(Delivery.LEASE)
    assert deliver_due(alpha)[0] == 9
    assert {message.id for message in receiver.messages} == {str(event.pk) for event in events}
    with inside(alpha):
        back = Endpoint.objects.get()
        assert (back.failures, back.failing_since, back.quiet_until) == (0, None, None)
        assert not Delivery.objects.waiting().exists()


def test_what_cannot_even_be_tried_is_given_up_too(
    alpha: OrganisationRef, endpoint: Endpoint, manager: Seat, note: Note, clock: Any
) -> None:
    with inside(alpha):
        note()
        pause_endpoint(endpoint=endpoint, by=manager)
        clock.shift(timedelta(days=3) - timedelta(seconds=1))
        assert deliveries.give_up_old() == 0
        clock.shift(timedelta(seconds=1))
        assert deliveries.give_up_old() == 1
        assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == ("dead", 0)


def test_what_we_ourselves_were_late_with_is_tried_all_the_same(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, clock: Any
) -> None:
    with inside(alpha):
        note()
    clock.shift(timedelta(days=4))
    assert deliver_due(alpha)[0] == 1
    assert len(receiver.messages) == 1


def test_it_is_switched_off_after_three_days_and_managers_are_told(
    alpha: OrganisationRef, endpoint: Endpoint, manager: Seat, note: Note, clock: Any, tasks: Any,
    seat_in: Callable[..., Seat],
) -> None:  # fmt: skip
    seat_in(alpha, Role.CASEWORKER)
    with inside(alpha):
        note()
        parcel = take()
        assert parcel is not None
        settle(parcel, BAD)
        clock.shift(timedelta(days=3))
        parcel = take()
        assert parcel is not None
    with tasks(), inside(alpha):
        settle(parcel, BAD)
    with inside(alpha):
        assert Endpoint.objects.get().state == "off"
        entry = Entry.objects.get(action="webhook.switched_off")
        assert (entry.actor_name, entry.target_id) == ("Halka", str(endpoint.pk))
        note()
        assert take() is None
    (told,) = mail.outbox
    assert told.subject == "The webhook “Our register” was switched off"
    assert f"http://alpha.halka.localhost:8000/settings/webhooks/{endpoint.pk}/" in told.body
    assert "127.0.0.1" not in told.body


def test_a_receiver_that_says_it_is_gone_is_asked_no_more(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    receiver.answers = [410]
    with inside(alpha):
        note()
    deliver_due(alpha)
    with inside(alpha):
        assert Endpoint.objects.get().state == "off"


# --- whoever dies ---------------------------------------------------------------------------------------------------
def test_what_a_dead_worker_held_comes_back(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, clock: Any
) -> None:
    with inside(alpha):
        event = note()
        assert take() is not None  # and nothing more is heard of it
    clock.shift(Delivery.LEASE - timedelta(seconds=1))
    assert deliver_due(alpha)[0] == 0
    with inside(alpha):
        assert DueWork.objects.get().due_at == MORNING + Delivery.LEASE
    clock.shift(timedelta(seconds=1))
    assert whose_turn() == ["alpha"]
    assert deliver_due(alpha)[0] == 1
    assert [message.id for message in receiver.messages] == [str(event.pk)]
    with inside(alpha):
        log = list(Attempt.objects.order_by("number").values_list("number", "failure"))
    assert log == [(1, "interrupted"), (2, "")]


def test_who_comes_back_too_late_changes_nothing_for_the_worse(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any
) -> None:
    with inside(alpha):
        note()
        late = take()
        clock.shift(Delivery.LEASE)
        current = take()
        assert late is not None
        assert current is not None
        settle(late, BAD)
        held = Delivery.objects.get()
        assert (held.state, held.lease) == ("waiting", current.lease)
        settle(current, GOOD)
        settle(late, BAD)
        assert Delivery.objects.get().state == "delivered"
        assert Endpoint.objects.get().failures == 0


def test_who_comes_back_late_with_good_news_is_believed(
    alpha: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any
) -> None:
    with inside(alpha):
        note()
        late = take()
        clock.shift(Delivery.LEASE)
        current = take()
        assert late is not None
        assert current is not None
        settle(late, GOOD)
        assert Delivery.objects.get().state == "delivered"
        settle(current, BAD)
        assert Delivery.objects.get().state == "delivered"


def test_a_webhook_that_was_removed_meanwhile(
    alpha: OrganisationRef, endpoint: Endpoint, manager: Seat, note: Note
) -> None:
    with inside(alpha):
        note()
        parcel = take()
        assert parcel is not None
        remove_endpoint(endpoint=endpoint, by=manager)
        settle(parcel, GOOD)
        note()
        assert Delivery.objects.count() == 1
        Delivery.objects.all().delete()
        settle(parcel, GOOD)


# --- whose turn it is -----------------------------------------------------------------------------------------------
def test_organisations_with_something_due_are_found_without_looking_into_them(
    alpha: OrganisationRef, beta: OrganisationRef, endpoint: Endpoint, note: Note, clock: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    with inside(beta):
        note()  # no webhook: nothing is due
    with inside(alpha):
        note()
    with django_assert_num_queries(3):
        assert whose_turn() == ["alpha"]
    assert whose_turn() == []  # asked already
    clock.shift(Delivery.LEASE)
    with django_assert_num_queries(3):
        assert whose_turn() == ["alpha"]


def test_closed_organisations_are_left_alone(alpha: OrganisationRef, endpoint: Endpoint, note: Note) -> None:
    with inside(alpha):
        note()
    Organisation.objects.filter(pk=alpha.id).update(state="closed")
    assert whose_turn() == []
    assert not DueWork.objects.exists()


def test_nothing_is_due_where_everything_has_arrived(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    with inside(alpha):
        note()
    deliver_due(alpha)
    assert not DueWork.objects.exists()


def test_a_quiet_endpoint_without_anything_waiting_needs_no_look(
    alpha: OrganisationRef, endpoint: Endpoint, clock: Any
) -> None:
    with inside(alpha):
        Endpoint.objects.update(quiet_until=MORNING + timedelta(minutes=5))
        deliveries.look_again([])
        assert not DueWork.objects.exists()


def test_a_look_takes_back_only_what_led_to_it(
    alpha: OrganisationRef, beta: OrganisationRef, endpoint: Endpoint, note: Note
) -> None:
    others = DueWork.objects.create(organisation_id=beta.id, kind=WorkKind.WEBHOOKS)
    with inside(alpha):
        note()
        seen = deliveries.seen_work()
        note()  # while somebody is looking
        later = set(deliveries.seen_work()) - set(seen)
        assert (len(seen), len(later)) == (1, 1)
        deliveries.look_again([*seen, others.pk])
        assert later < set(deliveries.seen_work())
        assert not set(seen) & set(deliveries.seen_work())
    assert DueWork.objects.filter(pk=others.pk).exists()


def test_a_long_round_is_cut_and_goes_on(
    alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "LONGEST", 0.0)
    with inside(alpha):
        note()
    assert deliver_due(alpha) == (0, True)
    assert whose_turn() == ["alpha"]
