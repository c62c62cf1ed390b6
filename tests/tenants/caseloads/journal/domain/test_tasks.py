"""Verbs of tasks."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain.tasks import (
    CannotOpen,
    NewTask,
    add_task,
    finish_task,
    hand_open_tasks,
    hand_task,
    reopen_task,
)
from tenants.caseloads.models import Task
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import open_case, put_on_team


@pytest.fixture
def task(seat, person):
    return add_task(client=person, new=NewTask("Ring the school", date(2030, 1, 1), seat.membership_id), by=seat)


@pytest.fixture
def other(another, person):
    other = another(Role.MENTOR)
    put_on_team(open_case(person), other, "teacher")
    return other


def audited():
    return list(Entry.objects.order_by("at", "id").values_list("action", flat=True))


def test_a_task_is_noted(seat, person, task) -> None:
    saved = Task.objects.get()
    assert (saved.title, saved.client, saved.assignee_id, saved.created_by_id) == (
        "Ring the school", person, seat.membership_id, seat.membership_id
    )  # fmt: skip
    assert Entry.objects.get(action="task.added").about_id == person.pk


def test_only_for_those_who_may_open_the_record(seat, person, another, task) -> None:
    for nobody in (another().membership_id, uuid4()):
        with pytest.raises(CannotOpen):
            add_task(client=person, new=NewTask("x", date(2030, 1, 1), nobody), by=seat)
        with pytest.raises(CannotOpen):
            hand_task(task=task, to=nobody, by=seat)
    assert Task.objects.count() == 1


def test_in_an_emergency_one_notes_it_for_oneself(person, another) -> None:
    helper = another()
    task = add_task(client=person, new=NewTask("x", date(2030, 1, 1), helper.membership_id), by=helper)
    assert task.assignee_id == helper.membership_id


def test_done_and_undone_once(seat, task) -> None:
    done = finish_task(task=task, by=seat)
    assert (done.done_by_id, finish_task(task=task, by=seat).done_at) == (seat.membership_id, done.done_at)
    again = reopen_task(task=task, by=seat)
    assert (again.done_at, again.done_by_id) == (None, None)
    reopen_task(task=task, by=seat)
    assert audited() == ["task.added", "task.done", "task.reopened"]


def test_handing_over_one(seat, other, task) -> None:
    assert hand_task(task=task, to=other.membership_id, by=seat).assignee_id == other.membership_id
    hand_task(task=task, to=other.membership_id, by=seat)
    assert Entry.objects.get(action="task.handed").detail == {
        "from": str(seat.membership_id),
        "to": str(other.membership_id),
    }


def test_handing_over_all_that_is_open_of_one_person(seat, person, other, task) -> None:
    mine = seat.membership_id
    finish_task(task=add_task(client=person, new=NewTask("done", date(2030, 1, 1), mine), by=seat), by=seat)
    elsewhere = add_task(client=ClientFactory(assigned_to_id=mine), new=NewTask("x", date(2030, 1, 1), mine), by=seat)
    assert hand_open_tasks(client=person, of=mine, to=other.membership_id, by=seat) == 1
    assert list(Task.objects.filter(assignee=other.membership_id)) == [task]
    elsewhere.refresh_from_db()
    assert elsewhere.assignee_id == mine
