"""Verbs of the journal."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.errors import EditedMeanwhile
from halka.common.sealing import files
from halka.common.uploads import NewFile
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.domain.journal import (
    EntryDetails,
    KeyTaken,
    NewEntry,
    NotYourEntry,
    TooLate,
    change_entry,
    may_change,
    may_remove,
    profession_on,
    remove_entry,
    usual_audience,
    write_entry,
)
from tenants.caseloads.domain.tasks import NewTask
from tenants.caseloads.enums.journal import CONTACTS, Audience, EntryKind
from tenants.caseloads.models import Client, Document, JournalEntry, JournalHabit, Task
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import entry, open_case, put_on_team


def last_contact(person):
    return Client.objects.get(pk=person.pk).last_contact_on


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def details_of(written, **changes):
    names = ("kind", "text", "happened_at", "audience", "dimension")
    return EntryDetails(**{**{name: getattr(written, name) for name in names}, **changes})


# --- writing --------------------------------------------------------------------------------------------------
def test_an_entry_is_written_and_audited(seat, person, write) -> None:
    written = JournalEntry.objects.get(pk=write(text="Came by himself.").pk)
    assert (written.text, written.author_id, written.author_name) == (
        "Came by himself.", seat.membership_id, seat.name
    )  # fmt: skip
    audited = Entry.objects.get(action="entry.written")
    assert (audited.target_id, audited.about_id, audited.detail) == (str(written.pk), person.pk, {"kind": "call"})


def test_the_text_lies_sealed(write) -> None:
    write(text="Came by himself.")
    sealed = bytes(JournalEntry.objects.values_list("text", flat=True)[0].token)
    assert b"himself" not in sealed


def test_the_same_key_is_written_once(seat, person) -> None:
    new = entry(task=NewTask("Ring him", timezone.localdate(), seat.membership_id))
    first = write_entry(client=person, new=new, by=seat)
    assert write_entry(client=person, new=new, by=seat) == first
    assert (JournalEntry.objects.count(), Task.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="entry.written").count() == 1


def test_a_key_of_somebody_else_is_refused(seat, person, another, write) -> None:
    theirs = write(by=another())
    with pytest.raises(KeyTaken):
        write(key=theirs.pk)
    about_another = write()
    with pytest.raises(KeyTaken):
        write(client=ClientFactory(), key=about_another.pk)


def test_what_breaks_for_another_reason_is_not_taken_for_a_repetition(seat, person, monkeypatch) -> None:
    def broken(*args, **kwargs):
        raise IntegrityError("another constraint")

    monkeypatch.setattr(JournalEntry, "save", broken)
    with pytest.raises(IntegrityError, match="another constraint"):
        write_entry(client=person, new=entry(), by=seat)


@pytest.mark.parametrize("kind", EntryKind)
def test_contacts_move_the_last_contact(person, write, kind) -> None:
    write(kind=kind)
    assert last_contact(person) == (timezone.localdate() if kind in CONTACTS else None)


def test_the_last_contact_moves_forward_only(person, write) -> None:
    write(happened_at=days_ago(2))
    write(happened_at=days_ago(5))
    assert last_contact(person) == timezone.localdate(days_ago(2))
    write()
    assert last_contact(person) == timezone.localdate()


def test_the_only_open_case_is_taken(person, write) -> None:
    assert write().case is None
    case = open_case(person)
    assert write().case == case
    other = open_case(person)
    assert write().case is None
    assert write(case=other).case == other


def test_the_profession_is_that_on_the_case(seat, person, write) -> None:
    assert write().profession == ""
    case, other = open_case(person), open_case(person)
    put_on_team(case, seat, "psychologist")
    assert write().profession == "psychologist"
    put_on_team(other, seat, "mentor")
    assert write(case=case).profession == "psychologist"
    assert write(case=other).profession == "mentor"
    assert profession_on(open_case(person), person, seat) == "mentor"  # by the alphabet, where it is neither


def test_who_it_is_for_is_remembered(seat, person, write, another) -> None:
    assert usual_audience(person, seat) == Audience.TEAM
    write(audience=Audience.PROFESSIONALS)
    write(audience=Audience.AUTHOR)
    assert usual_audience(person, seat) == Audience.AUTHOR
    assert JournalHabit.objects.count() == 1
    psychologist = another(Role.MENTOR)
    put_on_team(open_case(person), psychologist, "psychologist")
    assert usual_audience(person, psychologist) == Audience.PROFESSION


def test_files_come_with_it(seat, person, write) -> None:
    written = write(audience=Audience.AUTHOR, files=[NewFile("Certificate", [b"of ", b"school"], "text/plain")])
    document = Document.objects.get(entry=written)
    assert (document.title, document.audience, document.size) == ("Certificate", Audience.AUTHOR, 9)
    assert b"".join(read_document(document)) == b"of school"


# --- changing -------------------------------------------------------------------------------------------------
def test_the_author_changes_within_a_day(seat, write) -> None:
    written = write()
    saved = change_entry(entry=written, details=details_of(written, text="Better"), seen_version=1, by=seat)
    assert (saved.text, saved.version) == ("Better", 2)
    assert saved.changed_at is not None
    assert Entry.objects.get(action="entry.changed").detail == {"fields": ["text"]}


def test_changing_nothing_leaves_no_trace(seat, write) -> None:
    written = write()
    saved = change_entry(entry=written, details=details_of(written), seen_version=1, by=seat)
    assert (saved.version, saved.changed_at) == (1, None)
    assert not Entry.objects.filter(action="entry.changed").exists()


def test_an_older_version_is_not_written_over(seat, write) -> None:
    written = write()
    change_entry(entry=written, details=details_of(written, text="First"), seen_version=1, by=seat)
    with pytest.raises(EditedMeanwhile):
        change_entry(entry=written, details=details_of(written, text="Second"), seen_version=1, by=seat)
    assert JournalEntry.objects.get().text == "First"


def test_nobody_else_changes_or_removes_it(seat, another, write) -> None:
    manager, written = another(Role.MANAGER), write()
    with pytest.raises(NotYourEntry):
        change_entry(entry=written, details=details_of(written, text="x"), seen_version=1, by=manager)
    with pytest.raises(NotYourEntry):
        remove_entry(entry=written, by=manager)
    assert not may_change(written, manager)


def test_after_a_day_it_stands(seat, write) -> None:
    written = write()
    JournalEntry.objects.update(created_at=days_ago(1))
    with pytest.raises(TooLate):
        change_entry(entry=written, details=details_of(written, text="x"), seen_version=1, by=seat)
    correction = write(corrects=written, text="It was on Tuesday.")
    assert list(written.corrections.all()) == [correction]


def test_documents_follow_who_it_is_for(seat, write) -> None:
    written = write(files=[NewFile("x", [b"x"], "text/plain")])
    change_entry(entry=written, details=details_of(written, audience=Audience.AUTHOR), seen_version=1, by=seat)
    assert Document.objects.get().audience == Audience.AUTHOR


def test_a_contact_that_was_none_is_recalled(seat, person, write) -> None:
    write(happened_at=days_ago(9))
    written = write()
    change_entry(entry=written, details=details_of(written, kind="note"), seen_version=1, by=seat)
    assert last_contact(person) == timezone.localdate(days_ago(9))
    change_entry(entry=written, details=details_of(written, kind="visit"), seen_version=2, by=seat)
    assert last_contact(person) == timezone.localdate()


def test_a_later_contact_stays(seat, person, write) -> None:
    earlier = write(happened_at=days_ago(3))
    write()
    change_entry(entry=earlier, details=details_of(earlier, kind="note"), seen_version=1, by=seat)
    assert last_contact(person) == timezone.localdate()


# --- removing -------------------------------------------------------------------------------------------------
def test_the_author_takes_back_what_was_just_written(seat, person, write, tasks) -> None:
    written = write(
        files=[NewFile("x", [b"x"], "text/plain")],
        task=NewTask("x", timezone.localdate(), seat.membership_id),
    )
    name = Document.objects.get().file
    with tasks():
        remove_entry(entry=written, by=seat)
    assert not JournalEntry.objects.exists()
    assert not Document.objects.exists()
    assert not Task.objects.exists()
    assert last_contact(person) is None
    with pytest.raises(FileNotFoundError):
        files.size_of(name)
    audited = Entry.objects.get(action="entry.removed")
    assert (audited.target_id, audited.about_id) == (str(written.pk), person.pk)


def test_after_ten_minutes_it_stays(seat, write) -> None:
    written = write()
    JournalEntry.objects.update(created_at=timezone.now() - timedelta(minutes=10))
    assert not may_remove(JournalEntry.objects.get(), seat)
    with pytest.raises(TooLate):
        remove_entry(entry=written, by=seat)
    assert JournalEntry.objects.exists()


def test_an_entry_needs_a_key_of_its_own() -> None:
    one, other = (NewEntry("note", "x", timezone.now()) for _ in range(2))
    assert one.key != other.key
    assert entry(key=(key := uuid4())).key == key


def test_the_system_has_no_habits(person, write) -> None:
    write(by=SYSTEM, audience=Audience.PROFESSIONALS)
    assert not JournalHabit.objects.exists()
