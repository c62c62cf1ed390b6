"""The feed: each event once, numbered without a gap in the order of the commits, and nothing personal."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from threading import Event as Signal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from halka.audit.domain import SYSTEM, record
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.exchange.enums import State
from network_registry.exchange.models.envelopes import EVENT_TYPES
from tenants.integrations.domain.events import events_after, is_topic, note_event
from tenants.integrations.enums import TYPES
from tenants.integrations.models import Event
from tenants.organisations.isolation import in_thread, inside

TOLD_WITHOUT_STEP: set[str] = set()
KEY = UUID("01990000-0000-7000-8000-000000000001")


def noted(**changes: Any) -> Event:
    values: dict[str, Any] = {
        "type": "referral.sent", "referral_id": KEY, "envelope_id": KEY, "source_id": uuid7(), "data": {},
    }  # fmt: skip
    return note_event(**{**values, **changes})


def test_an_event_holds_what_it_was_told(alpha: OrganisationRef) -> None:
    with inside(alpha):
        key = uuid7()
        made = noted(data={"state": "sent", "reference": "H-12A", "by": key, "days": 3, "first": True, "reason": None})
        kept = Event.objects.get()
    assert kept.pk == made.pk
    assert (kept.type, kept.referral_id, kept.envelope_id) == ("referral.sent", KEY, KEY)
    assert kept.data == {
        "state": "sent", "reference": "H-12A", "by": str(key), "days": 3, "first": True, "reason": None,
    }  # fmt: skip


def test_what_arrives_twice_is_noted_once(alpha: OrganisationRef) -> None:
    source = uuid7()
    with inside(alpha):
        first = noted(source_id=source, data={"state": "sent"})
        again = noted(source_id=source, data={"state": "opened"})
        other = noted(source_id=source, type="referral.disclosed")
        assert (again.pk, again.data) == (first.pk, {"state": "sent"})
        assert set(Event.objects.values_list("pk", flat=True)) == {first.pk, other.pk}


@pytest.mark.parametrize(
    "value", ["Ana Novak", "ana@example.org", "x" * 65, 1.5, {"name": "x"}, ["sent"], "šifra", "a\nb"]
)
def test_nothing_but_codes_gets_in(alpha: OrganisationRef, value: Any) -> None:
    with inside(alpha):
        with pytest.raises(ValueError, match="codes and keys: note"):
            noted(data={"state": "sent", "note": value})
        assert not Event.objects.exists()


@pytest.mark.parametrize(
    "type_", ["client.added", "referral", "referral.*", "Referral.sent", "referral.sent.", "", "referral.x y"]
)
def test_types_are_of_known_groups(alpha: OrganisationRef, type_: str) -> None:
    with inside(alpha), pytest.raises(ValueError, match="no type of events"):
        noted(type=type_)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("referral.sent", True), ("referral.*", True), ("transfer.*", True), ("transfer.asked", True), ("test", True),
        ("client.*", False), ("referral.%", False), ("*", False), ("", False), ("referral.sent.*", False),
        ("referral", False), ("test.*", False),
    ],
)  # fmt: skip
def test_topics(name: str, known: bool) -> None:
    assert is_topic(name) is known


def test_the_feed_goes_on_from_a_number(alpha: OrganisationRef, note: Callable[..., Event]) -> None:
    with inside(alpha):
        events = [note(state) for state in ("sent", "opened", "accepted", "message", "test")]
        start = events[0].number - 1
        part = events_after(start)
        assert [event.pk for event in part.events] == [event.pk for event in events]
        assert (part.next_after, part.has_more) == (start + 5, False)
        part = events_after(start, limit=2)
        assert ([event.number for event in part.events], part.next_after, part.has_more) == (
            [start + 1, start + 2], start + 2, True,
        )  # fmt: skip
        part = events_after(start + 2, limit=3)
        assert ([event.number for event in part.events], part.has_more) == ([start + 3, start + 4, start + 5], False)
        assert events_after(start + 5).events == []
        assert events_after(start + 5).next_after == start + 5
        assert events_after(start + 999).next_after == start + 999


def test_the_feed_of_some_types_passes_by_the_others(alpha: OrganisationRef, note: Callable[..., Event]) -> None:
    with inside(alpha):
        events = [note(state) for state in ("sent", "transfer.asked", "transfer.agreed", "opened", "access.asked")]
        start = events[0].number - 1
        part = events_after(start, topics=["transfer.*"])
        assert [event.number for event in part.events] == [start + 2, start + 3]
        assert part.next_after == start + 5
        part = events_after(start, topics=["referral.opened", "access.*"])
        assert [event.number for event in part.events] == [start + 4, start + 5]
        part = events_after(start, topics=["match.found"])
        assert (part.events, part.next_after) == ([], start + 5)


def test_the_feed_is_ones_own(alpha: OrganisationRef, beta: OrganisationRef, note: Callable[..., Event]) -> None:
    with inside(beta):
        note("sent", reference="H-BETA")
    with inside(alpha):
        mine = note("opened", reference="H-ALPHA")
        assert [event.pk for event in events_after(0).events] == [mine.pk]
    with inside(beta):
        assert [event.data["reference"] for event in events_after(0).events] == ["H-BETA"]


def test_nobody_changes_or_numbers_an_event(alpha: OrganisationRef, note: Callable[..., Event]) -> None:
    with inside(alpha):
        event = note()
        for change in (
            "UPDATE integrations_event SET data = '{}' WHERE id = %s",
            "UPDATE integrations_eventcounter SET last = 0 WHERE %s IS NOT NULL",
            "DELETE FROM integrations_eventcounter WHERE %s IS NOT NULL",
        ):
            with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change, [event.pk])
            assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


# --- real commits ---------------------------------------------------------------------------------------------------
def numbers() -> list[int | None]:
    return list(Event.objects.order_by("number").values_list("number", flat=True))


def test_what_is_undone_leaves_no_gap(hooked: OrganisationRef) -> None:
    with inside(hooked):
        noted()
        with transaction.atomic():
            noted()
            transaction.set_rollback(True)
        with transaction.atomic():
            noted()
            with transaction.atomic():
                noted()
                transaction.set_rollback(True)
        noted()
        assert numbers() == [1, 2, 3]


def test_an_open_transaction_is_not_overtaken(hooked: OrganisationRef) -> None:
    """The first to note is the last to commit: its event comes last, and nothing smaller than what is seen appears."""
    has_noted, may_commit = Signal(), Signal()

    def slow() -> None:
        with transaction.atomic():
            noted(data={"who": "slow"})
            has_noted.set()
            assert may_commit.wait(30)

    with inside(hooked):
        thread = in_thread(slow)
        assert has_noted.wait(30)
        noted(data={"who": "fast"})
        assert [event.data["who"] for event in events_after(0).events] == ["fast"]
        seen = events_after(0).next_after
        may_commit.set()
        thread.join()
        assert [event.data["who"] for event in events_after(seen).events] == ["slow"]
        assert numbers() == [1, 2]


def test_many_at_once_and_a_reader_who_misses_none(hooked: OrganisationRef) -> None:
    """Half of the transactions write the audit first and half the event: nobody waits for two locks crosswise."""
    together, count = Barrier(4), 12
    done = Signal()
    seen: list[int] = []

    def write(number: int) -> None:
        together.wait()
        for turn in range(count):
            with transaction.atomic():
                if (turn + number) % 2:
                    record(action="thing.done", by=SYSTEM)
                noted(data={"who": number})
                if not (turn + number) % 2:
                    record(action="thing.done", by=SYSTEM)
                if turn % 3 == 0:
                    noted(data={"who": number})

    def read() -> None:
        together.wait()
        after = 0
        while not done.is_set() or events_after(after).events:
            part = events_after(after, limit=5)
            seen.extend(event.number for event in part.events)
            after = part.next_after

    with inside(hooked):
        writers = [in_thread(lambda n=n: write(n)) for n in range(3)]  # type: ignore[misc]
        reader = in_thread(read)
        for thread in writers:
            thread.join()
        done.set()
        reader.join()
        assert numbers() == list(range(1, 3 * (count + count // 3) + 1))
        assert seen == numbers()


def test_every_step_of_a_referral_can_be_asked_for() -> None:
    steps = {f"referral.{value}" for value, _label in EVENT_TYPES if value != State.DRAFT}
    assert steps - TYPES.keys() == set()
    assert {name for name in TYPES if name.startswith("referral.")} - steps <= TOLD_WITHOUT_STEP
