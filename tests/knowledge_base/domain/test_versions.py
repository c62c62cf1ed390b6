"""Versions of curricula: a draft is a copy, and what is published stays as it is, for the database too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from wagtail.models import PageLogEntry

from knowledge_base.domain.versions import begin_version, cycle_in, discard_version, publish_version
from knowledge_base.errors import DraftThere, NotReady, VersionFrozen
from knowledge_base.models import Curriculum, CurriculumVersion, Entry, Module, Unit
from tests.knowledge_base.conftest import add_module, add_unit

Make = Callable[..., Curriculum]


def test_a_draft_begins_as_a_copy(curriculum: Make, editor: Any) -> None:
    page = curriculum(units=["hope", "steps"])
    first = page.versions.get()
    draft = begin_version(curriculum=page, by=editor)
    assert (draft.number, draft.is_published, draft.changes) == (2, False, "")
    assert [unit.key for unit in draft.units.all()] == ["hope", "steps"]
    assert {unit.module.version_id for unit in draft.units.all()} == {draft.pk}
    assert not set(draft.units.values_list("pk")) & set(first.units.values_list("pk"))
    assert draft.units.get(key="hope").exercises[0].value["debrief"][0] == "Why?"
    assert PageLogEntry.objects.filter(page=page, user=editor, action="knowledge_base.version_begun").count() == 1


def test_one_draft_at_a_time(curriculum: Make) -> None:
    page = curriculum()
    begin_version(curriculum=page, by=None)
    with pytest.raises(DraftThere):
        begin_version(curriculum=page, by=None)


def test_an_empty_draft(curriculum: Make) -> None:
    assert not begin_version(curriculum=curriculum(), copy=False, by=None).units.exists()


def test_publishing_puts_it_before_readers(curriculum: Make, editor: Any) -> None:
    page = curriculum(units=["hope"])
    draft = begin_version(curriculum=page, by=editor)
    draft.units.filter(key="hope").update(title="Hope again")
    assert Entry.objects.get(unit__key="hope").title == "Hope"
    done = publish_version(version=draft, changes=" A new title. ", by=editor)
    assert done.is_published
    assert done.changes == "A new title."
    assert Entry.objects.get(unit__key="hope").title == "Hope again"
    with pytest.raises(VersionFrozen):
        publish_version(version=draft, changes="Again.", by=editor)


def test_of_a_page_that_is_not_published_nothing_is_found(curriculum: Make) -> None:
    curriculum(live=False)
    assert not Entry.objects.exists()


def test_what_is_not_ready_is_not_published(curriculum: Make) -> None:
    draft = begin_version(curriculum=curriculum(units=None), by=None)
    with pytest.raises(NotReady) as refused:
        publish_version(version=draft, changes=" ", by=None)
    assert "no unit" in str(refused.value)
    assert "Say what changed" in str(refused.value)
    module = add_module(draft, "beginning")
    add_unit(module, "one", prerequisites=["two", "nowhere"])
    add_unit(module, "two", prerequisites=["one"])
    with pytest.raises(NotReady) as refused:
        publish_version(version=draft, changes="New.", by=None)
    assert "nowhere" in str(refused.value)
    assert "one → two → one" in str(refused.value)


def test_a_draft_is_thrown_away(curriculum: Make) -> None:
    page = curriculum()
    discard_version(version=begin_version(curriculum=page, by=None), by=None)
    first = page.versions.get()
    with pytest.raises(VersionFrozen):
        discard_version(version=first, by=None)
    assert first.units.count() == 2


@pytest.mark.parametrize(
    ("before", "around"),
    [
        ({}, []),
        ({"a": ["b"], "b": []}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({"a": ["elsewhere"]}, []),
    ],
)
def test_units_that_wait_for_each_other(before: dict[str, list[str]], around: list[str]) -> None:
    assert cycle_in(before) == around


FROZEN = [
    "UPDATE knowledge_base_curriculumversion SET changes = 'x'",
    "UPDATE knowledge_base_curriculumversion SET published_at = NULL",
    "DELETE FROM knowledge_base_unit",
    "DELETE FROM knowledge_base_module",
    "DELETE FROM knowledge_base_curriculumversion",
    "UPDATE knowledge_base_unit SET guide = 'x'",
    "UPDATE knowledge_base_module SET title = 'x'",
    "INSERT INTO knowledge_base_module (id, version_id, position, key, title, summary, dimension, outcomes) "
    "SELECT gen_random_uuid(), id, 9, 'x', 'x', '', 'social', '{}' FROM knowledge_base_curriculumversion",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_refuses_to_change_what_is_published(curriculum: Make, statement: str) -> None:
    curriculum()
    with pytest.raises(DatabaseError, match="a published version is not changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_unit_does_not_move_into_or_out_of_what_is_published(curriculum: Make) -> None:
    page = curriculum(units=["hope"])
    published = page.versions.get()
    draft = begin_version(curriculum=page, by=None)
    theirs, ours = published.modules.get(), draft.modules.get()
    for moved, target in ((draft.units.get(), theirs), (published.units.get(), ours)):
        with pytest.raises(DatabaseError, match="a published version is not changed"), transaction.atomic():
            Unit.objects.filter(pk=moved.pk).update(version=target.version, module=target, key="moved")


def test_a_unit_and_its_module_are_of_one_version(curriculum: Make) -> None:
    draft = begin_version(curriculum=curriculum(units=["hope"]), by=None)
    other = begin_version(curriculum=curriculum("Other", units=["hope"]), by=None)
    with pytest.raises(IntegrityError, match="of one version"), transaction.atomic():
        draft.units.update(module=other.modules.get())


def test_forms_say_so_in_words(curriculum: Make) -> None:
    page = curriculum(units=["hope"])
    version = page.versions.get()
    for row in (version, Module.objects.get(), Unit.objects.get()):
        with pytest.raises(ValidationError, match="Begin a new one"):
            row.full_clean()
    begin_version(curriculum=page, by=None).units.get().full_clean()


def test_what_is_taught_keeps_its_page(curriculum: Make) -> None:
    page = curriculum()
    with pytest.raises(ProtectedError), transaction.atomic():
        page.delete()
    assert str(CurriculumVersion.objects.get()) == "Ready, version 1"
    assert str(Module.objects.get()) == "Beginning"
    assert str(Unit.objects.first()) == "Hope"
