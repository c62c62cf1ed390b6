"""Two organisations become one, as one act that is audited; a third one is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.sealing import files
from network_registry.directory.models import CapacityQuestion, Location, Offer, Service
from network_registry.directory.models import Entry as Shown
from network_registry.exchange.models import Deadlines
from network_registry.membership.domain import mergers as network
from network_registry.membership.enums import MergerState
from network_registry.membership.errors import CannotMerge, Superseded
from network_registry.membership.models import Merger
from tenants.caseloads.models import Case, Client, Consent, Document, JournalEntry, Programme
from tenants.mergers import tasks as background
from tenants.mergers.domain import advancing, answering, people, programmes, proposing, records
from tenants.mergers.models import MergedRecord
from tenants.organisations.domain.closing import CannotClose, announce_closing, call_off_closing
from tenants.organisations.domain.lifecycle import CannotMove, resume
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tenants.organisations.models import Closing, Membership, Organisation
from tenants.relocations import carrying
from tenants.relocations.carrying import NotCarried
from tests.database import organisation
from tests.tenants.relocations.conftest import FAMILY, NAME, whole_record

from .conftest import Both, offer_of, seats_of, state


def living(ref: OrganisationRef) -> int:
    with inside(ref):
        return Client.objects.count()


def test_all_of_it_comes_along_once(
    both: Both, person: Client, offered: Offer, member: Callable[..., User], seat_in: Callable[..., Seat]
) -> None:
    worker = member(both.alpha, Role.CASEWORKER)
    in_both = member(both.alpha, Role.MANAGER)
    member(both.beta, Role.VIEWER, user=in_both)
    came_back = member(both.alpha, Role.MENTOR)
    member(both.beta, Role.VIEWER, user=came_back)
    Membership.objects.filter(user=came_back, organisation=both.beta.id).update(ended_at=timezone.now())
    CapacityQuestion.objects.create(
        offer=offered, asker_id=both.secretariat.id, target_id=both.alpha.id, need="mentoring",
        asked_on=timezone.localdate(),
    )  # fmt: skip
    other = organisation("delta")
    stranger = seat_in(other, Role.MANAGER)
    with inside(other):
        whole_record(stranger)
    others = living(other)
    with inside(both.beta):
        whole_record(both.theirs, given_name="Ana", reference="F-1", national_number="")
        Programme.objects.update(name="Own steps")
    merger = both.merge()

    assert (merger.state, merger.done, merger.total) == (MergerState.MERGED, 1, 1)
    assert state(both.alpha) == "leaving"
    assert Organisation.objects.get(pk=both.alpha.id).ref().reads_only
    closing = Closing.objects.get(organisation_id=both.alpha.id)
    assert closing.due_at >= timezone.now() + timedelta(days=29)
    with inside(both.alpha):
        assert not Client.objects.exists()
        assert Client.every.get().held_at is not None
        assert Entry.objects.filter(action="merger.merged").count() == 1
    with inside(both.beta):
        client = _named(NAME)
        assert (client.reference, client.national_number) == ("F-77", "0101990450007")
        here = Membership.objects.get(user=both.ours.user_id, organisation=both.beta.id)
        assert client.assigned_to_id == here.pk
        assert all(consent.is_valid for consent in Consent.objects.filter(client=client))
        assert Case.objects.open().get(client=client).programme.name == "Steps"
        assert Document.objects.filter(client=client).count() == 1
        assert JournalEntry.objects.filter(client=client, author=here.pk).count() == 3  # their own note too
        assert Client.objects.count() == 2
        joined = Entry.objects.filter(action="member.joined").values_list("target_id", flat=True)
        assert len(joined) == len(set(joined)) == 3
        assert Entry.objects.filter(action="merger.merged").count() == 1
    with inside(both.secretariat):
        actions = [entry.action for entry in Entry.objects.filter(action__startswith="merger").order_by("at")]
        assert actions == ["merger.proposed", "merger.begun", "merger.merged"]
    assert seats_of(worker.pk) == {"alpha": "caseworker", "beta": "caseworker"}
    assert seats_of(in_both.pk)["beta"] == "viewer"
    assert seats_of(came_back.pk)["beta"] == "mentor"
    for model in (Service, Location, Offer, Shown):
        assert not model.objects.filter(organisation=both.alpha.id).exists()
    assert Shown.objects.get(offer=offered).organisation_id == both.beta.id
    assert CapacityQuestion.objects.get().target_id == both.beta.id
    assert Deadlines.objects.get().organisation_id == both.beta.id
    assert living(other) == others
    with inside(other):
        assert not MergedRecord.objects.exists()


def _named(name: str) -> Client:
    return next(client for client in Client.objects.all() if client.given_name == name)


def test_nothing_of_a_person_is_shared_or_written_in_e_mails(both: Both, person: Client) -> None:
    both.merge()
    with connection.cursor() as cursor:
        for table in ("membership_merger", "membership_mergeranswer"):
            cursor.execute(f"SELECT string_agg(kept::text, ' ') FROM {table} AS kept")
            text = cursor.fetchone()[0]
            for secret in (NAME, FAMILY, "F-77", str(person.pk), "Steps"):
                assert secret not in text
    subjects = [letter.subject for letter in mail.outbox]
    for words in ("A merger is proposed", "Both agree", "is part of Beta", "You work in Beta"):
        assert any(words in subject for subject in subjects), words
    desk = User.objects.get(pk=both.desk.user_id).email
    assert {letter.subject.split()[0] for letter in mail.outbox if letter.to == [desk]} == {"Both", "Alpha"}
    assert any("/mergers/" in letter.body and "/membership/" not in letter.body for letter in mail.outbox)
    for letter in mail.outbox:
        assert NAME not in letter.body + letter.subject


def test_killed_anywhere_it_goes_on_and_nobody_lives_twice(
    both: Both, person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first of two has been written, and before what both share says so."""
    with inside(both.alpha):
        whole_record(both.ours, given_name="Ana", reference="", national_number="")
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    carry, calls = records._carry, []

    def dies(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        carry(*arguments)

    killed(monkeypatch, merger, records, "_carry", dies)
    assert (living(both.alpha), living(both.beta)) == (0, 1)
    assert advancing.advance(merger.pk) == ""  # it is to be tried later

    _due(merger)
    killed(monkeypatch, merger, advancing, "_merged", _dies)
    assert (living(both.alpha), living(both.beta)) == (0, 2)
    assert Merger.objects.get().state == MergerState.MERGING

    _due(merger)
    assert background.advance_outstanding() == 1
    assert Merger.objects.get().state == MergerState.MERGED
    assert living(both.beta) == 2
    with inside(both.beta):
        assert MergedRecord.objects.count() == 2
        assert Entry.objects.filter(action="merger.merged").count() == 1
        assert Entry.objects.filter(action="member.joined").count() == 1


def _dies(*_arguments: Any, **_options: Any) -> None:
    raise KeyboardInterrupt


def killed(patching: pytest.MonkeyPatch, merger: Merger, room: Any, name: str, dies: Callable[..., Any]) -> None:
    """The worker, as it calls that function."""
    with patching.context() as patch:
        patch.setattr(room, name, dies)
        with pytest.raises(KeyboardInterrupt):
            advancing.advance(merger.pk)


def _due(merger: Merger) -> None:
    Merger.objects.filter(pk=merger.pk).update(due_at=timezone.now())


def test_what_cannot_be_carried_is_rolled_back(both: Both, person: Client, offered: Offer, tasks: Any) -> None:
    with inside(both.alpha):
        whole_record(both.ours, given_name="Ana", reference="", national_number="")
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    with inside(both.alpha):
        second = Client.objects.order_by("-pk").first()
        assert second is not None
        Document.objects.filter(client=second).update(file="gone")
    for _time in range(advancing.MOST_TRIES - 1):
        with pytest.raises(FileNotFoundError):
            advancing.advance(merger.pk)
        _due(merger)
    assert living(both.beta) == 1
    with inside(both.beta):
        copy = Client.objects.get()
        note = JournalEntry(client=copy, text="Work", author_id=both.theirs.membership_id, author_name="x")
        note.save(force_insert=True)
    with pytest.raises(FileNotFoundError):  # somebody has worked on what arrived: it is tried on
        advancing.advance(merger.pk)
    with inside(both.beta):
        note.delete()
    _due(merger)
    with tasks():
        assert advancing.advance(merger.pk) == "failed"
    found = Merger.objects.get()
    assert (found.trouble, found.done) == ("broken", 2)
    assert (living(both.alpha), living(both.beta)) == (2, 0)
    assert state(both.alpha) == "active"
    assert seats_of(both.ours.user_id) == {"alpha": "manager"}
    assert Offer.objects.get().organisation_id == both.alpha.id
    assert Deadlines.objects.get().organisation_id == both.alpha.id
    with inside(both.beta):
        assert not Client.every.exists()
        assert not MergedRecord.objects.exists()
        assert set(Programme.objects.values_list("state", flat=True)) == {"ended"}
    with inside(both.alpha):
        assert not MergedRecord.objects.exists()
    assert "could not be carried out" in mail.outbox[-1].subject


def test_what_stands_in_the_way_ends_it_before_anything_moves(
    both: Both, person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(both.alpha):
        carrying.standing_in_the_way(person.pk)
    monkeypatch.setattr(advancing, "own_obstacles", lambda: {"referrals": 2})
    merger = both.merge()
    assert (merger.state, merger.trouble, merger.obstacles) == ("failed", "blocked", {"referrals": 2})
    assert (living(both.alpha), living(both.beta)) == (1, 0)
    assert state(both.alpha) == "active"


def test_what_comes_up_half_way_is_waited_for(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have worked on what has arrived already, so it does not go back at once."""
    with inside(both.alpha):
        whole_record(both.ours, given_name="Ana", reference="", national_number="")
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    hold = carrying.hold_record

    def blocked(key: UUID, *, by: Seat) -> None:
        if key != person.pk:
            raise NotCarried("x")
        hold(key, by=by)

    with monkeypatch.context() as patch:
        patch.setattr(carrying, "hold_record", blocked)
        with pytest.raises(NotCarried):
            advancing.advance(merger.pk)
    assert (living(both.alpha), living(both.beta)) == (1, 1)
    _due(merger)
    assert advancing.advance(merger.pk) == "merged"


def test_another_worker_stops_this_one(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)

    def overtaken(*_arguments: Any) -> None:
        raise Superseded

    with monkeypatch.context() as patch:
        patch.setattr(records, "carry_all", overtaken)
        assert advancing.advance(merger.pk) == ""
    taken = Merger.objects.with_sides().get()
    Merger.objects.update(turn=None)
    with pytest.raises(Superseded):
        network.go_on(taken, done=1)
    with inside(both.beta), pytest.raises(Superseded):
        network.check_turn(taken)


def test_killed_while_it_is_rolled_back(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advancing, "own_obstacles", lambda: {"jobs": 1})
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    killed(monkeypatch, merger, people, "give_back", _dies)
    monkeypatch.setattr(advancing, "own_obstacles", dict)  # what stood in the way is over: it failed all the same
    _due(merger)
    assert advancing.advance(merger.pk) == "failed"
    assert (living(both.alpha), living(both.beta)) == (1, 0)


def test_files_of_what_was_not_written_are_removed(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    killed(monkeypatch, merger, records, "fingerprints", _dies)
    assert living(both.beta) == 0
    with inside(both.beta):
        assert list(files.stored(before=float("inf"))) == []


def test_nobody_is_new(both: Both, person: Client) -> None:
    Membership.objects.create(organisation_id=both.beta.id, user_id=both.ours.user_id, role=Role.MENTOR)
    merger = both.merge()
    assert merger.state == MergerState.MERGED
    assert (merger.keys("memberships"), merger.seen["both"]) == ([], 1)
    assert not any("You work in" in letter.subject for letter in mail.outbox)


def test_programmes_are_found_again(both: Both, person: Client) -> None:
    with inside(both.beta):
        same = Programme.objects.create(name="steps", starts_on="2026-01-01")
    merger = both.merge()
    with inside(both.beta):
        assert Case.objects.open().get().programme == same
        assert Programme.objects.count() == 1
    assert merger.keys("made") == []


def test_programmes_half_made_are_not_made_twice(both: Both, person: Client) -> None:
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    taken = network.take(merger.pk)
    assert taken is not None
    assert programmes.bring(taken) == programmes.bring(taken)
    with inside(both.beta):
        assert Programme.objects.count() == 1


def test_an_absorbed_one_comes_back_by_undoing_alone(both: Both, person: Client) -> None:
    both.merge()
    closing = Closing.objects.get()
    with inside(both.secretariat), pytest.raises(CannotClose, match="Undo the merger"):
        call_off_closing(closing=closing.pk, by=both.desk)
    Organisation.objects.filter(pk=both.alpha.id).update(state="suspended", earlier_states=["active"])
    with inside(both.secretariat), pytest.raises(CannotMove, match="Undo the merger"):
        resume(organisation=both.alpha.id, reason="x", by=both.desk)


def test_who_can_be_merged(both: Both) -> None:
    with inside(both.secretariat):
        for one, other in (
            (both.alpha.id, both.alpha.id), (both.alpha.id, both.secretariat.id), (both.secretariat.id, both.alpha.id)
        ):  # fmt: skip
            with pytest.raises(CannotMerge):
                proposing.propose(absorbed=one, remaining=other, reason="x", by=both.desk)
    with inside(both.alpha), pytest.raises(CannotMerge, match="secretariat"):
        proposing.propose(absorbed=both.alpha.id, remaining=both.beta.id, reason="x", by=both.ours)
    merger = both.propose()
    delta = organisation("delta").id
    with inside(both.secretariat):
        with pytest.raises(CannotMerge):
            proposing.propose(absorbed=delta, remaining=both.beta.id, reason="x", by=both.desk)
        with pytest.raises(CannotMerge, match="faster"):
            proposing.begin(merger=merger.pk, by=both.desk)
    both.agree(merger)
    with inside(both.secretariat):
        announce_closing(organisation=both.alpha.id, reason="x", days=40, by=both.desk)
        with pytest.raises(CannotMerge, match="leaving"):
            proposing.begin(merger=merger.pk, by=both.desk)
        proposing.withdraw(merger=merger.pk, by=both.desk)
        with pytest.raises(CannotMerge, match="faster"):
            proposing.withdraw(merger=merger.pk, by=both.desk)
    Organisation.objects.filter(pk=delta).update(kind=Kind.BRANCH)
    assert delta not in network.mergeable().values_list("pk", flat=True)


def test_two_proposals_at_once(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    both.propose()
    monkeypatch.setattr(network, "check_sides", lambda *_sides: None)
    with inside(both.secretariat), pytest.raises(CannotMerge, match="just now"):
        proposing.propose(absorbed=both.alpha.id, remaining=both.beta.id, reason="x", by=both.desk)


def test_answers(both: Both, seat_in: Callable[..., Seat], tasks: Any) -> None:
    merger = both.propose()
    worker = seat_in(both.alpha, Role.CASEWORKER)
    with inside(both.alpha):
        with pytest.raises(Exception, match="manager"):
            answering.answer(merger=merger, agrees=True, by=worker)
        with pytest.raises(CannotMerge, match="Say why"):
            answering.answer(merger=merger, agrees=False, by=both.ours)
        answering.answer(merger=merger, agrees=True, by=both.ours)
        with pytest.raises(CannotMerge, match="already"):
            answering.answer(merger=merger, agrees=True, by=both.ours)
    assert background.advance_outstanding() == 0
    assert advancing.advance(merger.pk) == ""
    assert Merger.objects.get().state == MergerState.PROPOSED
    with inside(both.beta):
        answering.answer(merger=merger, agrees=False, reason="Not now", by=both.theirs)
    with tasks():
        assert background.advance_outstanding() == 1
    found = Merger.objects.get()
    assert found.state == MergerState.DECLINED
    with inside(both.beta), pytest.raises(CannotMerge, match="faster"):
        answering.answer(merger=merger, agrees=True, by=both.theirs)
    assert "declined" in mail.outbox[-1].subject
    assert network.settle_answers(merger.pk) == ""
    assert people.in_both(found) == 0
    assert offer_of(both.beta).organisation_id == both.beta.id


def test_one_that_was_suspended_stays_so(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    Organisation.objects.filter(pk=both.alpha.id).update(state="suspended", earlier_states=["active"])
    monkeypatch.setattr(advancing, "own_obstacles", lambda: {"jobs": 1})
    assert both.merge().state == "failed"
    assert state(both.alpha) == "suspended"


def test_an_end_that_was_announced_meanwhile_counts(both: Both, person: Client) -> None:
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
        announce_closing(organisation=both.alpha.id, reason="x", days=40, by=both.desk)
    assert advancing.advance(merger.pk) == "merged"
    assert Closing.objects.get().reason == "x"
