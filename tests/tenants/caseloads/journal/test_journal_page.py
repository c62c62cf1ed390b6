"""The journal as people meet it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain.journal import write_entry
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Document, JournalEntry, Mention, Task
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import entry, open_case

URLS = "halka.urls_workspace"
HTMX = {"hx-request": "true"}


def url(name, *arguments):
    return reverse(name, urlconf=URLS, args=arguments)


def sent(**values):
    return {"key": str(uuid4()), "text": "Came by himself.", "kind": "call", "audience": "team", **values}


def post(desk, headers=None, **values):
    return desk.browser.post(url("journal-write", desk.client.pk), sent(**values), headers=headers or {})


def all_entries(desk):
    with inside(desk.ref):
        entries = list(JournalEntry.objects.order_by("created_at"))
        assert all(one.text is not None for one in entries)  # opened while we are inside
    return entries


@pytest.fixture
def wrote(desk):
    """`wrote(text="…", by=seat)`: an entry that is there already."""

    def make(by=None, age=timedelta(0), **values):
        with inside(desk.ref):
            written = write_entry(client=desk.client, new=entry(**values), by=by or desk.seat)
            if age:
                JournalEntry.objects.filter(pk=written.pk).update(created_at=timezone.now() - age)
            return written

    return make


# --- writing ---------------------------------------------------------------------------------------------------
def test_the_page_and_a_line(desk) -> None:
    page = desk.browser.get(url("journal", desk.client.pk))
    assert page.status_code == 200
    assert 'name="kind" value="small_win"' in " ".join(page.content.decode().split())
    answer = post(desk)
    assert answer["Location"] == url("journal", desk.client.pk)
    (written,) = all_entries(desk)
    assert (written.kind, written.audience) == ("call", Audience.TEAM)
    assert "Came by himself." in desk.browser.get(url("journal", desk.client.pk)).content.decode()


def test_sent_twice_it_is_there_once(desk) -> None:
    key = str(uuid4())
    assert post(desk, key=key).status_code == 302
    assert post(desk, key=key).status_code == 302
    assert post(desk, key=key, headers=HTMX).status_code == 200
    assert len(all_entries(desk)) == 1


def test_htmx_gets_an_empty_box_and_the_entry(desk) -> None:
    answer = post(desk, headers=HTMX, kind="small_win")
    text = answer.content.decode()
    assert "A small win! It is kept." in text
    assert 'hx-swap-oob="afterbegin:#entries"' in text
    assert answer.context["form"]["key"].value() != str(all_entries(desk)[0].pk)


def test_mistakes_keep_what_was_typed(desk) -> None:
    page = post(desk, kind="note", text="", task_title="Ring the school")
    assert page.status_code == 400
    text = page.content.decode()
    assert "Write a few words." in text
    assert "Say by when." in text
    assert "Ring the school" in text
    assert post(desk, kind="note", text="", headers=HTMX).status_code == 200
    assert all_entries(desk) == []


def test_a_key_that_is_taken_loses_no_text(desk, colleague, wrote) -> None:
    theirs = wrote(by=colleague(Role.MENTOR, "teacher").seat)
    page = post(desk, key=str(theirs.pk), text="My own words")
    assert page.status_code == 400
    assert "My own words" in page.content.decode()


@pytest.mark.parametrize(
    ("values", "hour"),
    [({"happened_on": "01/02/2024"}, 12), ({"happened_on": "01/02/2024", "happened_time": "۱۶:۲۰"}, 16)],
)
def test_another_day(desk, values, hour) -> None:
    assert post(desk, **values).status_code == 302
    at = all_entries(desk)[0].happened_at
    assert (at.day, at.month, at.hour) == (1, 2, hour)


def test_an_hour_of_today(desk) -> None:
    assert post(desk, happened_time="00:00", happened_on=timezone.localdate().strftime("%d/%m/%Y")).status_code == 302
    assert post(desk, happened_time="00:01").status_code == 302
    assert [written.happened_at.minute for written in all_entries(desk)] == [0, 1]


def test_what_has_not_come_yet(desk) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%d/%m/%Y")
    assert "This has not come yet" in post(desk, happened_on=tomorrow).content.decode()
    assert post(desk, happened_on="never").status_code == 400
    assert all_entries(desk) == []


@pytest.mark.parametrize(("when", "days"), [("tomorrow", 1), ("week", 7), ("month", 30)])
def test_a_reminder(desk, when, days) -> None:
    post(desk, task_when=when, task_for=str(desk.seat.membership_id))
    with inside(desk.ref):
        task = Task.objects.get()
        assert (task.title, task.assignee_id) == ("Came by himself.", desk.seat.membership_id)
    assert task.due_on == timezone.localdate() + timedelta(days=days)


def test_a_reminder_needs_words_and_a_day_to_come(desk) -> None:
    assert "Say what is to be done." in post(desk, text="", task_when="week").content.decode()
    assert "This day is over." in post(desk, task_on="01/02/2024").content.decode()


def test_somebody_is_asked(desk, colleague) -> None:
    teacher = colleague(Role.MENTOR, "teacher").seat
    post(desk, ask=[str(teacher.membership_id)])
    with inside(desk.ref):
        assert Mention.objects.get().colleague_id == teacher.membership_id
    page = post(desk, ask=[str(teacher.membership_id)], audience="author")
    assert "would not be allowed to read this" in page.content.decode()


def test_nobody_is_asked_who_may_not_open_the_record(desk, colleague) -> None:
    page = post(desk, ask=[str(colleague().seat.membership_id)])
    assert page.status_code == 400
    assert all_entries(desk) == []


def test_a_photo_comes_along(desk) -> None:
    post(desk, attachments=SimpleUploadedFile("x.pdf", b"%PDF-1.7 words"))
    with inside(desk.ref):
        document = Document.objects.select_related("entry").get()
        assert document.entry.text == "Came by himself."
    page = post(desk, attachments=[SimpleUploadedFile(f"{n}.pdf", b"%PDF-1") for n in range(6)])
    assert "at most five files" in page.content.decode()


def test_putting_right(desk, wrote) -> None:
    old = wrote(age=timedelta(days=2), audience="professionals")
    page = desk.browser.get(url("journal", desk.client.pk), {"corrects": str(old.pk)})
    assert page.context["form"]["audience"].value() == "professionals"
    post(desk, corrects=str(old.pk), text="It was Tuesday.")
    assert all_entries(desk)[-1].corrects_id == old.pk
    post(desk, corrects=str(uuid4()), text="Of nothing")
    assert all_entries(desk)[-1].corrects_id is None
    assert desk.browser.get(url("journal", desk.client.pk), {"corrects": "x"}).status_code == 200


def test_the_case_is_asked_for_when_there_are_several(desk) -> None:
    with inside(desk.ref):
        first, _second = open_case(desk.client), open_case(desk.client)
    assert "id_case" in desk.browser.get(url("journal", desk.client.pk)).content.decode()
    post(desk, case=str(first.pk))
    assert all_entries(desk)[0].case_id == first.pk


# --- reading ---------------------------------------------------------------------------------------------------
def test_filter_and_pages(desk, wrote) -> None:
    for number in range(27):
        wrote(kind="note", text=f"note {number:02}", happened_at=timezone.now() - timedelta(hours=number))
    wrote(kind="small_win", text="a smile")
    page = desk.browser.get(url("journal", desk.client.pk))
    assert len(page.context["lines"]) == 25
    older = desk.browser.get(url("journal", desk.client.pk) + page.context["page"].next_url)
    assert [line.entry.text for line in older.context["lines"]] == ["note 24", "note 25", "note 26"]
    wins = desk.browser.get(url("journal", desk.client.pk), {"kind": "small_win"})
    assert [line.entry.text for line in wins.context["lines"]] == ["a smile"]
    assert len(desk.browser.get(url("journal", desk.client.pk), {"kind": "nonsense"}).context["lines"]) == 25


def test_a_volunteer_reads_what_is_for_everybody(desk, colleague, wrote) -> None:
    wrote(text="for all")
    secret = wrote(text="for professionals", audience="professionals")
    helper = colleague(Role.VOLUNTEER, "volunteer")
    page = helper.browser.get(url("journal", desk.client.pk))
    assert [line.entry.text for line in page.context["lines"]] == ["for all"]
    for name in ("journal-entry", "journal-change"):
        assert helper.browser.get(url(name, desk.client.pk, secret.pk)).status_code == 404
    for name in ("journal-remove", "journal-dimension", "journal-seen"):
        assert helper.browser.post(url(name, desk.client.pk, secret.pk)).status_code == 404


def test_an_entry_opens_only_at_its_own_person(desk, wrote) -> None:
    written = wrote()
    with inside(desk.ref):
        other = ClientFactory(assigned_to_id=desk.seat.membership_id)
    assert desk.browser.get(url("journal-entry", desk.client.pk, written.pk)).status_code == 200
    assert desk.browser.get(url("journal-entry", other.pk, written.pk)).status_code == 404


def test_a_viewer_reads_and_does_not_write(desk, colleague, wrote) -> None:
    wrote(text="for all")
    viewer = colleague(Role.VIEWER, "teacher")
    page = viewer.browser.get(url("journal", desk.client.pk))
    assert page.context["form"] is None
    assert "for all" in page.content.decode()
    assert viewer.browser.post(url("journal-write", desk.client.pk), sent()).status_code == 403


def test_opening_an_entry_that_one_was_asked_to_read(desk, colleague, wrote) -> None:
    teacher = colleague(Role.MENTOR, "teacher")
    with inside(desk.ref):
        asked = Colleague.objects.get(pk=teacher.seat.membership_id)
    first, second = wrote(ask=[asked]), wrote(ask=[asked])
    assert teacher.browser.get(url("journal-entry", desk.client.pk, first.pk)).status_code == 200
    assert teacher.browser.post(url("journal-seen", desk.client.pk, second.pk)).status_code == 302
    with inside(desk.ref):
        assert not Mention.objects.filter(seen_at=None).exists()


def test_reading_is_audited(desk, wrote) -> None:
    desk.browser.get(url("journal", desk.client.pk))
    with inside(desk.ref):
        audited = Entry.objects.get(action="client.viewed")
    assert (audited.about_id, audited.detail) == (desk.client.pk, {"page": "journal"})


# --- changing --------------------------------------------------------------------------------------------------
def change(desk, written, **values):
    form = desk.browser.get(url("journal-change", desk.client.pk, written.pk)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    typed = {
        "happened_on": shown["happened_on"].strftime("%d/%m/%Y"),
        "happened_time": shown["happened_time"].strftime("%H:%M:%S"),
    }
    return desk.browser.post(url("journal-change", desk.client.pk, written.pk), {**shown, **typed, **values})


def test_changing_ones_own(desk, wrote) -> None:
    written = wrote()
    assert change(desk, written, text="Better").status_code == 302
    (saved,) = all_entries(desk)
    assert (saved.text, saved.version, saved.happened_at) == ("Better", 2, written.happened_at)
    assert change(desk, written, happened_on="01/02/2024", happened_time="").status_code == 302
    assert all_entries(desk)[0].happened_at.year == 2024


def test_two_windows(desk, wrote) -> None:
    written = wrote(text="As it was")
    assert change(desk, written, text="First window").status_code == 302
    page = change(desk, written, text="Second window", seen_version="1")
    assert page.status_code == 409
    assert "First window" in page.content.decode()
    assert "Second window" in page.content.decode()
    again = page.context["form"]["seen_version"].value()
    assert change(desk, written, text="Second window", seen_version=again).status_code == 302


def test_too_late_to_change(desk, wrote) -> None:
    written = wrote(age=timedelta(days=2))
    page = change(desk, written, text="Better")
    assert page.status_code == 400
    assert "can be changed for a day" in page.content.decode()
    assert change(desk, written, kind="").status_code == 400


def test_taking_back(desk, wrote) -> None:
    written, old = wrote(), wrote(age=timedelta(hours=1))
    assert desk.browser.post(url("journal-remove", desk.client.pk, written.pk)).status_code == 302
    assert desk.browser.post(url("journal-remove", desk.client.pk, old.pk)).status_code == 302
    assert all_entries(desk) == [old]


def test_what_a_small_win_touched(desk, wrote) -> None:
    win, call, old = wrote(kind="small_win"), wrote(), wrote(kind="small_win", age=timedelta(days=2))
    say = {"dimension": "social"}
    assert desk.browser.post(url("journal-dimension", desk.client.pk, win.pk), say).status_code == 302
    for other in (call, old):
        answer = desk.browser.post(url("journal-dimension", desk.client.pk, other.pk), say, headers=HTMX)
        assert answer.status_code == 200
    desk.browser.post(url("journal-dimension", desk.client.pk, win.pk), {"dimension": "nonsense"})
    assert {written.pk: written.dimension for written in all_entries(desk)} == {
        win.pk: "social",
        call.pk: "",
        old.pk: "",
    }


# --- the list of small wins ---------------------------------------------------------------------------------------
def test_small_wins_of_ones_own_people_and_of_all(desk, colleague, wrote) -> None:
    wrote(kind="small_win", text="a smile of Agron")
    wrote(kind="call", text="no win")
    helper = colleague(Role.SUPERVISOR)
    assert "a smile of Agron" in desk.browser.get(url("small-wins")).content.decode()
    assert "a smile of Agron" not in helper.browser.get(url("small-wins")).content.decode()
    page = helper.browser.get(url("small-wins"), {"whose": "all"}).content.decode()
    assert "a smile of Agron" in page
    other = colleague(Role.CASEWORKER).browser.get(url("small-wins"), {"whose": "all"})
    assert "a smile of Agron" not in other.content.decode()
    assert "no win" not in page
    with inside(desk.ref):
        assert Entry.objects.filter(action="entry.listed", detail={"shown": 1}).count() == 2


# --- queries, and the other organisation ----------------------------------------------------------------------------
def test_as_many_queries_for_one_entry_as_for_three(desk, wrote, count_queries) -> None:
    def more():
        wrote(files=[], kind="small_win")
        post(desk, attachments=SimpleUploadedFile("x.pdf", b"%PDF-1.7"), task_when="week")

    for path in (url("journal", desk.client.pk), url("small-wins"), url("documents", desk.client.pk), "/"):
        more()
        desk.browser.get(path)
        one = count_queries(lambda path=path: desk.browser.get(path))
        more()
        more()
        assert count_queries(lambda path=path: desk.browser.get(path)) == one, path


@pytest.fixture
def count_queries():
    def count(function):
        with CaptureQueriesContext(connection) as queries:
            assert function().status_code == 200
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    return count


def test_the_other_organisation_has_nothing_of_it(desk, beta, seat_in, client_of, wrote) -> None:
    written = wrote(text="only alpha's", kind="small_win")
    stranger = seat_in(beta, Role.MANAGER)
    browser = client_of(User.objects.get(pk=stranger.user_id), beta)
    for name in ("journal", "documents"):
        assert browser.get(url(name, desk.client.pk)).status_code == 404
    assert browser.get(url("journal-entry", desk.client.pk, written.pk)).status_code == 404
    assert browser.post(url("journal-write", desk.client.pk), sent()).status_code == 404
    assert "only alpha" not in browser.get(url("small-wins"), {"whose": "all"}).content.decode()
    with inside(beta):
        assert not JournalEntry.objects.exists()
        assert not Client.objects.exists()
