"""Pages for a working group alone: nobody else finds a title, a word or a number of them anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.access import editor as editor_only
from knowledge_base.access import reader_for
from knowledge_base.domain import following, groups
from knowledge_base.domain.digests import send_due
from knowledge_base.domain.indexing import renew_all
from knowledge_base.enums import Audience, TopicKind
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Digest, Entry, Lesson, ReadingList, Remark, Word
from tenants.organisations.models import WorkingGroup

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]
GROUPS = "/knowledge/incoming/groups/"
SECRET = "Zanzibar"


@pytest.fixture
def group(alpha: OrganisationRef) -> WorkingGroup:
    made = WorkingGroup.objects.create(name="Loans", about="Loans that help")
    made.organisations.set([alpha.id])
    return made


@pytest.fixture
def page(group: WorkingGroup, lesson: Make, curriculum: Make) -> Lesson:
    """Of what everybody follows, for the group alone."""
    curriculum(units=["hope"])
    made: Lesson = lesson(
        SECRET, audience=Audience.GROUP, group=group, programme="Zanzibar vans", curricula=["hope", "ready"]
    )
    return made


@pytest.fixture
def inside(member: People, alpha: OrganisationRef) -> User:
    return member(alpha)


@pytest.fixture
def outside(member: People, beta: OrganisationRef) -> User:
    return member(beta)


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode().replace("<mark>", "").replace("</mark>", "")


# Wherever a title of the knowledge base is shown to a reader.
PLACES = [
    "/knowledge/", "/knowledge/?kind=lessons", "/knowledge/?q=zanzibar", "/knowledge/?q=zanzibr", "/knowledge/?q=snow",
    "/knowledge/?outcome=success&dimension=social&level=family&group=anybody&language=en", "/knowledge/following/", "/",
    "/knowledge/en/ready/", "/knowledge/en/ready/units/hope/",
]  # fmt: skip


def test_who_is_in_it_reads(page: Lesson, inside: User, client_of: Clients) -> None:
    browser = client_of(inside)
    assert "For the working group Loans" in " ".join(read(browser, page.url).split())
    found = {place for place in PLACES if SECRET in read(browser, place)}
    assert found == set(PLACES) - {"/knowledge/?q=zanzibr", "/"}
    assert "For a working group" in read(browser, "/knowledge/")


@pytest.mark.parametrize("who", ["signed out", "nobody's account", "another organisation", "left it"])
def test_for_others_it_does_not_exist(
    page: Lesson, group: WorkingGroup, outside: User, inside: User, client_of: Clients, who: str, beta: OrganisationRef
) -> None:
    other = WorkingGroup.objects.create(name="Another")
    other.organisations.set([beta.id])
    user: User | None = outside
    if who == "signed out":
        user = None
    elif who == "nobody's account":
        user = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    elif who == "left it":
        user = inside
        group.organisations.clear()
    browser = client_of(user)
    read(browser, page.url, 404)
    is_member = who in ("another organisation", "left it")
    for place in PLACES:
        if is_member or place != "/knowledge/following/":
            assert SECRET.lower() not in read(browser, place).replace("q=zanzib", "").lower().replace(
                'value="zanzibar"', ""
            ).replace('value="zanzibr"', ""), place
    if is_member:
        for act in ("useful", "follow"):
            assert browser.post(f"/knowledge/pages/{page.pk}/{act}/", {"on": "1"}).status_code == 404
        assert browser.post("/knowledge/keep/", {"what": str(page.pk)}).status_code == 404
        for place in ("ask", "questions"):
            read(browser, f"/knowledge/pages/{page.pk}/{place}/", 404)


def test_an_editor_who_writes_for_it_reads_it(page: Lesson, editor: User, client_of: Clients) -> None:
    read(client_of(editor), page.url)


def test_no_list_and_no_e_mail_tells_of_it(
    page: Lesson, inside: User, outside: User, client_of: Clients, lesson: Make
) -> None:
    for user in (inside, outside):
        following.follow_topics(
            topics={TopicKind.DIMENSION: ["social"], TopicKind.PROGRAMME: ["Zanzibar vans"]},
            weekly=True,
            by=reader_for(user),
        )
        following.follow_page(page_id=page.pk, on=True, by=reader_for(user))
        following.follow_page(page_id=Entry.objects.get(title="Ready").page_id, on=True, by=reader_for(user))
        made = ReadingList.objects.create(user=user, name="Mine")
        made.items.create(page_id=page.pk, position=1)
    Remark.objects.create(page_id=page.pk, text="A question")
    for user, sees in ((inside, True), (outside, False)):
        mine = ReadingList.objects.get(user=user)
        for path in ("", "print/"):
            assert (SECRET in read(client_of(user), f"/knowledge/lists/{mine.pk}/{path}")) is sees
    lesson("For all")
    Digest.objects.update(told_until=timezone.now() - timedelta(days=7))
    assert send_due() == 2
    bodies = {message.to[0]: message.body + str(message.alternatives) for message in mail.outbox}
    assert SECRET in bodies[inside.email]
    assert SECRET not in bodies[outside.email]
    assert "For all" in bodies[outside.email]


def test_no_word_of_it_is_suggested(page: Lesson, lesson: Make) -> None:
    assert not Word.objects.filter(word="zanzibar").exists()
    assert Word.objects.filter(word="hope").exists()
    Lesson.objects.filter(pk=page.pk).update(audience=Audience.MEMBERS, group=None)
    renew_all()
    assert Word.objects.filter(word="zanzibar").exists()
    Lesson.objects.filter(pk=page.pk).update(audience=Audience.GROUP, group=page.group)
    renew_all()
    assert not Word.objects.filter(word="zanzibar").exists()


def test_a_group_is_named_with_the_audience_and_no_curriculum_is_for_one(
    page: Lesson, group: WorkingGroup, curriculum: Make
) -> None:
    page.group = None
    with pytest.raises(ValidationError, match="Say which working group"):
        page.clean()
    page.audience, page.group = Audience.MEMBERS, group
    page.clean()
    assert page.group is None
    taught = curriculum("Taught")
    taught.audience, taught.group = Audience.GROUP, group
    with pytest.raises(ValidationError, match="Organisations teach from a curriculum"):
        taught.clean()


def test_groups_are_kept_on_a_plain_page(
    editor: User, client_of: Clients, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    browser = client_of(editor)
    assert "No working group yet" in read(browser, GROUPS)
    assert "Working groups" in read(browser, "/knowledge/incoming/")
    assert "Alpha House" in read(browser, f"{GROUPS}add/")
    values = {"name": "Loans", "about": "x", "organisations": [str(alpha.id), str(beta.id)]}
    assert browser.post(f"{GROUPS}add/", values)["Location"] == GROUPS
    made = WorkingGroup.objects.get()
    assert "2 organisations" in " ".join(read(browser, GROUPS).split())
    again = browser.post(f"{GROUPS}add/", values)
    assert again.status_code == 400
    assert "There is a working group of this name already." in again.content.decode()
    for bad in ({"name": ""}, {"organisations": []}, {"organisations": [str(uuid4())]}, {"organisations": ["x"]}):
        answer = browser.post(f"{GROUPS}add/", values | {"about": "Kept words"} | bad)
        assert answer.status_code == 400
        assert "Kept words" in answer.content.decode()
    changed = values | {"name": "Loans and grants", "organisations": [str(beta.id)], "seen_version": "1"}
    assert browser.post(f"{GROUPS}{made.pk}/", changed).status_code == 302
    late = browser.post(f"{GROUPS}{made.pk}/", changed | {"name": "Mine", "organisations": [str(alpha.id)]})
    assert late.status_code == 409
    for text in ("Loans and grants", 'value="Mine"', "Beta Centre", 'name="seen_version" value="2"'):
        assert text in late.content.decode()
    made.refresh_from_db()
    assert (made.name, made.version) == ("Loans and grants", 2)
    assert [one.short_name for one in made.organisations.all()] == ["beta"]


def test_a_group_with_pages_stays(page: Lesson, group: WorkingGroup, editor: User, client_of: Clients) -> None:
    browser = client_of(editor)
    assert "Remove this group?" in read(browser, f"{GROUPS}{group.pk}/remove/")
    kept = browser.post(f"{GROUPS}{group.pk}/remove/", follow=True)
    assert "There are pages for this group." in kept.content.decode()
    empty = WorkingGroup.objects.create(name="Empty")
    assert browser.post(f"{GROUPS}{empty.pk}/remove/")["Location"] == GROUPS
    assert list(WorkingGroup.objects.all()) == [group]


def test_only_editors_keep_groups(
    group: WorkingGroup, member: People, alpha: OrganisationRef, secretariat: OrganisationRef, client_of: Clients
) -> None:
    manager = member(alpha, Role.MANAGER)
    for path in ("", "add/", f"{group.pk}/", f"{group.pk}/remove/"):
        read(client_of(manager), GROUPS + path, 404)
        assert client_of(manager).post(GROUPS + path, {}).status_code == 404
        assert "/accounts/login/" in client_of(None).get(GROUPS + path)["Location"]
    with pytest.raises(Http404):  # behind the door too
        editor_only(SimpleNamespace(user=manager))
    for verb in (
        lambda: groups.save_group(group=group, name="x", about="", organisations=[], by=reader_for(manager)),
        lambda: groups.remove_group(group=group, by=reader_for(manager)),
    ):
        with pytest.raises(NotYourOrganisation):
            verb()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    lesson: Make, inside: User, editor: User, client_of: Clients, rows: int, alpha: OrganisationRef,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(rows):
        made = WorkingGroup.objects.create(name=f"Group {number}")
        made.organisations.set([alpha.id])
        page = lesson(f"Page {number}", audience=Audience.GROUP, group=made)
    for user, path, queries in ((inside, "/knowledge/", 4), (inside, page.url, 9), (editor, GROUPS, 4)):
        client = client_of(user)
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)
