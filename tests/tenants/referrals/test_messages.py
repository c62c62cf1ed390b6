"""What both sides write to each other: who may, what crosses, what never does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from halka.audit.models import Entry
from halka.authorization.roles import Role, Scope, Seat
from network_registry.exchange.enums import EventType, Freight, State
from network_registry.exchange.models import EnvelopeEvent, OutboxItem
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import messages
from tenants.referrals.domain.messages import language_of, read_messages, waiting_for, write_message
from tenants.referrals.errors import SaysWho, TalkingEnded
from tenants.referrals.models import Message, Referral, Step
from tenants.referrals.policies import TALKING
from tenants.referrals.tasks import deliver_outstanding
from tests.tenants.referrals.conftest import WAYS, make_move
from tests.tenants.referrals.test_verbs import shared_rows


def copy_of(made: SimpleNamespace) -> Referral:
    return Referral.objects.select_related("envelope", "client").get(envelope=made.envelope)


def write(side: SimpleNamespace, made: SimpleNamespace, text: str, tasks: Any, **values: Any) -> None:
    with tasks(), inside(side.ref):
        write_message(referral=copy_of(made), text=text, by=side.seat, **values)


@pytest.fixture
def opened(referred: Any) -> SimpleNamespace:
    made: SimpleNamespace = referred(State.OPENED)
    mail.outbox.clear()
    return made


def test_a_message_has_the_same_key_on_both_sides_and_lies_sealed(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    with inside(sender.ref):
        own = Message.objects.get()
        assert (own.ours, own.by_id, own.by_name) == (True, sender.seat.membership_id, sender.seat.name)
        assert b"Mornings" not in bytes(Message.objects.values_list("text", flat=True).get().token)
    with inside(target.ref):
        received = Message.objects.get()
        assert (received.pk, received.text, received.at) == (own.pk, "Mornings suit best", own.at)
        assert (received.ours, received.by_id, received.by_name) == (False, None, "")
    assert "Mornings" not in shared_rows()
    assert sender.seat.name not in shared_rows()


def test_both_sides_learn_of_it_on_their_timeline_and_in_their_feed(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(target, opened, "When could you call?", tasks)
    for side in (sender, target):
        with inside(side.ref):
            assert Step.objects.filter(type=EventType.MESSAGE, side="target").count() == 1
            event = Event.objects.get(type="referral.message")
            assert "call" not in str(event.data)
    with inside(target.ref):
        assert Entry.objects.filter(action="message.written").count() == 1
    with inside(sender.ref):
        assert Entry.objects.get(action="message.received").about_id == sender.client.pk


def test_the_e_mail_says_nothing_of_what_was_written_and_comes_once_until_it_is_read(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(target, opened, "A first line", tasks)
    write(target, opened, "A second line", tasks)
    assert len(mail.outbox) == 1
    assert "line" not in mail.outbox[0].subject + mail.outbox[0].body
    assert "Zorana" not in mail.outbox[0].subject + mail.outbox[0].body
    with tasks(), inside(sender.ref):
        read_messages(referral=copy_of(opened), by=sender.seat)
    write(target, opened, "A third line", tasks)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("state", sorted(WAYS))
def test_both_sides_write_from_opening_to_closing(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, state: State
) -> None:
    made = referred(state)
    for side in (sender, target):
        if state in TALKING:
            write(side, made, "Good day", tasks)
            continue
        with inside(side.ref), pytest.raises(TalkingEnded):
            write_message(referral=copy_of(made), text="Good day", by=side.seat)


def test_nothing_is_written_where_our_copy_is_restricted(referred: Any, target: SimpleNamespace) -> None:
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        Referral.objects.filter(pk=made.into).update(restricted_at=timezone.now())
        with pytest.raises(TalkingEnded):
            write_message(referral=copy_of(made), text="Good day", by=target.seat)


@pytest.mark.parametrize("text", ["zorana likes mornings", "Call +381 11 000-111", "Ask Izmisljena herself"])
def test_before_acceptance_nothing_says_who_the_person_is(
    opened: SimpleNamespace, sender: SimpleNamespace, text: str
) -> None:
    with inside(sender.ref):
        with pytest.raises(SaysWho) as refusal:
            write_message(referral=copy_of(opened), text=text, by=sender.seat)
        assert refusal.value.field == "text"
        assert Message.objects.count() == Entry.objects.filter(action="message.written").count() == 0
    assert OutboxItem.objects.filter(freight=Freight.MESSAGE).count() == 0


def test_after_acceptance_the_name_may_stand_there(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    write(sender, made, "Zorana comes on Monday", tasks)
    with inside(target.ref):
        assert Message.objects.get().text == "Zorana comes on Monday"


def test_once_nothing_was_told_since_the_consent_had_ended_the_name_stays_away(
    referred: Any, sender: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        Referral.objects.filter(pk=made.out).update(names_person=False)
        with pytest.raises(SaysWho):
            write_message(referral=copy_of(made), text="Zorana comes on Monday", by=sender.seat)


def test_those_without_the_permission_do_not_write(
    opened: SimpleNamespace, sender: SimpleNamespace, seat_in: Any
) -> None:
    software = Seat(
        0, None, None, "Case system", software_id=sender.client.pk, scopes=frozenset({Scope.REFERRALS_READ})
    )
    for seat in (seat_in(sender.ref, Role.VIEWER), seat_in(sender.ref, Role.AUDITOR), software):
        with inside(sender.ref), pytest.raises(PermissionDenied):
            write_message(referral=copy_of(opened), text="Good day", by=seat)


def test_a_third_organisation_has_nothing_of_it(
    opened: SimpleNamespace, sender: SimpleNamespace, secretariat: Any, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    with inside(secretariat):
        assert Message.objects.count() == 0
        assert EnvelopeEvent.objects.count() == OutboxItem.objects.count() == 0


def test_what_arrives_twice_is_there_once(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    OutboxItem.objects.filter(freight=Freight.MESSAGE).update(done_at=None)
    mail.outbox.clear()
    assert deliver_outstanding() == 1
    with inside(target.ref):
        assert Message.objects.count() == Step.objects.filter(type=EventType.MESSAGE).count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize("column", ["restricted_at", "purged_at"])
def test_nothing_arrives_where_the_copy_is_used_no_more(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, column: str
) -> None:
    with inside(target.ref):
        Referral.objects.update(**{column: timezone.now()})
    write(sender, opened, "Mornings suit best", tasks)
    with inside(target.ref):
        assert Message.objects.count() == 0


def test_what_was_erased_before_it_left_does_not_leave(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    with inside(sender.ref):
        write_message(referral=copy_of(opened), text="Mornings suit best", by=sender.seat)
        Message.objects.all().delete()
    deliver_outstanding()
    with inside(target.ref):
        assert Message.objects.count() == 0


def test_the_thread_goes_with_a_recalled_referral(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    with tasks(), inside(sender.ref):
        make_move(copy_of(opened), State.RECALLED, sender.seat)
    with inside(target.ref):
        assert Message.objects.count() == 0
    with inside(sender.ref):
        assert Message.objects.count() == 1


# --- reading ---------------------------------------------------------------------------------------------------
def test_reading_is_told_to_whoever_wrote(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(target, opened, "A first line", tasks)
    write(target, opened, "A second line", tasks)
    with inside(sender.ref):
        assert list(waiting_for(sender.seat)) == [copy_of(opened)]
    with tasks(), inside(sender.ref):
        read_messages(referral=copy_of(opened), by=sender.seat)
        read_messages(referral=copy_of(opened), by=sender.seat)
    assert OutboxItem.objects.filter(freight=Freight.READ).count() == 1
    with inside(sender.ref):
        assert list(waiting_for(sender.seat)) == []
        read_at = Message.objects.first().read_at
    with inside(target.ref):
        assert set(Message.objects.values_list("read_at", flat=True)) == {read_at}


def test_an_answer_reads_what_it_answers(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(target, opened, "When could you call?", tasks)
    write(sender, opened, "On Monday", tasks)
    with inside(sender.ref):
        assert not Message.objects.filter(ours=False, read_at=None).exists()


def test_a_look_of_others_is_no_reading(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, seat_in: Any
) -> None:
    write(target, opened, "When could you call?", tasks)
    colleague, viewer = seat_in(sender.ref, Role.MANAGER), seat_in(sender.ref, Role.VIEWER)
    with inside(sender.ref):
        for seat in (colleague, viewer):
            read_messages(referral=copy_of(opened), by=seat)
            assert list(waiting_for(seat)) == []
        assert Message.objects.filter(read_at=None).count() == 1


def test_where_nobody_is_responsible_anybody_who_may_answer_reads(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    software = Seat(0, None, None, "System", software_id=sender.client.pk, scopes=frozenset({Scope.REFERRALS_WRITE}))
    with inside(target.ref):
        assert list(waiting_for(software)) == [copy_of(opened)]
        read_messages(referral=copy_of(opened), by=target.seat)
        assert not Message.objects.filter(read_at=None).exists()


def test_a_suspended_organisation_reads_without_saying_so(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    Organisation.objects.filter(pk=target.ref.id).update(state="suspended")
    with inside(Organisation.objects.get(pk=target.ref.id).ref()):
        read_messages(referral=copy_of(opened), by=target.seat)
        assert Message.objects.filter(read_at=None).count() == 1


def test_a_reading_of_what_was_erased_meanwhile_tells_nothing(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    write(sender, opened, "Mornings suit best", tasks)
    with inside(target.ref):
        read_messages(referral=copy_of(opened), by=target.seat)
        Message.objects.all().delete()
    deliver_outstanding()
    with inside(sender.ref):
        assert Message.objects.get().read_at is None


# --- languages -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "usual", "language"),
    [
        ("صبح‌ها بهتر است، ۹ صبح", "fa", "fa"),
        ("صبح‌ها بهتر است", "sr", "fa"),
        ("Jutra su bolja", "sr", "sr"),
        ("H-7K2M ؟", "lt", "lt"),
        ("123", "sq", "sq"),
    ],
)
def test_each_text_is_of_a_language(text: str, usual: str, language: str) -> None:
    assert language_of(text, usual) == language


def test_the_language_crosses_with_the_text(
    opened: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    with translation.override("sr"):
        write(sender, opened, "Jutra su bolja", tasks)
    write(target, opened, "صبح‌ها بهتر است", tasks, language="en")
    for side in (sender, target):
        with inside(side.ref):
            assert list(Message.objects.values_list("language", flat=True)) == ["sr", "fa"]
            assert messages.tell_message(sender.client.pk) is None
