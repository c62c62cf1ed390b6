"""Writing lessons and curricula in the CMS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.domain.versions import begin_version
from knowledge_base.models import Curriculum, CurriculumVersion, Entry, KnowledgeIndex, Lesson, Module, Unit
from tests.knowledge_base.conftest import STORY

Make = Callable[..., Any]
COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


@pytest.fixture
def writing(client_of: Callable[..., Client], editor: User) -> Client:
    client = client_of(editor)
    client.get("/cms/")  # joins the group
    return client


def versions_of(page: Curriculum) -> str:
    return f"/cms/curricula/{page.pk}/versions/"


@pytest.mark.parametrize("kind", ["lesson", "practice", "advocacy", "curriculum", "article"])
def test_every_kind_has_a_form(writing: Client, kind: str) -> None:
    index = KnowledgeIndex.objects.get(slug="knowledge")
    assert writing.get(f"/cms/pages/add/knowledge_base/{kind}/{index.pk}/").status_code == 200


def test_an_editor_writes_a_lesson(writing: Client) -> None:
    index = KnowledgeIndex.objects.get(slug="knowledge")
    form = {
        **STORY, **COMMENTS, "title": "Snow", "slug": "snow", "summary": "It snowed.", "outcome": "failure",
        "dimension": "social", "level": "family", "target_group": "rural", "curricula": " hope \r\n\r\nsteps",
        "audience": "public", "action-publish": "action-publish",
    }  # fmt: skip
    answer = writing.post(f"/cms/pages/add/knowledge_base/lesson/{index.pk}/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Lesson.objects.get()
    assert made.curricula == ["hope", "steps"]
    assert Entry.objects.get().title == "Snow"
    edit = writing.get(f"/cms/pages/{made.pk}/edit/").content.decode()
    assert "hope\nsteps" in edit
    answer = writing.post(f"/cms/pages/{made.pk}/edit/", form | {"summary": "It snowed again.", "curricula": ""})
    assert answer.status_code == 302
    assert Lesson.objects.get().curricula == []


def test_an_editor_changes_a_curriculum(writing: Client, curriculum: Make) -> None:
    page = curriculum()
    form = {
        **COMMENTS, "title": "Ready", "slug": "ready", "key": "ready", "summary": "Again.", "who_for": "All.",
        "how_to_use": "", "level": "", "levels": ["family", "community"], "outcomes": "One\nTwo", "audience": "members",
        "action-publish": "action-publish",
    }  # fmt: skip
    assert "Modules, units and versions" in writing.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert writing.post(f"/cms/pages/{page.pk}/edit/", form).status_code == 302
    page.refresh_from_db()
    assert (page.levels, page.outcomes) == (["family", "community"], ["One", "Two"])
    assert set(Entry.objects.values_list("audience", flat=True)) == {"members"}


def test_a_version_from_its_draft_to_readers(
    writing: Client, client_of: Callable[..., Client], curriculum: Make
) -> None:
    page = curriculum(units=["hope"])
    address = versions_of(page)
    assert "Begin a new version" in writing.get(address).content.decode()
    assert writing.post(address, {"act": "begin"}).status_code == 302
    assert "There is a draft" in writing.post(address, {"act": "begin"}).content.decode()
    draft = CurriculumVersion.objects.get(published_at=None)
    unit = draft.units.get()
    shown = writing.get(address).content.decode()
    assert f"/cms/curricula/units/edit/{unit.pk}/" in shown
    assert writing.get(f"/cms/curricula/units/edit/{unit.pk}/").status_code == 200
    answer = writing.post(f"/cms/curricula/units/edit/{unit.pk}/", unit_form(draft.modules.get()))
    assert answer.status_code == 302, answer.context["form"].errors
    unit.refresh_from_db()
    assert unit.title == "Hope again"
    assert unit.exercises[0].value["title"] == "Ball"
    unsaid = writing.post(address, {"act": "publish", "changes": ""})
    assert unsaid.status_code == 200
    assert "This field is required" in unsaid.content.decode()
    assert writing.post(address, {"act": "publish", "changes": "A better name."}).status_code == 302
    assert "Hope again" in client_of(None).get(page.url).content.decode()
    assert "Version 2 published" in writing.get(f"/cms/pages/{page.pk}/history/").content.decode()


def unit_form(of: Module, **fields: Any) -> dict[str, Any]:
    return {
        "module": str(of.pk), "position": "1", "title": "Hope again", "key": "hope", "skill_kind": "soft",
        "skill": "hope", "level": "beginning", "focus": "both", "theory_hours": "1", "practice_hours": "1",
        "outcomes": "", "materials": "", "prerequisites": "", "scale": "", "scale_item": "",
        "introduction": "Begin.", "guide": "Sit.",
        "exercises-count": "1", "exercises-0-deleted": "", "exercises-0-order": "0", "exercises-0-type": "exercise",
        "exercises-0-id": "", "exercises-0-value-title": "Ball", "exercises-0-value-minutes": "20",
        "exercises-0-value-steps": "1. Roll.", "exercises-0-value-debrief-count": "0",
        "sheet_title": "", "sheet_instructions": "", "sheet_lines": "", **fields,
    }  # fmt: skip


def test_modules_and_units_are_added_to_a_draft(writing: Client, curriculum: Make) -> None:
    draft = begin_version(curriculum=curriculum(units=["hope"]), by=None)
    assert writing.get("/cms/curricula/modules/new/").status_code == 200
    form = {"version": str(draft.pk), "position": "2", "title": "More", "key": "more", "dimension": "economic",
            "summary": "", "outcomes": ""}  # fmt: skip
    assert writing.post("/cms/curricula/modules/new/", form).status_code == 302
    module = draft.modules.get(key="more")
    assert writing.get("/cms/curricula/units/new/").status_code == 200
    again = writing.post("/cms/curricula/units/new/", unit_form(module))
    assert "Another unit of this version has this key" in again.content.decode()
    assert writing.post("/cms/curricula/units/new/", unit_form(module, key="work")).status_code == 302
    assert draft.units.get(key="work").module == module
    assert writing.post("/cms/curricula/units/new/", unit_form(module, module="")).status_code == 200
    for kind in ("modules", "units"):
        assert writing.get(f"/cms/curricula/{kind}/").status_code == 200
    unit = draft.units.get(key="work")
    assert writing.post(f"/cms/curricula/units/delete/{unit.pk}/").status_code == 302
    assert not draft.units.filter(key="work").exists()


def test_what_is_published_is_not_there_to_be_changed(writing: Client, curriculum: Make) -> None:
    curriculum(units=["hope"])
    unit, module = Unit.objects.get(), Module.objects.get()
    for path in (
        f"/cms/curricula/units/edit/{unit.pk}/", f"/cms/curricula/units/delete/{unit.pk}/",
        f"/cms/curricula/modules/edit/{module.pk}/", f"/cms/curricula/modules/delete/{module.pk}/",
    ):  # fmt: skip
        assert writing.get(path).status_code == 404
        assert writing.post(path, unit_form(module)).status_code == 404
    assert str(unit.pk) not in writing.get("/cms/curricula/units/").content.decode()
    refused = writing.post("/cms/curricula/units/new/", unit_form(module, key="work"))
    assert refused.status_code == 200
    assert Unit.objects.count() == 1


def test_a_draft_is_thrown_away(writing: Client, curriculum: Make) -> None:
    page = curriculum()
    begin_version(curriculum=page, by=None)
    assert writing.post(versions_of(page), {"act": "discard"}).status_code == 302
    assert page.versions.get().number == 1
    assert writing.post(versions_of(page), {"act": "discard"}).status_code == 404


def test_what_is_not_ready_says_why(writing: Client, curriculum: Make) -> None:
    page = curriculum(units=None)
    writing.post(versions_of(page), {"act": "begin"})
    assert "There is no unit in it" in writing.get(versions_of(page)).content.decode()
    assert "There is no unit" in writing.post(versions_of(page), {"act": "publish", "changes": "x"}).content.decode()
    assert writing.post(versions_of(page), {"act": "nothing"}).status_code == 200


def test_a_curriculum_that_is_taught_stays(writing: Client, curriculum: Make) -> None:
    page, other = curriculum(), curriculum("Other", units=None)
    writing.post(f"/cms/pages/{page.pk}/delete/")
    writing.post(f"/cms/pages/{other.pk}/delete/")
    assert list(Curriculum.objects.all()) == [page]
    writing.post(f"/cms/pages/{page.pk}/unpublish/")
    assert not Curriculum.objects.get().live
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "manager of a member", "editor elsewhere"])
def test_strangers_get_404(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, curriculum: Make, who: str
) -> None:
    page = curriculum()
    user = member(alpha, Role.MANAGER if who == "manager of a member" else Role.EDITOR) if who != "nobody" else None
    client = client_of(user)
    for path in (versions_of(page), "/cms/curricula/units/", "/cms/curricula/modules/new/"):
        assert client.get(path).status_code == (404 if user else 302)
    client.post(versions_of(page), {"act": "begin"})
    assert page.versions.count() == 1


def test_who_may_not_publish_begins_no_version(writing: Client, curriculum: Make) -> None:
    page = curriculum()
    Group.objects.get(name="Knowledge editors").page_permissions.all().delete()
    writing.post(versions_of(page), {"act": "begin"})
    assert page.versions.count() == 1


def test_a_failure_while_publishing_leaves_nothing_behind(
    writing: Client, lesson: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A title that is the members' from now on would else stay before everybody."""
    made = lesson("Snow")
    form = {
        **STORY, **COMMENTS, "title": "Secret", "slug": "snow", "summary": "It snowed.", "outcome": "failure",
        "dimension": "social", "level": "family", "target_group": "rural", "curricula": "", "audience": "members",
        "action-publish": "action-publish",
    }  # fmt: skip

    def fail(*args: Any) -> None:
        raise RuntimeError("the search is broken")

    monkeypatch.setattr("knowledge_base.domain.indexing._entry", fail)
    with pytest.raises(RuntimeError):
        writing.post(f"/cms/pages/{made.pk}/edit/", form)
    assert Lesson.objects.get().title == Entry.objects.get().title == "Snow"
