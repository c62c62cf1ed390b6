"""What somebody is to do for a person, by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import Refused
from tenants.caseloads.models import Client, JournalEntry, Task
from tenants.caseloads.policies import who_may_open


class CannotOpen(Refused):
    """The colleague may not open the person's record."""


@dataclass(frozen=True)
class NewTask:
    """`assignee` is the membership of whoever is to do it."""

    title: str
    due_on: date
    assignee: UUID


def add_task(*, client: Client, new: NewTask, entry: JournalEntry | None = None, by: Seat) -> Task:
    """Raises CannotOpen."""
    _check_reach(client, new.assignee, by)
    with transaction.atomic():
        task = Task.objects.create(
            client=client,
            entry=entry,
            title=new.title,
            due_on=new.due_on,
            assignee_id=new.assignee,
            created_by_id=by.membership_id,
        )
        record(action="task.added", on=task, by=by)
    return task


def finish_task(*, task: Task, by: Seat) -> Task:
    """Doing it twice changes nothing."""
    with transaction.atomic():
        saved = Task.objects.select_for_update().get(pk=task.pk)
        if saved.done_at is None:
            saved.done_at, saved.done_by_id = timezone.now(), by.membership_id
            saved.save(update_fields=["done_at", "done_by"])
            record(action="task.done", on=saved, by=by)
    return saved


def reopen_task(*, task: Task, by: Seat) -> Task:
    with transaction.atomic():
        saved = Task.objects.select_for_update().get(pk=task.pk)
        if saved.done_at is not None:
            saved.done_at, saved.done_by_id = None, None
            saved.save(update_fields=["done_at", "done_by"])
            record(action="task.reopened", on=saved, by=by)
    return saved


def hand_task(*, task: Task, to: UUID, by: Seat) -> Task:
    """Raises CannotOpen."""
    _check_reach(task.client, to, by)
    with transaction.atomic():
        saved = Task.objects.select_for_update().get(pk=task.pk)
        _hand(saved, to, by)
    return saved


def hand_open_tasks(*, client: Client, of: UUID, to: UUID, by: Seat) -> int:
    """What somebody had to do for the person is another one's from now on: part of a hand-over. How many it was."""
    with transaction.atomic():
        tasks = Task.objects.select_for_update().filter(client=client, assignee=of, done_at=None)
        for task in tasks:
            _hand(task, to, by)
    return len(tasks)


def _hand(task: Task, to: UUID, by: Seat) -> None:
    if task.assignee_id != to:
        before, task.assignee_id = task.assignee_id, to
        task.save(update_fields=["assignee"])
        record(action="task.handed", on=task, detail={"from": before and str(before), "to": str(to)}, by=by)


def _check_reach(client: Client, colleague: UUID, by: Seat) -> None:
    if colleague != by.membership_id and not who_may_open(client).filter(pk=colleague).exists():
        raise CannotOpen(_("Choose a colleague who may open this record."))
