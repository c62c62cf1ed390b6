"""The one page of knowledge: kinds, choices, words, who sees what, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.domain import search
from knowledge_base.enums import Audience

LIST = "/knowledge/"
Make = Callable[..., Any]


def text_of(client: Client, query: str = "") -> str:
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def shelf(lesson: Make, practice: Make, curriculum: Make, article: Make, advocacy: Make) -> None:
    lesson("A lesson", outcome="failure", target_group="roma")
    practice("A practice")
    curriculum("Acurriculum", units=["aunit"])
    article("An article")
    advocacy("An advocacy")


def test_kinds_are_tabs(client_of: Callable[..., Client], shelf: None) -> None:
    client = client_of(None)
    named = {
        "lessons": "A lesson", "practices": "A practice", "curricula": "Acurriculum", "articles": "An article",
        "advocacy": "An advocacy",
    }  # fmt: skip
    everything = text_of(client)
    for kind, title in named.items():
        assert f">{title}</a>" in everything
        page = text_of(client, f"?kind={kind}")
        assert [other for other in named.values() if f">{other}</a>" in page] == [title]
    assert ">Aunit</a>" not in everything
    assert "<mark>Aunit</mark>" in text_of(client, "?kind=curricula&q=aunit")


def test_an_outcome_is_told_by_word_and_picture(client_of: Callable[..., Client], shelf: None) -> None:
    page = text_of(client_of(None), "?kind=lessons")
    assert "It did not work" in page
    assert "#x-circle" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?outcome=failure", ["A lesson"]),
        ("?kind=lessons&group=roma", ["A lesson"]),
        ("?kind=lessons&group=women", []),
        ("?kind=practices&outcome=failure", ["A practice"]),  # no choice of this kind
        ("?dimension=psychological", ["A practice", "Acurriculum"]),
        ("?language=fa", []),
        ("?outcome=nonsense&kind=nonsense&from=nonsense&page=nonsense&language=xx", None),
        ("?q=practice&page=0", ["A practice"]),
        ("?q=practice&page=99999999999999999999", []),
        ("?q=practice&page=%D9%A2", ["A practice"]),
        ("?q=%00", None),
    ],
)
def test_choices(client_of: Callable[..., Client], shelf: None, query: str, found: list[str] | None) -> None:
    page = text_of(client_of(None), query)
    titles = ["A lesson", "A practice", "Acurriculum", "An article", "An advocacy"]
    shown = [title for title in titles if f">{title}</a>" in page.replace("<mark>", "").replace("</mark>", "")]
    assert shown == (titles if found is None and "%00" not in query else found or [])


def test_what_was_asked_stays_in_the_form(client_of: Callable[..., Client], shelf: None) -> None:
    page = text_of(client_of(None), "?q=%22%3Eles&kind=lessons&outcome=failure")
    assert 'value="&quot;&gt;les"' in page
    assert '<input type="hidden" name="kind" value="lessons">' in page
    assert '<option value="failure" selected>' in page
    assert '<details class="narrow" open>' in page


def test_a_mistake_is_put_right_and_said(client_of: Callable[..., Client], lesson: Make) -> None:
    lesson("Motivation")
    page = text_of(client_of(None), "?q=motivaton")
    assert "Did you mean" in page
    assert "<mark>Motivation</mark>" in page
    assert "holds some of them" in text_of(client_of(None), "?q=motivation+kangaroo")


def test_nothing_found_says_what_to_do(client_of: Callable[..., Client], lesson: Make) -> None:
    lesson("Bus")
    page = text_of(client_of(None), "?q=kangaroo")
    assert "Nothing was found" in page
    assert "Nothing is published yet" not in page


@pytest.mark.parametrize("query", ["", "?q=secret", "?q=secrt", "?kind=lessons", "?q=bus", "?language=en&q=sec"])
def test_nobody_sees_a_title_that_is_for_members(
    client_of: Callable[..., Client], lesson: Make, member: Callable[..., User], alpha: OrganisationRef, query: str
) -> None:
    lesson("Secret of the bus", audience=Audience.MEMBERS)
    stranger = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    for user in (None, stranger):
        page = text_of(client_of(user), query)
        assert "Secret" not in page
        assert "Did you mean" not in page
    page = text_of(client_of(member(alpha)), query).replace("<mark>", "").replace("</mark>", "")
    assert "Secret of the bus" in page
    assert "For members" in page


def test_pages_of_what_is_newest(client_of: Callable[..., Client], lesson: Make, monkeypatch: Any) -> None:
    monkeypatch.setattr("knowledge_base.reading.SIZE", 2)
    for number in range(3):
        lesson(f"Lesson {number}")
    client = client_of(None)
    first = client.get(LIST).context
    assert [found.title for found in first["found"]] == ["Lesson 2", "Lesson 1"]
    second = client.get(LIST + first["next_url"]).context
    assert [found.title for found in second["found"]] == ["Lesson 0"]


def test_pages_of_what_was_found(client_of: Callable[..., Client], lesson: Make, monkeypatch: Any) -> None:
    monkeypatch.setattr(search, "SIZE", 2)
    for number in range(3):
        lesson(f"Lesson {number}")
    client = client_of(None)
    first = client.get(LIST + "?q=lesson").context
    assert first["next_url"] == "?q=lesson&page=2"
    second = client.get(LIST + first["next_url"]).context
    assert second["previous_url"] == "?q=lesson&page=1"
    assert not second["next_url"]
    assert len({found.entry.pk for page in (first, second) for found in page["found"]}) == 3


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 4), ("?q=bus", 4), ("?kind=lessons&outcome=success", 4)])
def test_queries(
    client_of: Callable[..., Client], lesson: Make, member: Callable[..., User], alpha: OrganisationRef,
    django_assert_num_queries: DjangoAssertNumQueries, rows: int, query: str, queries: int,
) -> None:  # fmt: skip
    for number in range(rows):
        lesson(f"Bus {number}")
    client = client_of(member(alpha))
    client.get(LIST)
    with django_assert_num_queries(queries):
        client.get(LIST + query)


def test_the_words_of_a_row_are_in_its_own_direction(client_of: Callable[..., Client], lesson: Make) -> None:
    lesson("اتوبوس", language="fa", slug="bus")
    page = text_of(client_of(None))
    assert '<div lang="fa" dir="rtl">' in page
    assert "فارسی" in page
