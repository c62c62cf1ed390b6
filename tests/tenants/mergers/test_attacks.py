"""What somebody tried who wanted a merger to count, lose or show what it should not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import required_organisation
from network_registry.exchange.models import Relocation as Shared
from network_registry.membership.errors import CannotMerge
from network_registry.membership.models import Merger, MergerAnswer
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.documents import add_document, read_document
from tenants.caseloads.domain.queries.programmes import counted, progress_of
from tenants.caseloads.models import Client, Document, JournalEntry, KeptFigure, Programme, Target, Task, TeamMember
from tenants.caseloads.policies import readable, readable_tasks, seat_of
from tenants.mergers.domain import advancing, proposing, records
from tenants.organisations.directory import forget_hosts
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Membership, Organisation
from tenants.relocations import carrying
from tenants.relocations.models import Relocation
from tests.tenants.relocations.conftest import FAMILY, entry, whole_record

from .conftest import Both
from .test_merging import _due, killed, living


def test_parting_leaves_no_figures_behind(both: Both, person: Client) -> None:
    """A programme that both ran counts here for whom it counted before, and nobody who went back."""
    with inside(both.beta):
        steps = Programme.objects.create(name="Steps", starts_on=date(2026, 1, 1))
    merged = both.merge()
    both.look(merged)
    assert both.undo(merged).state == "undone"
    with inside(both.beta):
        assert Programme.objects.get().pk == steps.pk
        assert not KeptFigure.objects.exists()


def test_a_programme_keeps_what_was_promised_and_reached(both: Both, person: Client) -> None:
    """Its targets, and those who were erased before: the funder is told of the same programme."""
    with inside(both.alpha):
        steps = Programme.objects.get()
        Target.objects.create(programme=steps, measure="enrolled", number=20)
        KeptFigure.objects.create(programme=steps, measure="enrolled", number=3)
    merged = both.merge()
    with inside(both.beta):
        arrived = Programme.objects.get()
        (progress,) = progress_of(arrived, counted([arrived])[arrived.pk])
        assert (progress.number, progress.reached) == (20, 4)
    both.look(merged)
    assert both.undo(merged).state == "undone"
    with inside(both.beta):
        assert not KeptFigure.objects.exists()
    with inside(both.alpha):
        (progress,) = progress_of(steps, counted([steps])[steps.pk])
        assert (progress.number, progress.reached) == (20, 4)


def test_notes_to_oneself_come_along_with_who_wrote_them(both: Both, person: Client) -> None:
    """They would be erased with the old workspace otherwise. Nobody else reads them, of either."""
    with inside(both.alpha):
        note = JournalEntry.objects.get(audience="author")
        day = timezone.localdate()
        mine = both.ours.membership_id
        Task.objects.create(
            client=person, entry=note, title="Think it over", due_on=day, assignee_id=mine, created_by_id=mine
        )
        given = {"content_type": "text/plain", "audience": "author", "by": both.ours}
        add_document(client=person, title="Sketch", source=[b"a sketch"], entry=note, **given)
        left = entry(person, both.ours, "Of somebody who has left", audience="author")
        JournalEntry.objects.filter(pk=left.pk).update(author=None)
    both.merge()
    with inside(both.beta):
        arrived = Client.objects.get()
        (kept,) = JournalEntry.objects.filter(audience="author")
        assert kept.text == "For my own eyes"
        author = Colleague.objects.get(user_id=both.ours.user_id)
        assert kept.author_id == author.pk
        sketch = Document.objects.get(audience="author")
        assert b"".join(read_document(sketch)) == b"a sketch"
        seat = seat_of(author)
        for reader, reads in ((seat, True), (both.theirs, False)):
            assert readable(JournalEntry.objects.filter(pk=kept.pk), reader, arrived).exists() == reads
            assert readable(Document.objects.filter(pk=sketch.pk), reader, arrived).exists() == reads
            assert readable_tasks(Task.objects.filter(entry=kept), reader, arrived).exists() == reads


def test_who_has_left_gets_no_record_back(both: Both, person: Client, member: Callable[..., User]) -> None:
    """Not where they work in what remains; and what was theirs does not become everybody's."""
    gone = member(both.alpha, Role.CASEWORKER)
    there = Membership.objects.create(user=gone, organisation_id=both.beta.id, role=Role.CASEWORKER)
    left = Membership.objects.get(user=gone, organisation=both.alpha.id)
    with inside(both.alpha):
        Client.objects.update(assigned_to=left.pk)
        TeamMember.objects.filter(ended_at=None).update(colleague=left.pk)
        Task.objects.filter(done_at=None).update(assignee=left.pk)
        nobodys = add_client(details=ClientDetails(given_name="Ana", family_name="Nobodys"), by=both.ours)
        Client.objects.filter(pk=nobodys.pk).update(assigned_to=None)
    Membership.objects.filter(pk=left.pk).update(ended_at=timezone.now())
    both.merge()
    with inside(both.beta):
        seat = seat_of(Colleague.objects.get(pk=there.pk))
        manager = Colleague.objects.get(user_id=both.ours.user_id)
        arrived, pool = (Client.objects.get(family_name=name) for name in (FAMILY, "Nobodys"))
        assert list(Client.objects.reachable_by(seat)) == [pool]
        assert (arrived.assigned_to_id, pool.assigned_to_id) == (manager.pk, None)
        assert Task.objects.get(done_at=None).assignee_id == manager.pk


def test_work_is_given_up_for_a_day(both: Both, person: Client) -> None:
    """One number of records stands for however much was written in them since."""
    merged = both.merge()
    with inside(both.beta):
        entry(Client.objects.get(), both.theirs, "Since then")
    both.confirm(both.look(merged))
    MergerAnswer.objects.filter(about="undo").update(at=timezone.now() - timedelta(hours=25))
    with inside(both.beta):
        entry(Client.objects.get(), both.theirs, "And the day after")
    both.look(merged)
    with pytest.raises(CannotMerge, match="has to confirm"):
        both.undo(merged)
    both.confirm(merged)
    assert both.undo(merged).state == "undone"


@pytest.mark.parametrize("moves_late", [False, True])
def test_a_record_that_has_moved_on_lives_in_one_place(
    both: Both, person: Client, moves_late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went to a third organisation between the counting and the undoing, or while the records were locked away."""
    merged = both.merge()
    both.look(merged)
    with inside(both.beta):
        key = Client.objects.get().pk

    def move_on() -> None:
        sides = {"sender_id": both.beta.id, "target_id": both.secretariat.id}
        now = timezone.now()
        state = {"state": "carried", "carried_at": now, "expires_at": now, "is_due": False}
        shared = Shared.objects.create(reference="M-1", **sides, **state)
        with inside(both.beta):
            carrying.hold_record(key, by=both.theirs)
            Relocation.objects.create(shared=shared, direction="out", other_id=both.secretariat.id, client_id=key)

    if moves_late:
        hold_arrived = records.hold_arrived

        def moves_before(merger: Merger) -> None:
            move_on()
            hold_arrived(merger)

        monkeypatch.setattr(records, "hold_arrived", moves_before)
    else:
        move_on()
    found = both.undo(merged)
    assert (found.state, found.trouble) == ("merged", "blocked")
    with inside(both.beta):
        assert not Client.objects.exists()
    with inside(both.alpha):
        assert not Client.objects.exists()


def test_nobody_works_on_what_is_rolled_back(both: Both, person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be erased, and nobody has been asked. Where something stands in the way the merger is tried on."""
    with inside(both.alpha):
        second = whole_record(both.ours, given_name="Ana", reference="", national_number="")
    merger = both.agree(both.propose())
    with inside(both.secretariat):
        proposing.begin(merger=merger.pk, by=both.desk)
    with inside(both.alpha):
        name = Document.objects.get(client=second).file
        Document.objects.filter(client=second).update(file="gone")
    Merger.objects.update(tries=advancing.MOST_TRIES)
    with monkeypatch.context() as patch:
        patch.setattr(carrying.holding, "standing_in_the_way", _stands_here(both))
        with pytest.raises(FileNotFoundError):
            advancing.advance(merger.pk)
    assert (living(both.beta), Merger.objects.get().trouble) == (1, "")
    _due(merger)
    killed(monkeypatch, merger, advancing.network, "go_on", _dies_of_trouble(advancing.network.go_on))
    assert (living(both.beta), Merger.objects.get().trouble) == (0, "")
    with inside(both.alpha):
        Document.objects.filter(client=second).update(file=name)
    _due(merger)
    assert advancing.advance(merger.pk) == "merged"
    assert (living(both.alpha), living(both.beta)) == (0, 2)


def _stands_here(both: Both) -> Callable[[Any], list[str]]:
    return lambda _key: ["A referral"] if required_organisation().id == both.beta.id else []


def _dies_of_trouble(go_on: Callable[..., None]) -> Callable[..., None]:
    def step(merger: Merger, **values: Any) -> None:
        if "trouble" in values:
            raise KeyboardInterrupt
        go_on(merger, **values)

    return step


def test_a_suspended_organisation_answers(both: Both, person: Client, page_in: Callable[..., Browser]) -> None:
    """It can be proposed, so its manager has a say; the page is not one of those that change its own data."""
    merger = both.propose()
    Organisation.objects.filter(pk__in=(both.alpha.id, both.beta.id)).update(state="suspended")
    forget_hosts(both.alpha.id)
    forget_hosts(both.beta.id)
    for ref in (both.alpha, both.beta):
        assert page_in(ref).post(f"/membership/mergers/{merger.pk}/", {"agree": "1"}).status_code == 302
        assert page_in(ref).post("/clients/add/", {"given_name": "Ana"}).status_code in (403, 404)
    assert Merger.objects.get().answers.count() == 2
