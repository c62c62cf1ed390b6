"""What somebody tried who wanted a moved record read, counted, kept or lost where it should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.sealing import files
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RelocationState
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.domain.queries.balance import loads
from tenants.caseloads.domain.queries.journal import overview
from tenants.caseloads.domain.queries.programmes import counted
from tenants.caseloads.models import (
    Case,
    Client,
    Consent,
    Document,
    EmergencyAccess,
    Job,
    JournalEntry,
    KeptFigure,
    Programme,
    Task,
)
from tenants.integrations.domain import answers
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.relocations import carrying
from tenants.relocations.access import acts_of
from tenants.relocations.domain import advancing, undoing
from tenants.relocations.errors import TooLate, WouldLose
from tenants.relocations.models import Relocation
from tenants.relocations.tasks import advance_outstanding

from .conftest import FAMILY, NAME, at, entry, own, state
from .test_carrying import carry
from .test_undoing import undo


# --- who reads it -------------------------------------------------------------------------------------------
def test_a_task_of_a_note_to_oneself_stays_with_it(
    person: Client, here: SimpleNamespace, there: SimpleNamespace
) -> None:
    """Without its note everybody who opens the record would read what was to be done."""
    today = timezone.localdate()
    with inside(here.ref):
        note = JournalEntry.objects.get(audience="author")
        Task.objects.create(client=person, entry=note, title="Ask about the bruises", due_on=today)
        assert carrying.count_record(person.pk)[1]["caseloads.Task"] == 1
        assert carrying.count_record(person.pk)[0]["caseloads.Task"] == 2
    carry(person, here, there)
    with inside(there.ref):
        assert {task.title for task in Task.objects.all()} == {"Ring up", "Was done"}


def test_today_names_nobody_who_has_moved(
    moved: Relocation, here: SimpleNamespace, seat_in: Callable[..., Seat], client_of: Callable[..., Browser]
) -> None:
    """Not even to a manager, who reads of emergencies in restricted records."""
    colleague = seat_in(here.ref, Role.CASEWORKER)
    soon = timezone.now() + timedelta(hours=1)
    with inside(here.ref):
        emergency = {"reason": "She called", "colleague_id": colleague.membership_id, "until": soon}
        EmergencyAccess.objects.create(client=Client.every.get(), **emergency)
    page = client_of(User.objects.get(pk=here.seat.user_id), here.ref).get("/")
    assert page.status_code == 200
    assert FAMILY not in page.content.decode()


def test_nothing_made_of_the_record_is_handed_out_any_more(
    asked: Relocation, here: SimpleNamespace, accept: Callable[[], None]
) -> None:
    """Neither a sheet of the last day, nor what software is answered that asks once more with the same key."""
    with inside(here.ref):
        work = {"kind": "export", "owner_id": here.seat.membership_id, "expires_at": timezone.now() + timedelta(days=1)}
        sheet = Job(state="done", **work)
        sheet.result = files.write(row=sheet, column="result", source=[FAMILY.encode()])
        sheet.save(force_insert=True)
        others = [
            Job.objects.create(**{**work, "kind": "import", "state": "draft", "file": "typed", "result": "read"}),
            Job.objects.create(state="running", **work),
        ]
        begun = answers.begin(key_hash="a", fingerprint="x")
        assert isinstance(begun, answers.Begun)
        begun.keep({"body": {"id": str(asked.client_id), "family_name": FAMILY}})
    accept()
    with inside(here.ref):
        assert list(Job.objects.order_by("pk")) == others
        assert not [name for name, place in files.stored(before=float("inf")) if place[0] == Job._meta.db_table]
        assert isinstance(answers.begin(key_hash="a", fingerprint="x"), answers.Begun)


# --- what is counted ----------------------------------------------------------------------------------------
def test_nobody_carries_what_has_moved(moved: Relocation, here: SimpleNamespace, there: SimpleNamespace) -> None:
    later = timezone.localdate() + timedelta(days=400)
    for side in (here, there):
        with inside(side.ref):
            entry(Client.every.get(), side.seat, "Laughed", kind="small_win")
            Task.objects.update(due_on=timezone.localdate() - timedelta(days=1))
            (load,) = [load for load in loads() if load.colleague]
            assert load.cases == 0
            assert load.overdue == (1 if side is there else 0)
            assert bool(overview(later)) == (side is there)


def test_what_goes_back_leaves_no_figures_here(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    """It counts where it came from again. What they took part in here themselves was reached here."""
    with inside(there.ref):
        ours = Programme.objects.create(name="Ours", starts_on=timezone.localdate())
        consent = Consent.objects.first()
        Case.objects.create(
            client=Client.objects.get(), programme=ours, consent=consent, opened_on=timezone.localdate()
        )
    undo(there, tasks, loses=True)
    with inside(there.ref):
        assert list(KeptFigure.objects.values_list("programme__name", "measure", "number")) == [("Ours", "enrolled", 1)]
    with inside(here.ref):
        assert counted(Programme.objects.all())[Case.objects.all()[0].programme_id]["enrolled"] == 1


# --- what is lost -------------------------------------------------------------------------------------------
def test_a_commit_whose_answer_is_lost_keeps_the_files(
    asked: Relocation, there: SimpleNamespace, accept: Callable[[], None], monkeypatch: Any
) -> None:
    arrive = advancing._arrive

    def arrives_unheard(*arguments: Any) -> None:
        arrive(*arguments)
        raise ConnectionError("the server is restarting")

    with monkeypatch.context() as restarting:
        restarting.setattr(advancing, "_arrive", arrives_unheard)
        with pytest.raises(ConnectionError):
            accept()
    Shared.objects.update(due_at=timezone.now())
    assert advance_outstanding() == 1
    assert state() == "carried"
    with inside(there.ref):
        assert b"".join(read_document(Document.objects.get())) == b"a diploma"


# --- undoing ------------------------------------------------------------------------------------------------
def test_work_is_given_up_once(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any, monkeypatch: Any
) -> None:
    """What a manager gave up when it was not undone after all is not given up for later."""
    with inside(there.ref):
        entry(Client.objects.get(), there.seat, "First talk with us")
    with monkeypatch.context() as blocking:
        blocking.setattr(advancing, "standing_against", lambda _relocation: ["a referral"])
        undo(there, tasks, loses=True)
    assert Shared.objects.get().reason == "blocked"
    with inside(there.ref):
        entry(Client.objects.get(), there.seat, "Second talk with us")
    undo(here, tasks)
    assert (state(), Shared.objects.get().reason) == ("carried", "added")
    assert at(there) == [f"{NAME} {FAMILY}"]


def test_work_is_given_up_as_it_was_seen(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any
) -> None:
    """Neither what comes before the manager says so goes with it, nor what comes before the worker is there."""
    with inside(there.ref):
        entry(Client.objects.get(), there.seat, "First talk with us")
        seen = undoing.since(own(there)).mark
        entry(Client.objects.get(), there.seat, "Second talk with us")
        common = {"reason": "moved_wrong", "loses": True, "by": there.seat}
        with pytest.raises(WouldLose, match="since you opened the page"):
            undoing.ask_undo(relocation=own(there), seen=seen, **common)
        undoing.ask_undo(relocation=own(there), seen=undoing.since(own(there)).mark, **common)
        entry(Client.objects.get(), there.seat, "Third talk with us")
    with tasks():
        assert advance_outstanding() == 1
    assert (state(), Shared.objects.get().reason) == ("carried", "added")
    with inside(there.ref):
        assert JournalEntry.objects.filter(author_id=there.seat.membership_id).count() == 3
    undo(there, tasks, loses=True)
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])


@pytest.mark.parametrize("by_sender", [True, False])
def test_nobody_undoes_it_without_the_other_one(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, by_sender: bool
) -> None:
    """Whoever was closed takes part in nothing: the record would be on its way back for ever."""
    side, other = (here, there) if by_sender else (there, here)
    Organisation.objects.filter(pk=other.ref.id).update(state=State.CLOSED)
    with inside(side.ref):
        assert acts_of(own(side), side.seat) == []
        with pytest.raises(TooLate):
            undoing.ask_undo(relocation=own(side), reason="moved_wrong", by=side.seat)


def test_a_target_that_was_closed_after_it_went_back(
    moved: Relocation, here: SimpleNamespace, there: SimpleNamespace, tasks: Any, monkeypatch: Any
) -> None:
    with monkeypatch.context() as dying:
        dying.setitem(advancing.STEPS, RelocationState.UNDONE, _die)
        with pytest.raises(KeyboardInterrupt):
            undo(here, tasks)
    assert (state(), at(here)) == ("undone", [f"{NAME} {FAMILY}"])
    Organisation.objects.filter(pk=there.ref.id).update(state=State.CLOSED)
    Shared.objects.update(due_at=timezone.now())
    assert advance_outstanding() == 1
    assert not Shared.objects.get().is_due


def _die(*_arguments: Any) -> None:
    raise KeyboardInterrupt
