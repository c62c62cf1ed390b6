"""The end of a move: undone within its time, or for good."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from halka.audit.models import Entry
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.models import DealingEvent
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RelocationState
from tenants.caseloads.domain import takeouts
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.models import Client, Consent, Document, JournalEntry, Merge
from tenants.organisations.isolation import inside
from tenants.relocations.domain import asking, undoing
from tenants.relocations.errors import NotMovable, TooLate, WouldLose
from tenants.relocations.models import Relocation
from tenants.relocations.tasks import advance_outstanding, pass_due

from .conftest import FAMILY, NAME, at, entry, own, state, whole_record

S = RelocationState


def undo(side: SimpleNamespace, tasks: Any, **values: Any) -> None:
    with tasks(), inside(side.ref):
        undoing.ask_undo(
            **{"relocation": own(side), "reason": "moved_wrong", "note": "Wrong person", "by": side.seat, **values}
        )


@pytest.mark.parametrize("by_sender", [True, False])
def test_either_side_undoes_it(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any, by_sender: bool
) -> None:
    mail.outbox.clear()
    undo(here if by_sender else there, tasks)
    assert state() == S.UNDONE
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])
    with inside(here.ref):
        back = Client.objects.get()
        assert (back.restricted_at, back.reference, back.health) == (None, "F-77", "Bad knees")
        assert own(here).undo_note == "Wrong person"
        assert Entry.objects.filter(action="relocation.undone", about_id=back.pk).exists()
    with inside(there.ref):
        theirs = own(there)
        assert (theirs.client, theirs.need, theirs.undo_note, theirs.written) == (None, "", "", {})
        assert not Client.every.exists()
        assert not Document.objects.exists()
    Shared.objects.update(is_due=True, due_at=timezone.now())
    assert advance_outstanding() == 1  # there is nothing left to forget
    assert NAME not in " ".join(message.body for message in mail.outbox)
    assert {message.subject for message in mail.outbox} == {
        "The move of a record is being undone",
        "The move of a record was undone",
    }


def test_work_that_was_added_stops_the_sender_and_asks_the_target(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    with inside(there.ref):
        client = Client.objects.get()
        entry(client, there.seat, "First talk with us")
        Client.objects.update(place="Niš")
        assert undoing.added(own(there)) == {"caseloads.JournalEntry": 1, "caseloads.Client": 1}
    mail.outbox.clear()
    undo(here, tasks)
    shared = Shared.objects.get()
    assert (shared.state, shared.reason) == ("carried", "added")
    assert at(there) == [f"{NAME} {FAMILY}"]
    assert {message.subject for message in mail.outbox} >= {
        "A record stays with you",
        "A record stays where it was moved to",
    }
    with inside(there.ref), pytest.raises(WouldLose):
        undoing.ask_undo(relocation=own(there), reason="moved_wrong", by=there.seat)
    undo(there, tasks, loses=True)
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])


def test_what_runs_there_stops_undoing(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    with inside(there.ref):
        client = Client.objects.get()
        other = whole_record(there.seat, given_name="Ana", reference="")
        merge = Merge.objects.create(kept=client, absorbed=other)
    undo(here, tasks)
    assert Shared.objects.get().reason == "blocked"
    with inside(there.ref):
        with pytest.raises(NotMovable, match="Take the two apart"):
            undoing.ask_undo(relocation=own(there), reason="moved_wrong", by=there.seat)
        merge.delete()
        Client.objects.filter(pk=client.pk).update(merged_into=other)
        with pytest.raises(NotMovable, match="not here any more"):
            undoing.ask_undo(relocation=own(there), reason="moved_wrong", by=there.seat)
        Relocation.objects.update(client=None)
        with pytest.raises(NotMovable, match="not here any more"):
            undoing.ask_undo(relocation=own(there), reason="moved_wrong", by=there.seat)


def test_it_is_not_moved_on_while_it_may_be_undone(moved: Relocation, there: SimpleNamespace) -> None:
    with inside(there.ref):
        (words,) = asking.obstacles_of(Client.objects.get())
    assert "less than 30 days" in words


def test_after_thirty_days_the_old_copy_is_erased(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    Shared.objects.update(carried_at=timezone.now() - timedelta(days=29, hours=23))
    with tasks():
        assert pass_due() == 0
    Shared.objects.update(carried_at=timezone.now() - timedelta(days=30))
    with inside(here.ref), pytest.raises(TooLate):
        undoing.ask_undo(relocation=own(here), reason="moved_wrong", by=here.seat)
    with tasks():
        assert pass_due() == 1
    assert state() == S.SETTLED
    with inside(here.ref):
        ours = own(here)
        assert (ours.client_id, ours.consent_id, ours.need, ours.counts) == (None, None, "", {})
        assert not Client.every.exists()
        assert not Consent.objects.exists()
        assert not JournalEntry.objects.exists()
    assert at(there) == [f"{NAME} {FAMILY}"]


def test_an_unanswered_request_expires(asked: Relocation, here: SimpleNamespace, tasks: Any) -> None:
    Shared.objects.update(expires_at=timezone.now())
    with tasks():
        assert pass_due() == 1
    assert state() == S.EXPIRED
    assert at(here) == [f"{NAME} {FAMILY}"]


def test_somebody_acts_at_the_very_moment_it_expires(asked: Relocation, monkeypatch: Any) -> None:
    def moved(*args: Any, **values: Any) -> None:
        raise DealingMoved

    Shared.objects.update(expires_at=timezone.now())
    monkeypatch.setattr(network, "move", moved)
    assert network.pass_due(9) == []


def test_the_move_is_in_the_persons_own_copy(moved: Relocation, there: SimpleNamespace) -> None:
    with inside(there.ref):
        client = Client.objects.get()
        (row,) = takeouts.as_data(client, rows_about(client))["records"]["relocations.relocation"]["rows"]
    assert row["need"] == "Somebody to talk to"
    assert "written" not in row


def test_whoever_is_erased_there_is_erased_here(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    with tasks(), inside(there.ref):
        erase_client(client=Client.objects.get(), reason="asked", by=there.seat)
    assert state() == S.SETTLED
    assert DealingEvent.objects.get(type="settling").reason == "erased_there"
    with inside(here.ref):
        assert not Client.every.exists()
