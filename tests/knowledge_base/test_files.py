"""Files go with the pages that refer to them: who may have one, and who finds nothing there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain.files import may_read_file
from knowledge_base.enums import Audience
from knowledge_base.models import Article
from tenants.organisations.models import Organisation, WorkingGroup

Make = Callable[..., Any]


@pytest.fixture
def file(db: None) -> Iterator[Document]:
    kept = Document.objects.create(title="Sheet", file=ContentFile(b"%PDF-1.7", "sheet.pdf"))
    yield kept
    kept.file.delete(save=False)


@pytest.fixture
def group(alpha: OrganisationRef) -> WorkingGroup:
    made = WorkingGroup.objects.create(name="Loans")
    made.organisations.add(Organisation.objects.get(pk=alpha.id))
    return made


@pytest.fixture
def people(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, beta: OrganisationRef,
    editor: User,
) -> dict[str, Client]:  # fmt: skip
    """In the group's organisation, in another one, of the secretariat, in none, and nobody."""
    stranger = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    users = {"inside": member(alpha), "outside": member(beta), "editor": editor, "stranger": stranger, "public": None}
    return {name: client_of(user) for name, user in users.items()}


def link_to(*files: Document) -> list[tuple[str, RichText]]:
    anchors = "".join(f'<a linktype="document" id="{file.pk}">A sheet</a>' for file in files)
    return [("text", RichText(f"<p>{anchors}</p>"))]


def address(file: Document) -> str:
    return f"/knowledge/files/{file.pk}/{file.filename}"


def who_gets(file: Document, people: dict[str, Client]) -> set[str]:
    got = set()
    for name, client in people.items():
        answer: Any = client.get(address(file))
        assert answer.status_code in (200, 404)
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content) == b"%PDF-1.7"
            got.add(name)
    return got


def test_a_file_has_the_audience_of_its_page(
    file: Document, people: dict[str, Client], article: Make, group: WorkingGroup
) -> None:
    assert who_gets(file, people) == {"editor"}
    page = article("Loans", body=link_to(file), audience=Audience.GROUP, group=group)
    assert who_gets(file, people) == {"editor", "inside"}
    for audience, found in (
        (Audience.MEMBERS, {"editor", "inside", "outside"}),
        (Audience.PUBLIC, {"editor", "inside", "outside", "stranger", "public"}),
    ):
        page.audience, page.group = audience, None
        page.save_revision().publish()
        assert who_gets(file, people) == found
    page.unpublish()
    assert who_gets(file, people) == {"editor"}


def test_one_page_that_may_be_read_is_enough(
    file: Document, people: dict[str, Client], article: Make, group: WorkingGroup
) -> None:
    article("Loans", body=link_to(file), audience=Audience.GROUP, group=group)
    article("Members", body=link_to(file), audience=Audience.MEMBERS)
    assert who_gets(file, people) == {"editor", "inside", "outside"}


def test_a_draft_gives_nothing_away(file: Document, people: dict[str, Client], article: Make) -> None:
    article("Later", body=link_to(file), live=False)
    page: Article = article("Now")
    page.body = link_to(file)
    page.save_revision()  # not published
    assert who_gets(file, people) == {"editor"}
    page.save_revision().publish()
    assert "public" in who_gets(file, people)
    page.body = []
    page.save_revision().publish()
    assert who_gets(file, people) == {"editor"}


def test_another_file_of_a_page_or_a_page_of_the_same_number(
    file: Document, people: dict[str, Client], article: Make
) -> None:
    other = Document.objects.create(title="Other", file=ContentFile(b"x", "other.pdf"))
    article("Now", body=link_to(other))
    target = article("Target")
    ReferenceIndex.objects.filter(to_object_id=str(other.pk)).update(to_object_id=str(target.pk))
    assert who_gets(file, people) == {"editor"}
    other.file.delete(save=False)


def test_it_comes_as_a_download(file: Document, article: Make, client_of: Callable[..., Client]) -> None:
    article("Now", body=link_to(file))
    client = client_of(None)
    answer: Any = client.get(address(file))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(f"/knowledge/files/{file.pk}/other.pdf").status_code == 404
    assert client.get("/knowledge/files/999999/sheet.pdf").status_code == 404


def test_one_query(
    file: Document, article: Make, member: Callable[..., User], beta: OrganisationRef, group: WorkingGroup,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(3):
        article(f"Loans {number}", body=link_to(file), audience=Audience.GROUP, group=group)
    reader = reader_for(member(beta))
    may_read_file(file.pk, by=reader)
    with django_assert_num_queries(1):
        assert not may_read_file(file.pk, by=reader)
