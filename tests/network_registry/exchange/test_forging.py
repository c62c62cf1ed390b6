"""What a side's database role may not do, whatever SQL it runs: forge moves, times, deadlines, events, deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.exchange.domain.envelopes import _changes
from network_registry.exchange.enums import REASONS, TRANSITIONS, EventType, Freight, Remains, Side, State
from network_registry.exchange.models import Deadlines, Envelope, EnvelopeEvent, OutboxItem
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import sending
from tests.tenants.referrals.conftest import ask, consent, referred, sender, target

__all__ = ["ask", "consent", "referred", "sender", "target"]

REFUSED = r"permission denied|row-level security"


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        yield


def write(envelope: Any, **changes: Any) -> int:
    return Envelope.objects.filter(pk=envelope).update(**{"version": F("version") + 1, **changes})


@pytest.fixture
def sides(sender: SimpleNamespace, target: SimpleNamespace) -> dict[Side, OrganisationRef]:
    return {Side.SENDER: sender.ref, Side.TARGET: target.ref}


@pytest.mark.parametrize("side", [Side.SENDER, Side.TARGET])
def test_a_state_written_by_hand(referred: Any, sides: dict[Side, OrganisationRef], side: Side) -> None:
    """Where the table holds no edge for the side."""
    made = referred(State.CLOSED)  # all moments are there, so that every state may be put in for a start
    Envelope.objects.update(held_at=timezone.now())
    for before in set(State) - {State.DRAFT}:
        Envelope.objects.update(state=before, reason=REASONS[before].values[0] if before in REASONS else "")
        with inside(sides[side]):
            for after in set(State) - {before}:
                if side in TRANSITIONS[before].get(after, ()):
                    continue
                reason = REASONS[after].values[0] if after in REASONS else ""
                with refused():
                    write(made.envelope, state=after, reason=reason)
        assert Envelope.objects.get().state == before


MOVES = [
    (State.SENT, State.OPENED, Side.TARGET),
    (State.OPENED, State.INFO_REQUESTED, Side.TARGET),
    (State.INFO_REQUESTED, State.OPENED, Side.SENDER),
    (State.ACCEPTED, State.RECALLED, Side.SENDER),
    (State.STARTED, State.COMPLETED, Side.TARGET),
]
NOW = timezone.now()
LATER = NOW + timedelta(days=400)
FORGED: dict[str, Any] = {
    "held_at": NOW, "sent_at": NOW - timedelta(days=9), "opened_at": NOW - timedelta(days=9), "answered_at": LATER,
    "started_at": LATER, "ended_at": LATER, "closed_at": LATER, "moved_at": NOW - timedelta(days=9),
    "days": {"expiry": 900}, "waited": timedelta(days=2), "clock_since": LATER, "due": "closing", "due_at": LATER,
    "passed": "escalation", "remains": Remains.ERASED, "result": State.DISENGAGED, "version": 77, "service": "other",
    "offer": uuid4(), "reason": "too_long", "target_id": uuid4(),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "side"), MOVES)
def test_a_move_with_something_else_in_it(
    referred: Any, sides: dict[Side, OrganisationRef], before: State, after: State, side: Side
) -> None:
    made = referred(before)
    with inside(sides[side]):
        envelope = Envelope.objects.get(pk=made.envelope)
        rightly = _changes(envelope, after, REASONS[after].values[0] if after in REASONS else "")
        for name, value in FORGED.items():
            if rightly.get(name, getattr(envelope, name)) == value:
                continue
            if name == "reason" and after == State.RECALLED:
                continue  # one word is as good as another
            with pytest.raises(DatabaseError), transaction.atomic():
                write(made.envelope, **{**rightly, name: value})
        with refused():
            write(made.envelope, **{**rightly, "version": envelope.version})
        assert write(made.envelope, **rightly) == 1  # as the verb would


@pytest.mark.parametrize("state", [State.SENT, State.COMPLETED, State.RECALLED, State.WITHDRAWN])
@pytest.mark.parametrize("side", [Side.SENDER, Side.TARGET])
def test_what_stands_is_not_changed(
    referred: Any, sides: dict[Side, OrganisationRef], state: State, side: Side
) -> None:
    made = referred(state)
    with inside(sides[side]):
        before = Envelope.objects.values().get(pk=made.envelope)
        for name, value in FORGED.items():
            confirms = (name, side, state) == ("remains", Side.TARGET, State.WITHDRAWN)
            if before[name] != value and not confirms:
                with pytest.raises(DatabaseError), transaction.atomic():
                    write(made.envelope, **{name: value})
        with refused():
            write(made.envelope)
        with refused():
            Envelope.objects.filter(pk=made.envelope).delete()
        assert Envelope.objects.values().get(pk=made.envelope) == before


def test_what_was_erased_is_not_there_again(referred: Any, sides: dict[Side, OrganisationRef]) -> None:
    made = referred(State.WITHDRAWN)
    with inside(sides[Side.TARGET]):
        write(made.envelope, remains=Remains.RESTRICTED)
        with refused():
            write(made.envelope, remains=Remains.WAITING)
        write(made.envelope, remains=Remains.ERASED)
        for remains in (Remains.RESTRICTED, Remains.WAITING, ""):
            with refused():
                write(made.envelope, remains=remains)


@pytest.mark.parametrize(
    "forged",
    [
        {"state": State.SENT, "sent_at": NOW},
        {"sent_at": NOW},
        {"held_at": NOW},
        {"opened_at": NOW},
        {"due": "expiry", "due_at": NOW},
        {"waited": timedelta(days=29)},
        {"passed": "escalation"},
        {"days": {"expiry": 1}},
        {"result": State.COMPLETED},
        {"remains": Remains.ERASED},
        {"version": 9},
    ],
    ids=lambda forged: "-".join(forged),
)
def test_a_new_envelope_has_no_history(sides: dict[Side, OrganisationRef], forged: dict[str, Any]) -> None:
    values = {
        "reference": f"H-{uuid7().hex[-9:]}", "sender_id": sides[Side.SENDER].id, "target_id": sides[Side.TARGET].id,
        "service": "mentoring", **forged,
    }  # fmt: skip
    with inside(sides[Side.SENDER]), refused():
        Envelope.objects.create(**values)


def test_the_deadlines_of_both_sides_count_whoever_moves_it(
    referred: Any, sides: dict[Side, OrganisationRef], sender: SimpleNamespace
) -> None:
    """The database reckons them as the verbs do."""
    Deadlines.objects.create(organisation_id=sides[Side.SENDER].id, first_reminder=2, closing=9)
    Deadlines.objects.create(organisation_id=sides[Side.TARGET].id, second_reminder=5, closing=3)
    made = referred(State.SENT)
    assert Envelope.objects.get(pk=made.envelope).days == {
        "first_reminder": 2, "second_reminder": 5, "escalation": 20, "expiry": 30, "closing": 3,
    }  # fmt: skip


def event(envelope: Envelope, here: OrganisationRef, **values: Any) -> EnvelopeEvent:
    return EnvelopeEvent.objects.create(
        **{
            "envelope": envelope, "type": envelope.state, "state": envelope.state, "version": envelope.version,
            "organisation_id": here.id, "reason": envelope.reason, "at": envelope.moved_at, **values,
        }
    )  # fmt: skip


@pytest.mark.parametrize("side", [Side.SENDER, Side.TARGET])
@pytest.mark.parametrize("state", [State.OPENED, State.DECLINED, State.RECALLED])
def test_events_by_hand(referred: Any, sides: dict[Side, OrganisationRef], side: Side, state: State) -> None:
    made = referred(state)
    here, there = sides[side], sides[Side.TARGET if side == Side.SENDER else Side.SENDER]
    with inside(here):
        envelope = Envelope.objects.get(pk=made.envelope)
        for forged in (
            {},  # told twice, or by the side that did not do it
            {"type": State.ACCEPTED},
            {"type": State.ACCEPTED, "state": State.ACCEPTED},
            {"type": EventType.REMINDED, "reason": ""},
            {"type": EventType.ESCALATED, "reason": ""},
            {"type": EventType.DISCLOSED, "reason": ""},
            {"type": EventType.SETTLED, "reason": "", "version": 1},
            {"type": EventType.MESSAGE, "reason": "no_place"},
            {"type": EventType.MESSAGE, "reason": "", "version": envelope.version + 1},
            {"organisation_id": there.id},
            {"organisation_id": None},
        ):
            with refused():
                event(envelope, here, **forged)


def test_an_event_tells_the_move_as_it_was(referred: Any, sides: dict[Side, OrganisationRef]) -> None:
    made = referred(State.OPENED)
    with inside(sides[Side.TARGET]):
        envelope = Envelope.objects.get(pk=made.envelope)
        write(envelope.pk, **_changes(envelope, State.DECLINED, "no_place"))
        envelope.refresh_from_db()
        for forged in ({"reason": "known_here"}, {"at": NOW - timedelta(days=3)}, {"version": 1}):
            with refused():
                event(envelope, sides[Side.TARGET], **forged)
        event(envelope, sides[Side.TARGET])
        with refused():
            event(envelope, sides[Side.TARGET])


@pytest.fixture
def item(sides: dict[Side, OrganisationRef]) -> Callable[..., OutboxItem]:
    def make(envelope: Any, to: Side, freight: Freight, **values: Any) -> OutboxItem:
        return OutboxItem.objects.create(envelope_id=envelope, to_id=sides[to].id, freight=freight, **values)

    return make


def test_deliveries_by_hand(referred: Any, sides: dict[Side, OrganisationRef], item: Any, ask: Any) -> None:
    made, other = referred(State.OPENED), referred(State.SENT, service="training")
    sent = EnvelopeEvent.objects.get(envelope=made.envelope, type=State.SENT)
    opened = EnvelopeEvent.objects.get(envelope=made.envelope, type=State.OPENED)
    elsewhere = EnvelopeEvent.objects.get(envelope=other.envelope)
    with inside(sides[Side.SENDER]):
        for to, freight, values in (
            (Side.TARGET, Freight.DISCLOSURE, {}),
            (Side.SENDER, Freight.STEP, {"event": sent}),
            (Side.TARGET, Freight.STEP, {}),
            (Side.TARGET, Freight.STEP, {"event": opened}),
            (Side.TARGET, Freight.STEP, {"event": elsewhere}),
            (Side.TARGET, Freight.MESSAGE, {"source": uuid4()}),
            (Side.TARGET, Freight.READ, {"source": uuid4(), "event": sent}),
            (Side.TARGET, Freight.STEP, {"event": sent, "created_at": NOW - timedelta(days=1)}),
            (Side.TARGET, Freight.STEP, {"event": sent, "done_at": NOW}),
            (Side.TARGET, Freight.STEP, {"event": sent, "attempts": 3}),
            (Side.TARGET, Freight.STEP, {"event": sent, "claimed_until": NOW}),
        ):
            with refused():
                item(made.envelope, to, freight, **values)
        item(made.envelope, Side.TARGET, Freight.STEP, event=sent)
    with inside(sides[Side.TARGET]):
        for to, freight, values in (
            (Side.TARGET, Freight.MESSAGE, {"event": sent, "source": uuid4()}),
            (Side.TARGET, Freight.DISCLOSURE, {"source": uuid4()}),
            (Side.SENDER, Freight.DISCLOSURE, {}),
            (Side.SENDER, Freight.STEP, {"event": sent}),
        ):
            with refused():
                item(made.envelope, to, freight, **values)
        item(made.envelope, Side.TARGET, Freight.DISCLOSURE)


def test_what_is_held_does_not_slip_out(sender: SimpleNamespace, sides: Any, item: Any, ask: Any, consent: Any) -> None:
    """A new member cannot have it carried past the secretariat."""
    Organisation.objects.filter(pk=sender.ref.id).update(state="provisional")
    with inside(Organisation.objects.get(pk=sender.ref.id).ref()):
        held = sending.send_with_consent(
            client=sender.client, request=ask(), new_consent=consent(), by=sender.seat
        )  # fmt: skip
        told = EnvelopeEvent.objects.get(envelope=held.envelope_id)
        with refused():
            item(held.envelope_id, Side.TARGET, Freight.PREVIEW, event=told)
        with refused():
            write(held.envelope_id, state=State.SENT, sent_at=timezone.now())
