"""Editors' pages of a curriculum in two languages: the list of units, a sheet for each, publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.models import Curriculum, CurriculumVersion, TranslatedPart, Translation
from knowledge_base.segments import segments_of
from knowledge_base.taught_segments import newest_version, one_taught

Make = Callable[..., Any]
LIST = "/knowledge/translations/"


@pytest.fixture
def office(client_of: Callable[..., Client], editor: User) -> Client:
    return client_of(editor)


def at(page: Any, *below: str) -> str:
    return "/".join([f"{LIST}{page.pk}/sq", *below, ""])


def fields(page: Any, kind: str, key: str = "", *, version: int = 0, **texts: str) -> dict[str, str]:
    """A whole sheet; each part in capitals but for `texts`."""
    taught = one_taught(newest_version(page), kind=kind, key=key)
    sent: dict[str, str] = {}
    for segment in taught.segments if taught else segments_of(page):
        name = segment.key.rpartition(":")[2]
        sent |= {f"text-{segment.key}": texts.get(name, segment.text.upper()), f"version-{segment.key}": str(version)}
        sent |= {f"source-{segment.key}": segment.digest}
    return sent


def translate_all(office: Client, page: Any) -> None:
    for below in (("page",), ("module", "beginning"), ("unit", "hope"), ("unit", "steps")):
        assert office.post(at(page, *below), fields(page, *below)).status_code == 302


@pytest.mark.parametrize("role", [Role.MANAGER, None])
def test_for_others_there_is_no_such_page(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, curriculum: Make,
    role: Role | None,
) -> None:  # fmt: skip
    page = curriculum()
    client = client_of(member(alpha, role) if role else None)
    for path in (at(page), at(page, "page"), at(page, "unit", "hope"), at(page, "module", "beginning")):
        assert client.get(path).status_code in (302, 404)
        assert client.post(path, {"text-title": "x", "act": "publish"}).status_code in (302, 404)
    assert not Translation.objects.exists()


def test_what_there_is_no_sheet_for(office: Client, curriculum: Make, lesson: Make) -> None:
    page, other, draft = curriculum(), lesson("Snow"), curriculum("Later", live=False)
    for path in (
        at(page, "unit", "gone"), at(page, "sheet", "hope"), at(page, "module", "hope"), at(other, "page"),
        at(other, "unit", "hope"), at(draft), f"{LIST}{page.pk}/xx/page/", f"{LIST}{page.pk}/en/page/",
    ):  # fmt: skip
        assert office.get(path).status_code == 404
        assert office.post(path, {"text-title": "x"}).status_code == 404


def test_from_the_list_to_readers(office: Client, curriculum: Make, client_of: Callable[..., Client]) -> None:
    page = curriculum()
    assert f'href="{at(page)}"' in office.get(f"{LIST}?to=sq").content.decode()
    shown = office.get(at(page)).content.decode()
    for words in ("Beginning", "Hope", "Steps", "Not begun", "0 of 2 units", at(page, "unit", "hope")):
        assert words in shown
    assert "It can be published once" in shown
    assert not Translation.objects.exists()  # looking begins nothing
    assert "Go on translating" in shown
    answer = office.post(at(page, "unit", "hope"), {**fields(page, "unit", "hope"), "act": "next"})
    assert answer["Location"] == at(page, "unit", "steps")
    answer = office.post(at(page, "unit", "steps"), {**fields(page, "unit", "steps", guide=""), "act": "next"})
    assert answer["Location"] == at(page)
    assert office.post(at(page, "page"), {**fields(page, "page"), "act": "next"})["Location"] == at(
        page, "module", "beginning"
    )
    sent = {**fields(page, "module", "beginning"), "act": "save"}
    assert office.post(at(page, "module", "beginning"), sent)["Location"] == at(page, "module", "beginning")
    shown = office.get(at(page)).content.decode()
    for words in (
        "1 of 2 units",
        "Being translated",
        "1 unit is not translated",
        'name="in_part"',
        "HOPE",
        "First version.",
    ):
        assert words in shown
    answer = office.post(at(page), {"act": "publish", "changes": "Kaq."})
    assert answer.status_code == 400
    assert "Kaq.</textarea>" in answer.content.decode()
    assert "Not translated yet: Steps" in answer.content.decode()
    answer = office.post(at(page), {"act": "publish", "changes": "Kaq.", "in_part": "on"})
    assert answer["Location"] == at(page)
    made = Curriculum.objects.get(locale__language_code="sq")
    assert "Being translated" in office.get(f"{LIST}?to=sq").content.decode()  # in part
    stranger = client_of(None)
    assert "INTRODUCTION OF HOPE." in stranger.get(f"{made.url}units/hope/").content.decode()
    there = stranger.get(made.url).content.decode()
    assert f'<a href="{page.url}" lang="en" dir="ltr">English</a>' in there
    assert "(original)" in there
    assert "Readers have version 1" in office.get(at(page)).content.decode()


def test_both_sides_in_their_own_direction(office: Client, curriculum: Make) -> None:
    page = curriculum()
    shown = office.get(f"{LIST}{page.pk}/fa/unit/hope/").content.decode()
    assert '<div class="sheet-source" lang="en" dir="ltr">Guide of hope.</div>' in shown
    area = shown[shown.index('name="text-unit:hope:guide"') :]
    assert 'dir="rtl"' in area[:200]
    assert "Exercise 1: Steps" in shown
    assert f"{page.url}units/hope/" in shown


def test_a_part_is_kept_while_it_is_written_and_conflicts_show_both(office: Client, curriculum: Make) -> None:
    page, script = curriculum(), {"hx-request": "true"}
    one = {"text-unit:hope:title": "Shpresa", "version-unit:hope:title": "0"}
    answer = office.post(f"{at(page, 'unit', 'hope')}?one=unit:hope:title", one, headers=script)
    assert 'name="version-unit:hope:title" value="1"' in answer.content.decode()
    assert TranslatedPart.objects.get().text == "Shpresa"
    answer = office.post(at(page, "unit", "hope"), fields(page, "unit", "hope", title="Shpresë"))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Shpresë</textarea>" in shown
    assert '<div class="sheet-source" dir="auto">Shpresa</div>' in shown
    assert TranslatedPart.objects.get(key="unit:hope:guide").text == "GUIDE OF HOPE."


def test_what_changed_in_the_original_is_shown(office: Client, curriculum: Make) -> None:
    page = curriculum()
    translate_all(office, page)
    office.post(at(page), {"act": "publish", "changes": "Kaq."})
    assert "Published" in office.get(f"{LIST}?to=sq&work=done").content.decode()
    assert "Go on translating" not in office.get(at(page)).content.decode()
    draft = begin_version(curriculum=page, by=None)
    draft.units.filter(key="hope").update(guide="Guide of a new hope.")
    publish_version(version=draft, changes="A new hope.", by=None)
    shown = office.get(at(page)).content.decode()
    assert "Readers are told that this translation is older" in shown
    assert "A new hope." in shown
    assert "Older than the original" in office.get(f"{LIST}?to=sq&work=behind").content.decode()
    assert "<ins>a new </ins>" in office.get(at(page, "unit", "hope")).content.decode()
    sent = fields(page, "unit", "hope", version=1, guide="Udhëzues.")
    office.post(at(page, "unit", "hope"), {**sent, "current-unit:hope:guide": "on"})
    answer = office.post(at(page), {"act": "publish", "changes": ""})
    assert "Say what changed." in answer.content.decode()
    office.post(at(page), {"act": "publish", "changes": "Shpresa."})
    made = Curriculum.objects.get(locale__language_code="sq")
    assert made.versions.order_by("-number")[0].changes == "Shpresa."


def test_a_draft_of_the_cms_can_be_thrown_away(office: Client, curriculum: Make) -> None:
    page = curriculum()
    translate_all(office, page)
    office.post(at(page), {"act": "publish", "changes": "Kaq."})
    made = Curriculum.objects.get(locale__language_code="sq")
    begin_version(curriculum=made, by=None)
    assert "began a draft of this curriculum by hand" in office.get(at(page)).content.decode()
    assert office.post(at(page), {"act": "discard"})["Location"] == at(page)
    assert not CurriculumVersion.objects.filter(published_at=None).exists()
    assert office.post(at(page), {"act": "discard"}).status_code == 404


def test_a_curriculum_that_teaches_nothing_yet(office: Client, curriculum: Make) -> None:
    page = curriculum(units=None)
    assert "Nothing is taught yet" in office.get(at(page)).content.decode()
    office.post(at(page, "page"), fields(page, "page"))
    assert office.post(at(page), {"act": "publish"}).status_code == 302
    assert "Readers do not have all" not in office.get(at(page)).content.decode()


def test_queries(office: Client, curriculum: Make) -> None:
    counts = []
    for title, keys in (("One", ["hope"]), ("Many", [f"unit-{number}" for number in range(40)])):
        page = curriculum(title, units=keys)
        office.post(at(page, "unit", keys[0]), fields(page, "unit", keys[0]))
        found = []
        for path in (at(page), at(page, "unit", keys[0]), f"{LIST}?to=sq"):
            office.get(path)
            with CaptureQueriesContext(connection) as seen:
                office.get(path)
            found.append(len(seen))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
