"""The life of a move: asked, answered, carried; and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.enums import Service, Side
from network_registry.exchange.errors import DealingMoved, ReasonMissing
from network_registry.exchange.models import DealingEvent, Envelope
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RELOCATION_EDGES, RelocationState
from tenants.caseloads.domain.consents import renew_consent, withdraw_consent
from tenants.caseloads.domain.erasure import NotErased, erase_client
from tenants.caseloads.models import Client, Consent, Document, JournalEntry
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.errors import ConsentMissing, SaysWho
from tenants.referrals.models import Referral
from tenants.relocations import carrying
from tenants.relocations.domain import advancing, answering, asking, undoing
from tenants.relocations.errors import NotMovable, TargetUnavailable
from tenants.relocations.models import Relocation
from tenants.relocations.tasks import advance_outstanding

from .conftest import FAMILY, NAME, agreed, at, own, request, state, whole_record

S = RelocationState


# --- asking and answering -----------------------------------------------------------------------------------
def test_a_record_moves_with_all_that_is_told_of_it(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None]
) -> None:
    with inside(there.ref):
        theirs = own(there)
        assert (theirs.client, theirs.need, theirs.area) == (None, "Somebody to talk to", "South")
        assert theirs.counts["caseloads.JournalEntry"] == 2
    assert [message.to for message in mail.outbox] == [[there.email]]
    assert mail.outbox[0].subject == "A record is to be moved to you"
    accept()
    assert state() == S.CARRIED
    assert (at(here), at(there)) == ([], [f"{NAME} {FAMILY}"])
    shared = Shared.objects.get()
    assert (shared.is_due, shared.done, shared.total) == (False, 2, 2)
    assert [event.type for event in DealingEvent.objects.order_by("at", "id")] == [
        "asked",
        "accepted",
        "carrying",
        "carried",
    ]
    with inside(there.ref):
        theirs = own(there)
        assert theirs.client is not None
        assert theirs.client.assigned_to_id == there.seat.membership_id
        assert undoing.added(theirs) == {}
        assert Entry.objects.filter(action="relocation.carried", about_id=theirs.client_id).exists()
    with inside(here.ref):
        assert own(here).answer == "Gladly"
        assert Client.every.get().held_at is not None
    everything = " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert NAME not in everything
    assert {message.subject for message in mail.outbox} == {
        "A record is to be moved to you",
        "Your record is taken on",
        "A record has come to you",
        "Your record was moved",
    }


def test_nothing_of_the_person_lies_in_shared_tables(asked: Relocation, accept: Callable[[], None]) -> None:
    accept()
    with connection.cursor() as cursor:
        for table in ("exchange_relocation", "exchange_dealingevent", "exchange_parcel"):
            cursor.execute(f"SELECT kept::text FROM {table} AS kept")
            for (text,) in cursor.fetchall():
                assert NAME not in text
                assert "Somebody to talk to" not in text


def test_a_third_organisation_sees_nothing(
    asked: Relocation, accept: Callable[[], None], here: SimpleNamespace, secretariat: OrganisationRef
) -> None:
    """Its person of the very same name stays as it is, and it reads neither the move nor its steps."""
    with inside(secretariat):
        look_alike = whole_record(here.seat)
    accept()
    with inside(secretariat):
        assert not Shared.objects.exists()
        assert not DealingEvent.objects.exists()
        assert not Relocation.objects.exists()
        assert Client.objects.get().pk == look_alike.pk
        assert JournalEntry.objects.count() == 3
        assert Document.objects.count() == 1


def test_a_request_is_declined(asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any) -> None:
    with tasks(), inside(there.ref):
        answering.decline_relocation(relocation=own(there), reason="no_place", answer="In May", by=there.seat)
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])
    with inside(here.ref):
        ours = own(here)
        assert (ours.shared.state, ours.shared.reason, ours.answer) == ("declined", "no_place", "In May")
        with pytest.raises(DealingMoved):
            asking.withdraw_relocation(relocation=ours, reason="changed", by=here.seat)


def test_a_request_is_taken_back(asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any) -> None:
    with tasks(), inside(here.ref):
        with pytest.raises(ReasonMissing):
            asking.withdraw_relocation(relocation=own(here), reason="", by=here.seat)
        asking.withdraw_relocation(relocation=own(here), reason="changed", by=here.seat)
    with inside(there.ref), pytest.raises(DealingMoved):
        answering.accept_relocation(relocation=own(there), assignee=Colleague.objects.get(), by=there.seat)
    assert mail.outbox[-1].subject in ("A record is not moved after all", "A record is not moved to you after all")


def test_only_who_may_does_it(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, seat_in: Callable[..., Seat], person: Client
) -> None:
    mentor, supervisor = seat_in(there.ref, Role.MENTOR), seat_in(there.ref, Role.SUPERVISOR)
    volunteer = seat_in(here.ref, Role.VOLUNTEER)
    with inside(there.ref):
        for verb in (answering.accept_relocation, answering.decline_relocation):
            values = {"assignee": Colleague.objects.first()} if verb is answering.accept_relocation else {"reason": "x"}
            with pytest.raises(PermissionDenied):
                verb(relocation=own(there), by=mentor, **values)
        with pytest.raises(PermissionDenied):
            undoing.ask_undo(relocation=own(there), reason="moved_wrong", by=supervisor)
    with inside(here.ref), pytest.raises(PermissionDenied):
        asking.ask_relocation(client=person, request=request(there), new_consent=agreed(there), by=volunteer)


def test_what_may_not_be_asked(
    here: SimpleNamespace, there: SimpleNamespace, person: Client, tasks: Any, secretariat: OrganisationRef
) -> None:
    def refused(error: type[Exception], consent: Any = None, **values: Any) -> None:
        with inside(here.ref), pytest.raises(error):
            asking.ask_relocation(
                client=person,
                request=request(there, **values),
                new_consent=consent or agreed(there),
                by=here.seat,
            )

    refused(TargetUnavailable, target=Organisation.objects.get(pk=here.ref.id))
    refused(TargetUnavailable, target=Organisation.objects.get(pk=secretariat.id))
    refused(TargetUnavailable, target=Organisation(state=State.SUSPENDED))
    refused(SaysWho, need=f"Talk to {FAMILY}")
    refused(ConsentMissing, consent=agreed(there, purpose="transfer"))
    refused(ConsentMissing, consent=agreed(there, recipient=Organisation.objects.get(pk=here.ref.id)))
    Organisation.objects.filter(pk=here.ref.id).update(state=State.PROVISIONAL)
    new = SimpleNamespace(ref=Organisation.objects.get(pk=here.ref.id).ref(), seat=here.seat)
    with inside(new.ref), pytest.raises(TargetUnavailable, match="new in the network"):
        asking.ask_relocation(client=person, request=request(there), new_consent=agreed(there), by=new.seat)
    Organisation.objects.filter(pk=here.ref.id).update(state=State.ACTIVE)
    with inside(here.ref):
        Client.objects.update(restricted_at=timezone.now())
        assert asking.obstacles_of(Client.objects.get()) == ["The record is restricted: a consent has ended."]
    refused(NotMovable)


def test_what_runs_with_others_has_to_end_first(
    here: SimpleNamespace, there: SimpleNamespace, person: Client, asked: Relocation, tasks: Any
) -> None:
    with inside(here.ref):
        assert asking.obstacles_of(person) == ["The record is being moved already."]
        assert "is being moved" in asking.under_way([person.pk])
        with pytest.raises(NotErased):
            erase_client(client=person, reason="asked", by=here.seat)
        envelope = Envelope.objects.create(
            reference="H-1", sender_id=here.ref.id, target_id=there.ref.id, service=Service.OTHER
        )
    Envelope.objects.update(state="started", sent_at=timezone.now())
    with inside(here.ref):
        Referral.objects.create(envelope=envelope, direction="out", other_id=there.ref.id, client=person)
    with tasks(), inside(there.ref):
        colleague = Colleague.objects.get(pk=there.seat.membership_id)
        answering.accept_relocation(relocation=own(there), assignee=colleague, by=there.seat)
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "blocked")
    assert at(here) == [f"{NAME} {FAMILY}"]


# --- consent ------------------------------------------------------------------------------------------------
def test_taking_the_consent_back_stops_it(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    with tasks(), inside(here.ref):
        withdraw_consent(consent=Consent.objects.get(purpose="relocation"), how="spoken", by=here.seat)
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("withdrawn", "consent")
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])


def test_a_consent_that_has_run_out_carries_nothing(
    asked: Relocation, here: SimpleNamespace, accept: Callable[[], None]
) -> None:
    with inside(here.ref):
        Consent.objects.filter(purpose="relocation").update(expires_on=timezone.localdate() - timedelta(days=1))
    accept()
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "consent_over")
    assert at(here) == [f"{NAME} {FAMILY}"]


def test_taking_the_consent_back_at_the_very_moment_stops_it_too(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None], monkeypatch: Any
) -> None:
    """A worker has locked the record away already, and has not carried it."""
    with monkeypatch.context() as dying:
        dying.setattr(carrying, "read_record", _die)
        with pytest.raises(KeyboardInterrupt):
            accept()
    with inside(here.ref):
        withdraw_consent(consent=Consent.objects.get(purpose="relocation"), how="spoken", by=here.seat)
    Shared.objects.update(due_at=timezone.now())
    assert advance_outstanding() == 1
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "consent_over")
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])


def test_a_renewed_consent_carries(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None]
) -> None:
    with inside(here.ref):
        older = Consent.objects.get(purpose="relocation")
        newer = renew_consent(consent=older, new=agreed(there), by=here.seat)
        assert own(here).consent_id == newer.pk
    accept()
    assert state() == S.CARRIED


# --- dying on the way ---------------------------------------------------------------------------------------
def test_a_worker_that_dies_before_the_record_is_there_is_followed_by_another(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None], monkeypatch: Any
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(advancing, "keep_prints", _die)
        with pytest.raises(KeyboardInterrupt):
            accept()
    assert state() == S.CARRYING
    assert (at(here), at(there)) == ([], [])  # and nothing half
    with inside(there.ref):
        assert not JournalEntry.objects.exists()
        assert list(carrying.files.files.stored(before=timezone.now().timestamp() + 9)) == []
    assert advance_outstanding() == 0  # not before its time
    Shared.objects.update(due_at=timezone.now())
    assert advance_outstanding() == 1
    assert (at(here), at(there)) == ([], [f"{NAME} {FAMILY}"])


def test_a_worker_that_dies_after_the_commit_leaves_one_record(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None], monkeypatch: Any
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(network, "go_on", _die_at_the_end(network.go_on))
        with pytest.raises(KeyboardInterrupt):
            accept()
    assert state() == S.CARRIED
    assert (at(here), at(there)) == ([], [f"{NAME} {FAMILY}"])
    Shared.objects.update(due_at=timezone.now())
    assert advance_outstanding() == 1
    assert at(there) == [f"{NAME} {FAMILY}"]


def _die(*args: Any, **options: Any) -> None:
    raise KeyboardInterrupt


def _die_at_the_end(go_on: Callable[..., None]) -> Callable[..., None]:
    def step(shared: Any, **values: Any) -> None:
        if shared.state == S.CARRIED:
            raise KeyboardInterrupt
        go_on(shared, **values)

    return step


def test_what_cannot_be_written_goes_back_after_some_tries(
    asked: Relocation,
    here: SimpleNamespace,
    there: SimpleNamespace,
    accept: Callable[[], None],
    monkeypatch: Any,
    tasks: Any,
) -> None:
    monkeypatch.setattr(carrying, "write_record", _break)
    with pytest.raises(RuntimeError):
        accept()
    assert at(here) == []
    Shared.objects.update(due_at=timezone.now(), tries=advancing.MOST_TRIES)
    with tasks():
        assert advance_outstanding() == 1
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "broken")
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])
    assert {message.subject for message in mail.outbox[-2:]} == {
        "A record could not be moved to you",
        "Your record could not be moved",
    }


def _break(*args: Any, **options: Any) -> None:
    raise RuntimeError("the disk is full")


def test_a_target_that_was_closed_on_the_way(
    asked: Relocation,
    here: SimpleNamespace,
    there: SimpleNamespace,
    accept: Callable[[], None],
    monkeypatch: Any,
    tasks: Any,
) -> None:
    """Being migrated it is tried again; once it is closed the record goes back."""
    with monkeypatch.context() as migrating:
        migrating.setattr(advancing, "_arrive", _unavailable)
        with pytest.raises(OrganisationUnavailable):
            accept()
    assert state() == S.CARRYING
    Organisation.objects.filter(pk=there.ref.id).update(state=State.CLOSED)
    Shared.objects.update(due_at=timezone.now())
    with tasks():
        assert advance_outstanding() == 1
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "closed")
    assert at(here) == [f"{NAME} {FAMILY}"]
    assert mail.outbox[-1].subject == "Your record could not be moved"


def _unavailable(*args: Any, **options: Any) -> None:
    raise OrganisationUnavailable("being migrated")


def test_whoever_was_suspended_meanwhile_gets_nothing(
    asked: Relocation, here: SimpleNamespace, there: SimpleNamespace, accept: Callable[[], None]
) -> None:
    Organisation.objects.filter(pk=there.ref.id).update(state=State.SUSPENDED)
    accept()
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("failed", "closed")
    assert at(here) == [f"{NAME} {FAMILY}"]


def test_of_a_sender_that_was_closed_nothing_is_told(asked: Relocation, here: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=here.ref.id).update(state=State.CLOSED)
    Shared.objects.update(is_due=True, due_at=timezone.now())
    assert advance_outstanding() == 1
    assert not Shared.objects.get().is_due


def test_one_failure_does_not_hold_up_others(asked: Relocation, monkeypatch: Any, caplog: Any) -> None:
    monkeypatch.setattr(advancing, "advance", _break)
    Shared.objects.update(is_due=True, due_at=timezone.now())
    assert advance_outstanding() == 0
    assert "did not go on" in caplog.text


def test_nothing_is_done_twice(asked: Relocation) -> None:
    assert advancing.advance(Shared.objects.get().pk) == ""
    Shared.objects.update(is_due=True, due_at=timezone.now())
    count = len(mail.outbox)
    assert advancing.advance(Shared.objects.get().pk) == S.ASKED
    assert len(mail.outbox) == count


def test_what_somebody_does_in_between_counts(
    asked: Relocation, here: SimpleNamespace, accept: Callable[[], None], monkeypatch: Any
) -> None:
    """The request is taken back while a worker is at it: the worker sees that, and stops."""

    def meanwhile(shared: Shared) -> None:
        with inside(here.ref):
            network.move(Shared.objects.get(), to=S.WITHDRAWN, reason="mistake")
        with inside(here.ref):
            network.move(shared, to=S.CARRYING)

    monkeypatch.setitem(advancing.STEPS, S.ACCEPTED, meanwhile)
    accept()
    assert state() == S.WITHDRAWN
    assert at(here) == [f"{NAME} {FAMILY}"]


# --- the machine --------------------------------------------------------------------------------------------
def test_the_database_knows_the_same_moves(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after, side FROM dealing_edges() WHERE kind = 'relocation'")
        known = set(cursor.fetchall())
    assert known == {
        (before.value, after.value, side.value)
        for before, edges in RELOCATION_EDGES.items()
        for after, sides in edges.items()
        for side in sides
    }
    assert {side for _before, _after, side in known} == {side.value for side in (Side.SENDER, Side.TARGET, Side.SYSTEM)}
