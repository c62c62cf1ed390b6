"""Reading lists: one press, one's own order and notes, shared to be read, printed whole; nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain import lists
from knowledge_base.enums import Audience
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Entry, ListItem, ReadingList

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]
LISTS = "/knowledge/lists/"


@pytest.fixture
def reader(member: People, alpha: OrganisationRef) -> User:
    return member(alpha)


@pytest.fixture
def browser(reader: User, client_of: Clients) -> Client:
    return client_of(reader)


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def kept(user: User, *pages: Any, name: str = "Mine", **fields: Any) -> ReadingList:
    made = ReadingList.objects.create(user=user, name=name, **fields)
    for position, page in enumerate(pages, 1):
        made.items.create(page_id=page.pk, position=position)
    return made


def order(reading_list: ReadingList) -> list[str]:
    return list(reading_list.items.order_by("position").values_list("page__title", flat=True))


def test_one_press_begins_a_list(browser: Client, reader: User, lesson: Make) -> None:
    page = lesson("Snow")
    for _twice in range(2):
        answer = browser.post("/knowledge/keep/", {"what": str(page.pk)}, follow=True)
        assert answer.redirect_chain[0][0] == page.url
        assert "It is on your list" in answer.content.decode()
    made = ReadingList.objects.get()
    assert (made.name, made.user_id, order(made)) == ("To read", reader.pk, ["Snow"])


def test_kept_from_results_one_goes_on_looking(browser: Client, lesson: Make) -> None:
    page = lesson("Snow")
    found = read(browser, "/knowledge/?q=snow")
    assert f'name="what" value="{page.pk}:"' in found
    answer = browser.post("/knowledge/keep/", {"what": f"{page.pk}:", "back": "/knowledge/?q=snow"})
    assert answer["Location"] == "/knowledge/?q=snow"
    outside = browser.post("/knowledge/keep/", {"what": f"{page.pk}:", "back": "https://evil.example.org/"})
    assert outside["Location"] == page.url


def test_a_unit_is_kept_whichever_version(browser: Client, curriculum: Make) -> None:
    page = curriculum(units=["hope"])
    unit = read(browser, f"{page.url}units/hope/")
    assert f'name="what" value="{page.pk}:hope"' in unit
    browser.post("/knowledge/keep/", {"what": f"{page.pk}:hope", "back": f"{page.url}units/hope/"})
    page.save_revision().publish()
    made = ReadingList.objects.get()
    shown = read(browser, f"{LISTS}{made.pk}/")
    assert ">Hope</a>" in shown
    assert "/units/hope/" in shown
    assert "Guide of hope." in read(browser, f"{LISTS}{made.pk}/print/")


def test_whoever_has_several_lists_says_which(browser: Client, reader: User, lesson: Make) -> None:
    page, first, last = lesson("Snow"), kept(reader, name="First"), kept(reader, name="Last")
    shown = read(browser, page.url)
    assert shown.index("<option") == shown.index(f'<option value="{last.pk}">Last</option>')
    browser.post("/knowledge/keep/", {"what": str(page.pk), "list": str(first.pk)})
    assert (order(first), order(last)) == (["Snow"], [])


@pytest.mark.parametrize("what", ["", "x", "0", "99999999999999", "1:\0", "٣", ":", "{page}:nothing"])
def test_nothing_is_kept_that_is_not_there(browser: Client, lesson: Make, what: str) -> None:
    page = lesson("Snow")
    assert browser.post("/knowledge/keep/", {"what": what.format(page=page.pk)}).status_code == 404


@pytest.mark.parametrize("where", ["x", "00000000-0000-4000-8000-000000000000"])
def test_on_no_list_that_is_not_there(browser: Client, lesson: Make, where: str) -> None:
    assert browser.post("/knowledge/keep/", {"what": str(lesson("Snow").pk), "list": where}).status_code == 404


def test_a_list_is_begun_renamed_and_removed(browser: Client, reader: User) -> None:
    assert "No list yet" in read(browser, LISTS)
    answer = browser.post(LISTS, {"name": "Winter"})
    made = ReadingList.objects.get()
    assert answer["Location"] == f"{LISTS}{made.pk}/"
    assert "Nothing is on this list" in read(browser, answer["Location"])
    again = browser.post(LISTS, {"name": "Winter"})
    assert again.status_code == 400
    assert "You have a list of this name already." in again.content.decode()
    assert 'value="Winter"' in again.content.decode()
    kept(reader, name="Spring")
    assert browser.post(f"{LISTS}{made.pk}/change/", {"name": "Summer"}).status_code == 302
    taken = browser.post(f"{LISTS}{made.pk}/change/", {"name": "Spring"})
    assert taken.status_code == 400
    assert browser.post(f"{LISTS}{made.pk}/change/", {"name": ""}).status_code == 400
    assert "Summer" in read(browser, f"{LISTS}{made.pk}/change/")
    assert "“Summer”" in read(browser, f"{LISTS}{made.pk}/remove/")
    assert browser.post(f"{LISTS}{made.pk}/remove/")["Location"] == LISTS
    assert [one.name for one in ReadingList.objects.all()] == ["Spring"]


def test_the_order_is_ones_own(browser: Client, reader: User, lesson: Make) -> None:
    made = kept(reader, lesson("One"), lesson("Two"), lesson("Three"))
    items = {item.page.title: item for item in made.items.select_related("page")}

    def press(title: str, act: str) -> int:
        return int(browser.post(f"{LISTS}{made.pk}/{items[title].pk}/", {"act": act}).status_code)

    press("Three", "up")
    assert order(made) == ["One", "Three", "Two"]
    press("One", "down")
    assert order(made) == ["Three", "One", "Two"]
    press("Three", "up")
    press("Two", "down")
    assert order(made) == ["Three", "One", "Two"]
    press("One", "off")
    assert order(made) == ["Three", "Two"]
    assert press("Two", "nonsense") == 404


def test_notes_are_kept_and_a_long_one_is_not_lost(browser: Client, reader: User, lesson: Make) -> None:
    made = kept(reader, lesson("One"))
    address = f"{LISTS}{made.pk}/{made.items.get().pk}/note/"
    assert "Your note" in read(browser, address)
    assert browser.post(address, {"note": "For <Monday>"}).status_code == 302
    assert "For &lt;Monday&gt;" in read(browser, f"{LISTS}{made.pk}/")
    assert "For &lt;Monday&gt;" in read(browser, address)
    long = browser.post(address, {"note": "x" * 501})
    assert long.status_code == 400
    assert "x" * 501 in long.content.decode()


def test_colleagues_read_what_is_shared(
    browser: Client, reader: User, lesson: Make, member: People, client_of: Clients, alpha: OrganisationRef,
    beta: OrganisationRef,
) -> None:  # fmt: skip
    made = kept(reader, lesson("One"), lesson("Off"))
    ListItem.objects.update(note="A note of mine")
    colleague, foreign = client_of(member(alpha)), client_of(member(beta))
    address = f"{LISTS}{made.pk}/"
    for client in (colleague, foreign):
        read(client, address, 404)
        assert "Mine" not in read(client, LISTS)
        assert "No colleague shares a list" in read(client, f"{LISTS}?of=colleagues")
    browser.post(f"{address}change/", {"name": "Mine", "shared_with": str(alpha.id)})
    shown = read(colleague, address)
    assert f"A list of {reader.name}" in shown
    assert "A note of mine" in shown
    assert "Take off" not in shown
    assert reader.name in read(colleague, f"{LISTS}?of=colleagues")
    assert "Mine" not in read(foreign, f"{LISTS}?of=colleagues")
    read(colleague, f"{address}print/")
    for path in ("change/", "remove/", f"{made.items.first().pk}/note/"):  # type: ignore[union-attr]
        read(colleague, address + path, 404)
        assert colleague.post(address + path, {"name": "Theirs"}).status_code == 404
    assert colleague.post(f"{address}{made.items.first().pk}/", {"act": "off"}).status_code == 404  # type: ignore[union-attr]
    read(foreign, address, 404)
    reader.memberships.update(ended_at="2026-01-01T00:00Z")
    read(colleague, address, 404)


def test_nobody_shares_with_another_organisation(browser: Client, reader: User, beta: OrganisationRef) -> None:
    made = kept(reader)
    answer = browser.post(f"{LISTS}{made.pk}/change/", {"name": "Mine", "shared_with": str(beta.id)})
    assert answer.status_code == 400
    with pytest.raises(NotYourOrganisation):
        lists.change_list(reading_list=made, name="Mine", shared_with=beta.id, by=reader_for(reader))


def test_what_may_not_be_read_any_more_says_nothing(
    browser: Client, reader: User, lesson: Make, member: People, alpha: OrganisationRef, client_of: Clients
) -> None:
    page = lesson("Secret", audience=Audience.MEMBERS)
    made = kept(reader, page, shared_with_id=alpha.id)
    page.unpublish()
    for path in ("", "print/"):
        assert "Secret" not in read(browser, f"{LISTS}{made.pk}/{path}")
    assert "taken off the site" in read(browser, f"{LISTS}{made.pk}/")
    assert "taken off the site" not in read(client_of(member(alpha)), f"{LISTS}{made.pk}/")
    note = read(browser, f"{LISTS}{made.pk}/{made.items.get().pk}/note/")
    assert "Secret" not in note


def test_strangers(lesson: Make, reader: User, client_of: Clients) -> None:
    made = kept(reader, lesson("One"))
    stranger = client_of(User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody"))
    for path in ("", f"{made.pk}/", f"{made.pk}/print/", f"{made.pk}/change/", f"{made.pk}/remove/"):
        read(stranger, LISTS + path, 404)
        assert "/accounts/login/" in client_of(None).get(LISTS + path)["Location"]
    assert stranger.post("/knowledge/keep/", {"what": "1"}).status_code == 404


def test_a_whole_list_on_paper(
    browser: Client, reader: User, lesson: Make, practice: Make, article: Make, advocacy: Make, curriculum: Make
) -> None:
    made = kept(reader, lesson("A"), practice("B"), article("C"), advocacy("D"), curriculum("E"))
    shown = read(browser, f"{LISTS}{made.pk}/print/")
    for text in ("<p>Snow.</p>", "<li>Listen.</li>", "Introduction of C", "Buses end at four.", "People can hope."):
        assert text in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    browser: Client, reader: User, lesson: Make, practice: Make, rows: int, member: People, alpha: OrganisationRef,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    pages = [lesson(f"Lesson {number}") for number in range(rows)]
    for number in range(rows):
        made = kept(reader, *pages, name=f"List {number}", shared_with_id=alpha.id)
        kept(member(alpha), *pages, shared_with_id=alpha.id)
    for path, queries in (
        (LISTS, 3),
        (f"{LISTS}?of=colleagues", 3),
        (f"{LISTS}{made.pk}/", 5),
        (f"{LISTS}{made.pk}/print/", 6),
    ):
        browser.get(path)
        with django_assert_num_queries(queries):
            browser.get(path)


def test_bounds(reader: User, lesson: Make, browser: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    monkeypatch.setattr(lists, "MOST_ITEMS", 1)
    made, page = kept(reader, lesson("One")), lesson("Two")
    assert "very many lists" in browser.post(LISTS, {"name": "Other"}).content.decode()
    answer = browser.post("/knowledge/keep/", {"what": str(page.pk)}, follow=True)
    assert "This list is full." in answer.content.decode()
    assert order(made) == ["One"]


def test_what_was_taken_off_meanwhile_moves_nothing(reader: User, lesson: Make) -> None:
    made = kept(reader, lesson("One"), lesson("Two"))
    gone = ListItem(pk=uuid4(), list=made)
    for up in (True, False):
        lists.move(item=gone, up=up, by=reader_for(reader))
    assert order(made) == ["One", "Two"]


def test_lists_go_with_the_account(reader: User, lesson: Make) -> None:
    kept(reader, lesson("One"))
    reader.memberships.all().delete()
    reader.delete()
    assert not ListItem.objects.exists()
    assert Entry.objects.count() == 1
