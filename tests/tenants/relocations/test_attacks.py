"""What somebody tried who wanted a moved record read, counted, kept or lost where it should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain.queries.balance import loads
from tenants.caseloads.domain.queries.journal import overview
from tenants.caseloads.models import Client, EmergencyAccess, JournalEntry, Task
from tenants.organisations.isolation import inside
from tenants.relocations import carrying
from tenants.relocations.models import Relocation

from .conftest import FAMILY, entry
from .test_carrying import carry


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
