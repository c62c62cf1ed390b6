"""What happens by itself when nobody acts, on driven time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail

from halka.authorization.roles import Role
from halka.common.errors import EditedMeanwhile
from network_registry.exchange.domain import clock, passing
from network_registry.exchange.domain.clock import Clock
from network_registry.exchange.domain.deadlines import own_deadlines, set_deadlines
from network_registry.exchange.enums import DAYS, Deadline, State
from network_registry.exchange.models import Deadlines, Envelope, EnvelopeEvent
from tenants.organisations.isolation import inside
from tenants.referrals.domain import sending
from tenants.referrals.models import Referral, Step
from tenants.referrals.tasks import pass_deadlines
from tests.tenants.referrals.conftest import make_move

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def day(time: time_machine.Traveller, tasks: Any) -> Callable[[float], list[str]]:
    """`day(3)`: goes there and lets happen what is due; the addresses that got e-mails, in order."""

    def go(number: float) -> list[str]:
        time.move_to(MONDAY + timedelta(days=number))
        mail.outbox.clear()
        with tasks():
            pass_deadlines()
        return sorted(message.to[0] for message in mail.outbox)

    return go


def types_of(envelope: Any) -> list[str]:
    return list(
        EnvelopeEvent.objects.filter(envelope=envelope).order_by("at", "version", "id").values_list("type", flat=True)
    )


def address(member: Any) -> str:
    return str(member.email)


@pytest.fixture
def people(sender: SimpleNamespace, target: SimpleNamespace, member: Any) -> SimpleNamespace:
    """E-mail addresses: whose work it is on each side, and the managers."""
    from tenants.organisations.models import Colleague

    def of(pk: Any) -> str:
        return str(Colleague.objects.get(pk=pk).email)

    with inside(sender.ref):
        mentor = of(sender.seat.membership_id)
    with inside(target.ref):
        caseworker = of(target.seat.membership_id)
    return SimpleNamespace(
        mentor=mentor,
        caseworker=caseworker,
        our_manager=member(sender.ref, Role.MANAGER).email,
        their_manager=member(target.ref, Role.MANAGER).email,
    )


def test_nobody_answers(referred: Any, day: Any, people: SimpleNamespace, sender: Any, target: Any) -> None:
    made = referred(State.OPENED)
    those_who_answer = sorted([people.caseworker, people.their_manager])
    assert day(2.9) == []
    assert day(3) == those_who_answer
    assert day(3.1) == []
    assert day(10) == those_who_answer
    assert day(20) == sorted([*those_who_answer, people.mentor, people.our_manager])
    assert day(29.9) == []
    assert day(30) == sorted([*those_who_answer, people.mentor])
    expected = ["draft", "sent", "opened", "reminded", "reminded", "escalated", "expired"]
    assert types_of(made.envelope) == expected[1:]
    assert day(400) == []
    for ref, pk in ((sender.ref, made.out), (target.ref, made.into)):
        with inside(ref):
            steps = Step.objects.filter(referral=pk, side="system").values_list("type", flat=True)
            assert list(steps) == ["reminded", "reminded", "escalated", "expired"]
            assert Referral.objects.get(pk=pk).envelope.state == State.EXPIRED


def test_a_beat_that_comes_twice_or_late_does_nothing_twice(referred: Any, day: Any, people: SimpleNamespace) -> None:
    made = referred(State.SENT)
    assert len(day(12)) == 2  # both reminders are behind us: one is sent
    assert passing.pass_deadline(made.envelope) is None
    assert day(12) == []
    assert types_of(made.envelope) == ["sent", "reminded"]
    assert len(day(45)) == 3
    assert types_of(made.envelope) == ["sent", "reminded", "expired"]


def test_a_worker_that_died_after_the_commit_is_made_good(referred: Any, day: Any, time: Any, target: Any) -> None:
    made = referred(State.SENT)
    time.move_to(MONDAY + timedelta(days=3))
    assert passing.pass_deadline(made.envelope) == Deadline.FIRST_REMINDER
    with inside(target.ref):
        assert not Step.objects.filter(type="reminded").exists()
    from tenants.referrals.tasks import deliver_outstanding

    assert deliver_outstanding() == 2
    with inside(target.ref):
        assert Step.objects.filter(type="reminded").count() == 1


def test_one_failing_envelope_does_not_hold_up_others(
    referred: Any, day: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    broken, whole = referred(State.SENT), referred(State.SENT, service="training")
    real = passing.pass_deadline

    def fail(envelope_id: Any) -> Any:
        if envelope_id == broken.envelope:
            raise RuntimeError("broken")
        return real(envelope_id)

    monkeypatch.setattr(passing, "pass_deadline", fail)
    day(3)
    assert "did not happen" in caplog.text
    assert types_of(whole.envelope) == ["sent", "reminded"]
    assert types_of(broken.envelope) == ["sent"]


def test_the_clock_stands_while_information_is_asked(
    referred: Any, day: Any, time: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.OPENED)
    time.move_to(MONDAY + timedelta(days=2))
    with tasks(), inside(target.ref):
        make_move(Referral.objects.get(pk=made.into), State.INFO_REQUESTED, target.seat)
    assert day(9) == []
    time.move_to(MONDAY + timedelta(days=12))
    with tasks(), inside(sender.ref):
        sending.answer_info(referral=Referral.objects.get(pk=made.out), answer="Since May", by=sender.seat)
    assert Envelope.objects.get(pk=made.envelope).due_at == MONDAY + timedelta(days=13)
    assert day(12.9) == []
    assert len(day(13)) == 1


def test_a_question_that_nobody_answers_has_a_limit_of_its_own(
    referred: Any, day: Any, time: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.OPENED)
    time.move_to(MONDAY + timedelta(days=5))
    with tasks(), inside(target.ref):
        make_move(Referral.objects.get(pk=made.into), State.INFO_REQUESTED, target.seat)
    assert day(34.9) == []
    assert day(35) != []
    assert Envelope.objects.get(pk=made.envelope).state == State.EXPIRED


@pytest.mark.parametrize("state", [State.COMPLETED, State.DISENGAGED, State.NOT_STARTED])
def test_a_result_that_nobody_acknowledges_closes_by_itself(
    referred: Any, day: Any, state: State, people: SimpleNamespace
) -> None:
    made = referred(state)
    assert day(13.9) == []
    assert day(14) == sorted([people.mentor, people.caseworker])
    assert "closed by itself" in mail.outbox[0].body
    assert Envelope.objects.get(pk=made.envelope).state == State.CLOSED
    assert Envelope.objects.get(pk=made.envelope).result == state


def test_what_is_answered_waits_for_nothing(referred: Any, day: Any) -> None:
    made = referred(State.ACCEPTED)
    assert day(300) == []
    assert Envelope.objects.get(pk=made.envelope).state == State.ACCEPTED


def test_the_sender_is_offered_to_redirect(referred: Any, day: Any, people: SimpleNamespace) -> None:
    referred(State.SENT)
    day(30)
    told = {message.to[0]: message.body for message in mail.outbox}
    assert "refer the person somewhere else" in told[people.mentor]
    assert "refer the person somewhere else" not in told[people.caseworker]


# --- shorter ones ------------------------------------------------------------------------------------------------
SHORT = {
    Deadline.FIRST_REMINDER: 1,
    Deadline.SECOND_REMINDER: 2,
    Deadline.ESCALATION: 5,
    Deadline.EXPIRY: 7,
    Deadline.CLOSING: 3,
}


def test_the_shorter_deadline_of_both_sides_counts(
    referred: Any, day: Any, target: Any, sender: Any, seat_in: Any
) -> None:
    for side, days in ((target, SHORT), (sender, DAYS | {Deadline.EXPIRY: 25})):
        with inside(side.ref):
            set_deadlines(days=days, seen_version=own_deadlines().version, by=side.seat)
    made = referred(State.SENT)
    day(7)
    assert Envelope.objects.get(pk=made.envelope).state == State.EXPIRED


def test_what_is_under_way_keeps_its_deadlines(referred: Any, day: Any, target: Any) -> None:
    made = referred(State.SENT)
    with inside(target.ref):
        set_deadlines(days=SHORT, seen_version=0, by=target.seat)
    day(7)
    assert Envelope.objects.get(pk=made.envelope).state == State.SENT


def test_the_second_to_save_is_told(target: Any) -> None:
    with inside(target.ref):
        saved = set_deadlines(days=SHORT, seen_version=0, by=target.seat)
        assert (saved.version, saved.expiry) == (1, 7)
        assert set_deadlines(days=SHORT, seen_version=1, by=target.seat).version == 1  # nothing changed
        with pytest.raises(EditedMeanwhile):
            set_deadlines(days=DAYS, seen_version=0, by=target.seat)
        assert own_deadlines().expiry == 7
    assert Deadlines.objects.count() == 1


# --- the clock alone -----------------------------------------------------------------------------------------------
def test_reminders_that_were_missed_are_one() -> None:
    ticking = clock.due_next(Clock(since=MONDAY), days=DAYS)
    at = {
        number: clock.latest(ticking, days=DAYS, now=MONDAY + timedelta(days=number)).due
        for number in (0, 3, 11, 25, 99)
    }
    assert at == {0: "first_reminder", 3: "first_reminder", 11: "second_reminder", 25: "escalation", 99: "expiry"}
