"""Translators' pages: who may, the list, the sheet with both sides, what is kept, conflicts; and readers' pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.rich_text import RichText

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.models import Article, Lesson, TranslatedPart, Translation
from knowledge_base.segments import segments_of

Make = Callable[..., Any]
LIST = "/knowledge/translations/"


@pytest.fixture
def office(client_of: Callable[..., Client], editor: User) -> Client:
    return client_of(editor)


def sheet_of(page: Any, language: str = "fa") -> str:
    return f"{LIST}{page.pk}/{language}/"


def fields(page: Any, texts: dict[str, str], *, version: int = 0, current: bool = False) -> dict[str, str]:
    """As the sheet sends them; without a text of its own each part is told in capitals."""
    sent: dict[str, str] = {}
    for segment in segments_of(page):
        if segment.key in texts:
            sent |= {f"text-{segment.key}": texts[segment.key], f"version-{segment.key}": str(version)}
            sent |= {f"source-{segment.key}": segment.digest} | ({f"current-{segment.key}": "on"} if current else {})
    return sent


def whole(page: Any, **more: str) -> dict[str, str]:
    return fields(page, {segment.key: f"fa {segment.text}" for segment in segments_of(page)} | more)


def published(office: Client, page: Any) -> Lesson:
    answer = office.post(sheet_of(page), {**whole(page), "act": "publish"})
    assert answer["Location"] == f"{LIST}?to=fa"
    return Lesson.objects.get(locale__language_code="fa", translation_key=page.translation_key)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CASEWORKER, None])
def test_for_others_there_is_no_such_page(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, lesson: Make,
    role: Role | None,
) -> None:  # fmt: skip
    client = client_of(member(alpha, role) if role else None)
    page = lesson("Snow")
    for path in (LIST, sheet_of(page)):
        assert client.get(path).status_code in (302, 404)
        assert client.post(path, whole(page)).status_code in (302, 404, 405)
    assert not Translation.objects.exists()


def test_the_list_tells_how_far_each_text_is(office: Client, lesson: Make) -> None:
    done, begun = lesson("Snow"), lesson("Ice")
    lesson("Rain")
    lesson("Later", live=False)
    made = published(office, done)
    office.post(sheet_of(begun), fields(begun, {"title": "یخ"}))
    assert office.get(LIST).status_code == 200  # with the word on what was published
    shown = office.get(f"{LIST}?to=fa").content.decode()
    for words in ("Snow", "Ice", "Rain", "Published", "Being translated", "Not begun", "فارسی", "shqip"):
        assert words in shown
    assert "Later" not in shown
    assert made.title not in shown  # a translation is no original
    for work, title in (("not_begun", "Rain"), ("begun", "Ice"), ("done", "Snow")):
        part = office.get(f"{LIST}?to=fa&work={work}").content.decode()
        assert [name for name in ("Rain", "Ice", "Snow") if f"<bdi>{name}</bdi>" in part] == [title]
    assert "No text of the other languages is this far." in office.get(f"{LIST}?to=fa&work=behind").content.decode()


@pytest.mark.parametrize(
    ("own", "asked", "language"),
    [("en", "", "sq"), ("fa", "", "fa"), ("fa", "lt", "lt"), ("fa", "xx", "fa")],
)
def test_a_language_to_begin_with(office: Client, editor: User, own: str, asked: str, language: str) -> None:
    User.objects.filter(pk=editor.pk).update(language=own)
    answer = office.get(f"{LIST}?to={asked}")
    assert answer.context["language"]["code"] == language


def test_both_sides_in_their_own_direction(office: Client, lesson: Make) -> None:
    page = lesson("Snow")
    shown = office.get(sheet_of(page)).content.decode()
    assert '<div class="sheet-source" lang="en" dir="ltr">A van.</div>' in shown
    area = shown[shown.index('name="text-tried"') :]
    assert 'lang="fa"' in area[:200]
    assert 'dir="rtl"' in area[:200]
    other = lesson("برف", language="fa")
    shown = office.get(sheet_of(other, "en")).content.decode()
    assert '<div class="sheet-source" lang="fa" dir="rtl">A van.</div>' in shown
    assert not Translation.objects.exists()  # looking begins nothing


def test_what_there_is_no_sheet_for(office: Client, lesson: Make, article: Make) -> None:
    page = lesson("Snow")
    made = published(office, page)
    for path in (
        sheet_of(page, "en"), sheet_of(page, "xx"), sheet_of(lesson("Later", live=False)), sheet_of(made, "sq"),
        f"{LIST}999999/fa/",
    ):  # fmt: skip
        assert office.get(path).status_code == 404
        assert office.post(path, {"text-title": "x"}).status_code == 404


def test_saved_in_parts_then_published(office: Client, lesson: Make, editor: User) -> None:
    page = lesson("Snow")
    answer = office.post(sheet_of(page), fields(page, {"title": "برف", "tried": "<b>"}))
    assert answer["Location"] == sheet_of(page)
    assert {part.key: part.text for part in TranslatedPart.objects.all()} == {"title": "برف", "tried": "<b>"}
    shown = office.get(sheet_of(page)).content.decode()
    assert "&lt;b&gt;</textarea>" in shown
    assert "2 of 6 parts are up to date" in shown
    answer = office.post(sheet_of(page), {**fields(page, {"summary": "چکیده"}), "act": "publish"})
    assert answer.status_code == 400
    assert "Not translated yet: how it was" in answer.content.decode()
    assert TranslatedPart.objects.get(key="summary").text == "چکیده"  # kept all the same
    more = {key: f"fa {key}" for key in ("context", "happened", "next_time")}
    office.post(sheet_of(page), {**fields(page, more), "act": "publish"})
    made = Lesson.objects.get(locale__language_code="fa")
    assert (made.title, made.tried, made.context) == ("برف", "<b>", "fa context")
    assert made.url in office.get(sheet_of(page)).content.decode()


def test_a_part_is_kept_while_it_is_written(office: Client, lesson: Make) -> None:
    page = lesson("Snow")
    script = {"hx-request": "true"}
    answer = office.post(f"{sheet_of(page)}?one=title", fields(page, {"title": "برف"}), headers=script)
    shown = answer.content.decode()
    assert 'name="version-title" value="1"' in shown
    assert "Kept." in shown
    assert "<textarea" not in shown  # the field is left alone: letters typed meanwhile stay
    office.post(f"{sheet_of(page)}?one=title", fields(page, {"title": "برف سنگین"}, version=1), headers=script)
    assert TranslatedPart.objects.get().text == "برف سنگین"
    answer = office.post(f"{sheet_of(page)}?one=title", fields(page, {"title": "یخ"}), headers=script)
    shown = answer.content.decode()
    assert "has written this meanwhile" in shown
    assert "برف سنگین" in shown
    assert 'name="version-title" value="2"' in shown  # saving again is meant
    assert "Kept." not in shown
    answer = office.post(f"{sheet_of(page)}?one=gone", {"text-gone": "x"}, headers=script)
    assert "has no such part any more" in answer.content.decode()


def test_a_conflict_shows_both_and_loses_nothing(office: Client, lesson: Make) -> None:
    page = lesson("Snow")
    office.post(sheet_of(page), fields(page, {"title": "یکی"}))
    TranslatedPart.objects.update(edited_by=None)
    answer = office.post(sheet_of(page), {**fields(page, {"title": "دیگری", "tried": "ون."}), "act": "publish"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Somebody has written this meanwhile" in shown
    assert "دیگری</textarea>" in shown
    assert '<div class="sheet-source" dir="auto">یکی</div>' in shown
    assert 'name="version-title" value="1"' in shown
    assert TranslatedPart.objects.get(key="tried").text == "ون."
    assert not Lesson.objects.filter(locale__language_code="fa").exists()


def test_what_changed_in_the_original_is_shown(office: Client, lesson: Make) -> None:
    page = lesson("Snow")
    published(office, page)
    page.tried = "A blue van."
    page.save_revision().publish()
    shown = office.get(sheet_of(page)).content.decode()
    assert "<ins>blue </ins>" in shown or "<ins> blue</ins>" in shown
    assert "Readers are told that this translation is older" in shown
    assert 'name="current-tried"' in shown
    assert "Older than the original" in office.get(f"{LIST}?to=fa").content.decode()
    office.post(sheet_of(page), fields(page, {"tried": "ون آبی."}, version=1, current=True))
    shown = office.get(sheet_of(page)).content.decode()
    assert 'name="current-tried"' not in shown
    office.post(sheet_of(page), {"act": "publish"})
    office.post(sheet_of(page), fields(page, {"tried": "ونی آبی."}, version=2))
    assert "Readers do not have all of this yet" in office.get(sheet_of(page)).content.decode()


def test_a_list_within_a_list_comes_back_as_it_was(office: Client, article: Make) -> None:
    body = (
        '<ol><li>One <b>bold</b><ul><li><a href="/a/">Link</a> and <i>more</i></li><li>Two</li></ul></li>'
        "<li>Three</li></ol>"
    )
    page = article("Lists", body=[("text", RichText(body))])
    shown = office.get(sheet_of(page)).content.decode()
    assert "1. One **bold**\n  - [Link](1) and _more_\n  - Two\n2. Three</div>" in shown
    assert "Two spaces before the mark" in shown
    assert "Two spaces before the mark" not in office.get(sheet_of(article("None"))).content.decode()
    key = segments_of(page)[-1].key
    farsi = "1. یک **پررنگ**\r\n  - [پیوند](1) و _بیشتر_\r\n  - دو\r\n2. سه"
    office.post(sheet_of(page), {**whole(page), **fields(page, {key: farsi}), "act": "publish"})
    made = Article.objects.get(locale__language_code="fa")
    assert made.body.raw_data[0]["value"] == (
        '<ol><li>یک <b>پررنگ</b><ul><li><a href="/a/">پیوند</a> و <i>بیشتر</i></li><li>دو</li></ul></li>'
        "<li>سه</li></ol>"
    )
    office.post(sheet_of(page), {"act": "publish"})
    assert not Translation.objects.get(page=made.pk).changed


def test_what_is_too_long_is_kept_and_said(office: Client, lesson: Make) -> None:
    page = lesson("Snow")
    office.post(sheet_of(page), fields(page, {"title": "ب" * 300}))
    assert "Too long: at most 255 letters." in office.get(sheet_of(page)).content.decode()


@pytest.mark.parametrize(
    "sent", [{"version-title": "x"}, {"version-title": "9" * 20}, {"text-": "x"}, {"text-title": "\0"}]
)
def test_what_no_page_sends(office: Client, lesson: Make, sent: dict[str, str]) -> None:
    page = lesson("Snow")
    assert office.post(sheet_of(page), {**fields(page, {"title": "برف"}), **sent}).status_code == 302


# --- readers -----------------------------------------------------------------------------


def test_readers_find_the_other_languages(office: Client, client_of: Callable[..., Client], lesson: Make) -> None:
    page = lesson("Snow")
    stranger = client_of(None)
    assert 'class="languages"' not in stranger.get(page.url).content.decode()
    made = published(office, page)
    assert f'<a href="{made.url}" lang="fa" dir="rtl">فارسی</a>' in stranger.get(page.url).content.decode()
    there = stranger.get(made.url).content.decode()
    assert f'<a href="{page.url}" lang="en" dir="ltr">English</a>' in there
    assert "(original)" in there
    assert "has changed since this was translated" not in there
    page.tried = "A blue van."
    page.save_revision().publish()
    assert "has changed since this was translated" in stranger.get(made.url).content.decode()
    page.audience = "members"
    page.save_revision().publish()
    assert stranger.get(made.url).status_code == 404


def test_a_translated_lesson_may_name_curricula_that_its_language_lacks(
    office: Client, lesson: Make, curriculum: Make
) -> None:
    from knowledge_base.domain.links import broken_links

    curriculum(units=["hope"])
    published(office, lesson("Snow", curricula=["hope"]))
    assert broken_links() == []


def test_queries(office: Client, lesson: Make, article: Make) -> None:
    """As many with three rows of everything as with one, and with more parts."""
    counts = []
    for number in range(3):
        page = lesson(f"Lesson {number}")
        published(office, page)
        article(f"Article {number}", body=[("advice", "Wait.")] * (number + 1))
        office.get(f"{LIST}?to=fa")
        office.get(sheet_of(page))
        with CaptureQueriesContext(connection) as seen:
            office.get(f"{LIST}?to=fa")
        with CaptureQueriesContext(connection) as sheet:
            office.get(sheet_of(page))
        counts.append((len(seen), len(sheet)))
    assert counts[0] == counts[2]
    assert max(counts[0]) <= 14
