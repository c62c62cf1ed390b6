"""Verbs of documents."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DataError, transaction

from halka.audit.models import Entry
from halka.common.current import NotInside
from halka.common.sealing import files
from tenants.caseloads.domain.documents import add_document, open_document, read_document, remove_document
from tenants.caseloads.models import Client, Document
from tenants.caseloads.tasks.journal import clean_files, clean_files_everywhere
from tenants.organisations.isolation import inside
from tests.tenants.caseloads.journal.conftest import open_case, put_on_team

PAGE = b"%PDF-1.7 of a school"


def add(person, seat, **values):
    values = {"title": "Certificate", "source": [PAGE], "content_type": "application/pdf", **values}
    return add_document(client=person, **values, by=seat)


def stored():
    return sorted(path.name for path in Path(default_storage.path("sealed")).glob("*/*"))


def grow_old():
    for path in Path(default_storage.path("sealed")).glob("*/*"):
        os.utime(path, (time.time() - 90_000,) * 2)


def test_a_document_lies_sealed_and_opens(seat, person) -> None:
    put_on_team(open_case(person), seat, "teacher")
    document = Document.objects.get(pk=add(person, seat).pk)
    assert (document.title, document.size, document.profession) == ("Certificate", len(PAGE), "teacher")
    assert b"".join(read_document(document)) == PAGE
    assert PAGE not in Path(default_storage.path(document.file)).read_bytes()
    assert Entry.objects.get(action="document.added").about_id == person.pk


def test_opening_is_written_down(seat, person) -> None:
    assert b"".join(open_document(document=add(person, seat), by=seat)) == PAGE
    assert Entry.objects.get(action="document.opened").about_id == person.pk


def test_a_file_opens_for_its_own_row_only(seat, person) -> None:
    one, other = add(person, seat), add(person, seat, source=[b"another"])
    one.file = other.file
    with pytest.raises(files.SealBroken):
        list(read_document(one))


def test_removing_takes_the_file_along(seat, person, tasks) -> None:
    document, kept = add(person, seat), add(person, seat)
    with tasks():
        remove_document(document=document, by=seat)
    assert stored() == [kept.file.rsplit("/", 1)[1]]
    assert Entry.objects.get(action="document.removed").about_id == person.pk


def test_what_cannot_be_saved_leaves_no_file(seat, person) -> None:
    with pytest.raises(DataError), transaction.atomic():
        add(person, seat, content_type="x" * 101)
    assert stored() == []


def test_orphans_are_cleaned_and_nothing_else(seat, person) -> None:
    kept = add(person, seat)
    orphan = add(person, seat)
    Document.objects.filter(pk=orphan.pk).delete()
    elsewhere = files.write(row=person, column="photo", source=[b"of another table"])
    assert clean_files.delay("alpha").get() == 0  # it may be on its way
    grow_old()
    assert clean_files.delay("alpha").get() == 1
    assert stored() == sorted(name.rsplit("/", 1)[1] for name in (kept.file, elsewhere))
    assert b"".join(read_document(kept)) == PAGE


def test_every_organisation_is_cleaned(alpha, beta, seat_in) -> None:
    counts = []
    for ref in (alpha, beta):
        seat = seat_in(ref)
        with inside(ref):
            add(Client.objects.create(given_name="A", search_key="a", sort_key="a"), seat)
            Document.objects.all().delete()
            grow_old()
    assert clean_files_everywhere() >= 2
    for ref in (alpha, beta):
        with inside(ref):
            counts.append(len(stored()))
    assert counts == [0, 0]


def test_another_organisations_document_stays_closed(alpha, beta, seat_in) -> None:
    seat = seat_in(beta)
    with inside(beta):
        document = add(Client.objects.create(given_name="B", search_key="b", sort_key="b"), seat)
    with inside(alpha):
        assert not Document.objects.filter(pk=document.pk).exists()
        with pytest.raises((NotInside, FileNotFoundError)):
            list(read_document(document))
        with pytest.raises(FileNotFoundError):
            files.size_of(document.file)
