from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.enums import Audience
from knowledge_base.models import Article, KnowledgeIndex

LIST = "/knowledge/"


def test_there_is_an_index_for_each_language(db: None) -> None:
    codes = KnowledgeIndex.objects.values_list("locale__language_code", flat=True)
    assert set(codes) == {"en", "sq", "sr", "lt", "sl", "fa"}
    assert {index.get_site().root_page_id for index in KnowledgeIndex.objects.all()} == {
        KnowledgeIndex.objects.get(slug="knowledge").pk
    }


def test_an_empty_list_says_so(client_of: Callable[..., Client], db: None) -> None:
    assert "Nothing is published yet" in client_of(None).get(LIST).content.decode()


def test_everybody_reads_what_is_public(client_of: Callable[..., Client], article: Callable[..., Article]) -> None:
    made = article("Buses", body=[("heading", "What we tried"), ("advice", "Ask those who left.")])
    client = client_of(None)
    assert made.url == "/knowledge/en/buses/"
    assert f'href="{made.url}"' in client.get(LIST).content.decode()
    page = client.get(made.url)
    assert page.status_code == 200
    for text in ("Buses", "Introduction of Buses", "<h2>What we tried</h2>", "Ask those who left."):
        assert text in page.content.decode()


def test_the_whole_address_is_on_our_own_host(article: Callable[..., Article]) -> None:
    assert article("Buses").full_url == "http://halka.localhost:8000/knowledge/en/buses/"


@pytest.mark.parametrize("who", ["signed out", "account without a membership", "member"])
def test_what_is_for_members_does_not_exist_for_others(
    client_of: Callable[..., Client], article: Callable[..., Article], member: Callable[..., User],
    alpha: OrganisationRef, who: str,
) -> None:  # fmt: skip
    made = article("Failures", audience=Audience.MEMBERS)
    user = None
    if who == "member":
        user = member(alpha)
    elif who != "signed out":
        user = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    client = client_of(user)
    assert client.get(made.url).status_code == (200 if who == "member" else 404)
    assert ("Failures" in client.get(LIST).content.decode()) is (who == "member")


def test_a_former_member_is_a_stranger(
    client_of: Callable[..., Client], article: Callable[..., Article], member: Callable[..., User],
    alpha: OrganisationRef,
) -> None:  # fmt: skip
    user = member(alpha)
    user.memberships.update(ended_at="2026-01-01T00:00Z")
    assert client_of(user).get(article("Failures", audience=Audience.MEMBERS).url).status_code == 404


def test_articles_are_for_members_unless_said_otherwise() -> None:
    assert Article().audience == Audience.MEMBERS


def test_a_draft_is_not_there(client_of: Callable[..., Client], article: Callable[..., Article]) -> None:
    made = article("Later", live=False)
    assert client_of(None).get(made.url).status_code == 404
    assert "Later" not in client_of(None).get(LIST).content.decode()


def test_each_language_has_its_own_address_and_direction(
    client_of: Callable[..., Client], article: Callable[..., Article]
) -> None:
    english, persian = article("Start", slug="start"), article("آغاز", slug="start", language="fa")
    client = client_of(None)
    assert (english.url, persian.url) == ("/knowledge/en/start/", "/knowledge/fa/start/")
    assert 'lang="fa" dir="rtl"' in client.get(persian.url).content.decode()
    only_persian = client.get(LIST + "?language=fa").content.decode()
    assert "آغاز" in only_persian
    assert "Introduction of Start" not in only_persian
    assert client.get("/knowledge/fa/")["Location"] == "/knowledge/?language=fa"
    assert client.get("/knowledge/xx/start/").status_code == 404
    assert client.get("/knowledge/en/nothing/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(
    client_of: Callable[..., Client], article: Callable[..., Article], member: Callable[..., User],
    alpha: OrganisationRef, django_assert_num_queries: DjangoAssertNumQueries, rows: int,
) -> None:  # fmt: skip
    for number in range(rows):
        article(f"Article {number}")
    client = client_of(member(alpha))
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_queries_of_a_page(
    client_of: Callable[..., Client], article: Callable[..., Article], member: Callable[..., User],
    alpha: OrganisationRef, django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    made = article("Buses", audience=Audience.MEMBERS)
    client = client_of(member(alpha))
    client.get(made.url)
    with django_assert_num_queries(7):
        client.get(made.url)


def test_the_front_page_shows_what_is_for_everybody_own_language_first(
    client_of: Callable[..., Client], article: Callable[..., Article]
) -> None:
    article("Secret", audience=Audience.MEMBERS)
    for number in range(3):
        article(f"New {number}")
    article("کهنه", language="fa")
    client = client_of(None)
    page = client.get("/", headers={"accept-language": "fa"}).content.decode()
    assert "کهنه" in page
    assert "New 2" in page
    assert "New 0" not in page
    assert "Secret" not in page
