"""A merger is undone within 30 days: everything is where it was, and nothing is lost that nobody gave up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from network_registry.directory.models import Offer, Service
from network_registry.exchange.models import Deadlines
from network_registry.membership.enums import MergerState
from network_registry.membership.errors import CannotMerge
from network_registry.membership.models import Licence, Merger, MergerAnswer
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.models import Case, Client, Document, JournalEntry, Programme
from tenants.mergers import tasks as background
from tenants.mergers.domain import advancing, answering, proposing, records
from tenants.mergers.models import MergedRecord
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Closing, Membership, Organisation
from tenants.relocations import carrying
from tenants.relocations.carrying import NotCarried
from tests.tenants.relocations.conftest import NAME, entry, whole_record

from .conftest import Both, offer_of, seats_of, state
from .test_merging import _dies, killed, living


@pytest.fixture
def merged(both: Both, person: Client, offered: Offer) -> Merger:
    return both.merge()


def write_something(both: Both) -> None:
    with inside(both.beta):
        entry(Client.objects.get(), both.theirs, "Since then")


def test_all_of_it_goes_back_and_work_since_is_given_up_first(both: Both, merged: Merger, person: Client) -> None:
    with inside(both.beta):
        own = add_client(details=ClientDetails(given_name="Ana", family_name="New"), by=both.theirs)
        entry(Client.objects.exclude(pk=own.pk).get(), both.theirs, "Since then")
    with inside(both.secretariat), pytest.raises(CannotMerge, match="counted anew"):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    seen = both.look(merged).seen
    assert (seen["changed"], seen["new"], seen["obstacles"]) == (1, 1, {})
    with inside(both.secretariat), pytest.raises(CannotMerge, match="would be lost"):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    both.confirm(merged)
    assert MergerAnswer.objects.get(about="undo").counts == {"changed": 1, "new": 1}
    undone = both.undo(merged)

    assert (undone.state, undone.trouble) == (MergerState.UNDONE, "")
    assert state(both.alpha) == "active"
    assert Closing.objects.get().state == "called_off"
    with inside(both.alpha):
        back = Client.objects.get()
        assert (back.pk, back.reference, back.held_at, back.restricted_at) == (person.pk, "F-77", None, None)
        assert Case.objects.open().count() == 1
        assert b"".join(read_document(Document.objects.get())) == b"a diploma"
        assert not JournalEntry.objects.filter(author_name=both.theirs.name).exists()
        assert not MergedRecord.objects.exists()
        assert Entry.objects.filter(action="merger.undone").count() == 1
    with inside(both.beta):
        assert Client.every.get().pk == own.pk
        assert not MergedRecord.objects.exists()
        assert Programme.objects.get().state == "ended"
        assert Entry.objects.filter(action="member.ended").count() == 1
    assert seats_of(both.ours.user_id) == {"alpha": "manager"}
    assert Offer.objects.get().organisation_id == Service.objects.get().organisation_id == both.alpha.id
    assert Deadlines.objects.get().organisation_id == both.alpha.id
    assert "is undone" in mail.outbox[-1].subject
    with inside(both.secretariat):
        assert Entry.objects.filter(action="merger.undone").count() == 1
        with pytest.raises(CannotMerge, match="any more"):
            proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)


def test_killed_while_it_goes_back(both: Both, merged: Merger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with some of them held, once when one lives there already and is still here, out of sight."""
    both.look(merged)
    with inside(both.secretariat):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    hold_all = records._each_arrived

    def dies_after(*arguments: Any) -> None:
        hold_all(*arguments)
        raise KeyboardInterrupt

    killed(monkeypatch, merged, records, "hold_arrived", lambda held: dies_after(held, _hold))
    assert (living(both.alpha), living(both.beta)) == (0, 0)  # each is held by one, and due to go on
    Merger.objects.update(due_at=timezone.now())
    killed(monkeypatch, merged, carrying, "erase_record", _dies)
    assert (living(both.alpha), living(both.beta)) == (1, 0)
    Merger.objects.update(due_at=timezone.now())
    assert advancing.advance(merged.pk) == "undone"
    assert (living(both.alpha), living(both.beta)) == (1, 0)
    with inside(both.beta):
        assert not Client.every.exists()


def _hold(key: UUID) -> None:
    carrying.hold_record(key, by=SYSTEM)


def test_work_done_in_the_last_minute_keeps_it_merged(both: Both, merged: Merger, tasks: Any) -> None:
    both.look(merged)
    with inside(both.secretariat):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    assert state(both.alpha) == "suspended"
    write_something(both)
    with tasks():
        assert advancing.advance(merged.pk) == "merged"
    found = Merger.objects.get()
    assert (found.trouble, found.seen["changed"]) == ("added", 1)
    assert (living(both.alpha), living(both.beta)) == (0, 1)
    assert state(both.alpha) == "leaving"
    assert Closing.objects.filter(state="waiting").count() == 1
    assert "stays" in mail.outbox[-1].subject
    both.confirm(found)
    assert both.undo(found).state == MergerState.UNDONE


def test_what_came_up_meanwhile_keeps_it_merged(both: Both, merged: Merger, monkeypatch: pytest.MonkeyPatch) -> None:
    both.look(merged)
    with inside(both.secretariat):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)

    def blocked(*_arguments: Any, **_options: Any) -> None:
        raise NotCarried("x")

    with monkeypatch.context() as patch:
        patch.setattr(carrying, "hold_record", blocked)
        assert advancing.advance(merged.pk) == "merged"
    assert Merger.objects.get().trouble == "blocked"
    assert living(both.beta) == 1


def test_what_stands_in_the_way_is_told(both: Both, merged: Merger) -> None:
    """A place of theirs with a service of ours; nobody to look after the people."""
    offer_of(both.beta, location=Offer.objects.get().location)
    Membership.objects.filter(pk=both.theirs.membership_id).update(role=Role.VIEWER)
    found = both.look(merged)
    assert found.seen["obstacles"] == {"places": 1, "managers": 1}
    with inside(both.secretariat), pytest.raises(CannotMerge, match="ended first"):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    Merger.objects.update(state="undoing", due_at=timezone.now(), undo_at=timezone.now())
    assert advancing.advance(merged.pk) == "merged"
    assert Merger.objects.get().obstacles == {"places": 1, "managers": 1}


def test_who_was_erased_since_is_erased_there_too(both: Both, merged: Merger) -> None:
    with inside(both.beta):
        carrying.erase_record(Client.objects.get().pk, by=both.theirs)
    both.look(merged)
    undone = both.undo(merged)
    assert undone.state == MergerState.UNDONE
    for ref in (both.alpha, both.beta):
        with inside(ref):
            assert not Client.every.exists()
            assert not MergedRecord.objects.exists()


def test_after_thirty_days_nothing_is_kept_for_undoing(both: Both, merged: Merger) -> None:
    with inside(both.beta):
        entry_of = MergedRecord.objects.get()
        assert entry_of.written
        assert str(entry_of) == f"{merged.pk} in"
    assert background.settle() == 0
    Merger.objects.update(merged_at=timezone.now() - timedelta(days=31))
    with inside(both.secretariat), pytest.raises(CannotMerge, match="any more"):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)
    with inside(both.beta):
        carrying.erase_record(Client.objects.get().pk, by=both.theirs)
    assert background.settle() == 1
    assert background.settle() == 0
    with inside(both.beta):
        assert MergedRecord.objects.get().written == {}
    with inside(both.alpha):
        assert not Client.every.exists()  # before the workspace itself goes
    Merger.objects.update(settled_at=None)
    Organisation.objects.filter(pk__in=(both.alpha.id, both.beta.id)).update(state=State.CLOSED)
    assert background.settle() == 0


def test_deadlines_set_anew_stay(both: Both, merged: Merger) -> None:
    Deadlines.objects.create(organisation_id=both.alpha.id, first_reminder=1)
    both.look(merged)
    both.undo(merged)
    assert {row.organisation_id: row.first_reminder for row in Deadlines.objects.all()} == {
        both.alpha.id: 1, both.beta.id: 2
    }  # fmt: skip


def test_a_licence_that_ran_out_meanwhile_keeps_it_suspended(both: Both, merged: Merger) -> None:
    day = timezone.localdate() - timedelta(days=1)
    Licence.objects.create(
        organisation_id=both.alpha.id, number="L-1", valid_from=day - timedelta(days=9), valid_until=day,
        granted_by_id=both.secretariat.id, granted_by_name="x",
    )  # fmt: skip
    both.look(merged)
    assert both.undo(merged).state == MergerState.UNDONE
    assert state(both.alpha) == "suspended"
    assert living(both.alpha) == 1


def test_without_an_end_that_waits(both: Both, merged: Merger) -> None:
    """Somebody has taken it in hand otherwise: the records go back all the same."""
    Closing.objects.all().delete()
    both.look(merged)
    assert both.undo(merged).state == MergerState.UNDONE
    assert state(both.alpha) == "leaving"
    assert living(both.alpha) == 1


def test_only_what_remains_gives_work_up(both: Both, merged: Merger, seat_in: Callable[..., Seat]) -> None:
    with inside(both.beta), pytest.raises(CannotMerge, match="nothing to confirm"):
        answering.confirm_undo(merger=merged, changed=0, by=both.theirs)
    worker = seat_in(both.beta, Role.CASEWORKER)
    write_something(both)
    both.look(merged)
    with inside(both.beta), pytest.raises(PermissionDenied):
        answering.confirm_undo(merger=merged, changed=0, by=worker)
    with inside(both.alpha), pytest.raises(CannotMerge):
        answering.confirm_undo(merger=Merger.objects.get(), changed=0, by=both.ours)
    with inside(both.secretariat), pytest.raises(CannotMerge, match="would be lost"):
        proposing.ask_undo(merger=merged.pk, reason="x", by=both.desk)


def test_a_second_record_of_the_same_name_is_left_alone(both: Both, person: Client) -> None:
    with inside(both.beta):
        alike = whole_record(both.theirs, national_number="")
    merged = both.merge()
    with inside(both.beta):
        assert {client.reference for client in Client.objects.all()} == {"F-77", ""}
    both.look(merged)
    both.undo(merged)
    with inside(both.beta):
        left = Client.objects.get()
        assert (left.pk, left.given_name, left.reference) == (alike.pk, NAME, "F-77")
    with inside(both.alpha):
        assert Client.objects.get().reference == "F-77"
