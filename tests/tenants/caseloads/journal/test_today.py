"""Tasks and Today as people meet them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from halka.authorization.roles import Role
from tenants.caseloads.domain.journal import write_entry
from tenants.caseloads.domain.queries.journal import Overview, not_seen, overview, own_clients, small_wins
from tenants.caseloads.domain.tasks import NewTask, add_task
from tenants.caseloads.models import Case, Client, JournalEntry, Task
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import entry, open_case, put_on_team
from tests.tenants.caseloads.journal.test_journal_page import HTMX, sent, url
from tests.tenants.caseloads.journal.test_policies import NOBODIES


def noted(desk, title="Ring the school", days=0, to=None, client=None, entry=None):
    with inside(desk.ref):
        day = timezone.localdate() + timedelta(days=days)
        new = NewTask(title, day, (to or desk.seat).membership_id)
        return add_task(client=client or desk.client, new=new, entry=entry, by=to or desk.seat)


def saved(desk, task):
    with inside(desk.ref):
        return Task.objects.get(pk=task.pk)


def act(desk, name, task, headers=None, **values):
    return desk.browser.post(url(name, desk.client.pk, task.pk), values, headers=headers or {})


def text_of(desk, path="/"):
    return " ".join(desk.browser.get(path).content.decode().split())


# --- tasks --------------------------------------------------------------------------------------------------------
def test_adding_one(desk) -> None:
    values = {"title": "Ring the school", "when": "week", "assignee": str(desk.seat.membership_id)}
    assert desk.browser.get(url("task-add", desk.client.pk)).status_code == 200
    assert desk.browser.post(url("task-add", desk.client.pk), values).status_code == 302
    assert "Ring the school" in text_of(desk, url("client", desk.client.pk))
    page = desk.browser.post(url("task-add", desk.client.pk), {**values, "when": ""})
    assert "Say by when." in page.content.decode()
    page = desk.browser.post(url("task-add", desk.client.pk), {**values, "on": "01/02/2024"})
    assert "This day is over." in page.content.decode()
    assert desk.browser.post(url("task-add", desk.client.pk), {**values, "assignee": str(uuid4())}).status_code == 400


def test_done_with_one_tap_and_undone(desk) -> None:
    task = noted(desk)
    answer = act(desk, "task-done", task, HTMX, with_client="1")
    assert "Undo" in answer.content.decode()
    assert saved(desk, task).done_at is not None
    assert act(desk, "task-undo", task, next="/").headers["Location"] == "/"
    assert saved(desk, task).done_at is None
    assert act(desk, "task-done", task, next="//evil.example").headers["Location"] == url("client", desk.client.pk)


def test_giving_it_to_a_colleague(desk, colleague) -> None:
    task, teacher = noted(desk), colleague(Role.MENTOR, "teacher").seat
    assert desk.browser.get(url("task-hand", desk.client.pk, task.pk)).status_code == 200
    assert act(desk, "task-hand", task, to=str(teacher.membership_id)).status_code == 302
    assert saved(desk, task).assignee_id == teacher.membership_id
    assert act(desk, "task-hand", task, to=str(colleague().seat.membership_id)).status_code == 400


def test_a_task_of_an_entry_that_one_does_not_read(desk, colleague) -> None:
    with inside(desk.ref):
        secret = write_entry(client=desk.client, new=entry(audience="professionals"), by=desk.seat)
    task = noted(desk, title="secret task", entry=secret)
    helper = colleague(Role.VOLUNTEER, "volunteer")
    assert "secret task" not in helper.browser.get(url("journal", desk.client.pk)).content.decode()
    assert helper.browser.post(url("task-done", desk.client.pk, task.pk)).status_code == 404


def test_a_task_opens_only_at_its_own_person(desk) -> None:
    with inside(desk.ref):
        other = ClientFactory(assigned_to_id=desk.seat.membership_id)
    assert desk.browser.post(url("task-done", other.pk, noted(desk).pk)).status_code == 404


# --- writing from Today ---------------------------------------------------------------------------------------------
def test_writing_from_today(desk) -> None:
    assert "Write about" in text_of(desk)
    values = sent(client=str(desk.client.pk), audience="")
    assert desk.browser.post(url("journal-quick"), values).headers["Location"] == "/"
    answer = desk.browser.post(url("journal-quick"), values, headers=HTMX)
    assert answer.headers["HX-Trigger-After-Settle"] == "entry-written"
    assert "Agron" in answer.content.decode()
    with inside(desk.ref):
        assert JournalEntry.objects.get().client_id == desk.client.pk
        assert Client.objects.get().last_contact_on == timezone.localdate()


def test_only_about_ones_own_people(desk) -> None:
    with inside(desk.ref):
        other = ClientFactory()
    page = desk.browser.post(url("journal-quick"), sent(client=str(other.pk)))
    assert page.status_code == 400
    assert "Came by himself." in page.content.decode()
    assert desk.browser.get(url("journal-quick")).status_code == 200
    with inside(desk.ref):
        assert not JournalEntry.objects.exists()


def test_a_key_that_is_taken(desk, colleague) -> None:
    teacher = colleague(Role.MENTOR, "teacher")
    with inside(desk.ref):
        theirs = write_entry(client=desk.client, new=entry(), by=teacher.seat)
    page = desk.browser.post(url("journal-quick"), sent(client=str(desk.client.pk), key=str(theirs.pk)))
    assert "Copy your text" in page.content.decode()


def test_nobody_of_ones_own_no_box(desk, colleague) -> None:
    assert "quick-box" not in colleague(Role.MENTOR).browser.get("/").content.decode()


# --- what is due, what is to be read ------------------------------------------------------------------------------
def test_ones_own_tasks(desk, colleague) -> None:
    noted(desk, "late task", days=-1)
    noted(desk, "for soon", days=2)
    noted(desk, "for later", days=9)
    noted(desk, "of a colleague", to=colleague(Role.MENTOR, "teacher").seat)
    page = desk.browser.get("/").content.decode()
    assert "Overdue:" in page
    assert "late task" in page
    assert "for soon" in page
    assert "for later" not in page
    assert "of a colleague" not in page


def test_tasks_of_people_whom_one_may_open_no_more(desk) -> None:
    noted(desk, "late task", days=-1)
    with inside(desk.ref):
        Client.objects.update(assigned_to=uuid4())
    assert "late task" not in text_of(desk)


def test_what_one_is_asked_to_read(desk, colleague) -> None:
    teacher, helper = colleague(Role.MENTOR, "teacher"), colleague(Role.VOLUNTEER, "volunteer")
    with inside(desk.ref):
        asked = list(Colleague.objects.filter(pk__in=[teacher.seat.membership_id, helper.seat.membership_id]))
        written = write_entry(client=desk.client, new=entry(ask=asked), by=desk.seat)
    assert "For you to read" in teacher.browser.get("/").content.decode()
    assert "For you to read" in helper.browser.get("/").content.decode()
    with inside(desk.ref):
        JournalEntry.objects.update(audience="professionals")
    assert "For you to read" not in helper.browser.get("/").content.decode()
    teacher.browser.get(url("journal-entry", desk.client.pk, written.pk))
    assert "For you to read" not in teacher.browser.get("/").content.decode()


# --- who was not seen ---------------------------------------------------------------------------------------------
def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.parametrize(
    ("seen", "agreed", "shows"),
    [(14, None, False), (15, None, True), (15, 30, False), (31, 30, True), (4, 3, True), (3, 3, False)],
)
def test_longer_than_agreed(seat, person, seen, agreed, shows) -> None:
    person.last_contact_on = days_ago(seen)
    person.save()
    if agreed is not None:
        open_case(person, unseen_days=agreed)
        open_case(person, unseen_days=90)  # the strictest counts
    found = not_seen(seat, timezone.localdate())
    assert [(one.client, one.days, one.never) for one in found] == ([(person, seen, False)] if shows else [])


def test_the_longest_first_and_those_never_met(seat, person) -> None:
    person.last_contact_on = days_ago(20)
    person.save()
    never = ClientFactory(
        assigned_to_id=seat.membership_id, created_at=timezone.now() - timedelta(days=40), last_contact_on=None
    )
    ClientFactory(assigned_to_id=seat.membership_id)  # added today
    ClientFactory(last_contact_on=days_ago(99))  # nobody's
    found = not_seen(seat, timezone.localdate())
    assert [(one.client, one.never) for one in found] == [(never, True), (person, False)]


def test_who_has_left_is_not_missed(seat, person) -> None:
    person.last_contact_on = days_ago(99)
    person.save()
    case = open_case(person)
    assert not_seen(seat, timezone.localdate())
    Case.objects.filter(pk=case.pk).update(closed_on=days_ago(50))
    assert not_seen(seat, timezone.localdate()) == []


def test_support_misses_nobody(seat) -> None:
    ClientFactory(last_contact_on=days_ago(99))
    for nobody in NOBODIES:
        assert not_seen(nobody, timezone.localdate()) == []
        assert list(own_clients(nobody)) == []


def test_the_section(desk) -> None:
    with inside(desk.ref):
        for number in range(8):
            ClientFactory(
                assigned_to_id=desk.seat.membership_id, phone="+389 70 1", last_contact_on=days_ago(20 + number)
            )
    page = text_of(desk)
    assert 'Not seen for a while <span class="count">8</span>' in page
    assert 'href="tel:+389701"' in page


# --- the whole organisation ------------------------------------------------------------------------------------------
def test_figures_of_the_whole(seat, person, write) -> None:
    assert not overview(timezone.localdate())
    Client.objects.update(last_contact_on=days_ago(20))
    open_case(person)
    second = open_case(person)
    Case.objects.filter(pk=second.pk).update(opened_on=days_ago(2))
    open_case(ClientFactory(last_contact_on=timezone.localdate()))  # seen, and nobody's
    add_task(client=person, new=NewTask("x", days_ago(1), seat.membership_id), by=seat)
    write(kind="small_win")
    assert overview(timezone.localdate()) == Overview(overdue=1, unseen=1, unassigned=1, wins=1)


def test_supervisors_see_the_whole(desk, colleague) -> None:
    noted(desk, days=-1)
    assert "The whole organisation" in colleague(Role.SUPERVISOR).browser.get("/").content.decode()
    assert "The whole organisation" not in text_of(desk)


def test_on_a_team_is_ones_own(seat, person, another, write) -> None:
    teacher = another(Role.MENTOR)
    assert list(own_clients(teacher)) == []
    put_on_team(open_case(person), teacher, "teacher")
    win = write(kind="small_win")
    assert list(own_clients(teacher)) == list(own_clients(seat)) == [person]
    assert list(small_wins(teacher, everybody=False)) == [win]
