"""The rows by which others keep a copy: who is told of what, in which order, and what is left of what is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from halka.common.current import OrganisationRef
from knowledge_base.domain import harvest, indexing
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Audience, Change
from knowledge_base.models import Lesson, MembersText, PublishedText, Unit
from tenants.organisations.isolation import inside

Make = Callable[..., Any]


def rows(readers: str = Audience.PUBLIC) -> list[tuple[int, str]]:
    """(page, what became of it) in the order of the feed."""
    found = PublishedText.objects.filter(readers=readers).order_by("number")
    return [(row.page_id, row.change) for row in found]


def republished(page: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_each_reader_is_told_of_what_they_may_read(lesson: Make, practice: Make) -> None:
    public, members = lesson("Snow"), practice("Bowls", audience=Audience.MEMBERS)
    lesson("Draft", live=False)
    assert rows() == [(public.pk, Change.CREATED)]
    assert rows(Audience.MEMBERS) == [(public.pk, Change.CREATED), (members.pk, Change.CREATED)]


def test_what_is_for_some_members_alone_is_nobodys_here(lesson: Make) -> None:
    """An audience that is not named in READERS."""
    page = lesson("Snow")
    Lesson.objects.filter(pk=page.pk).update(audience="some")
    harvest.note(Lesson.objects.get(pk=page.pk))
    assert rows() == rows(Audience.MEMBERS) == [(page.pk, Change.REMOVED)]
    other = lesson("Ice", live=False)
    Lesson.objects.filter(pk=other.pk).update(audience="some", live=True, first_published_at=timezone.now())
    indexing.renew(Lesson.objects.get(pk=other.pk))
    assert not PublishedText.objects.filter(page_id=other.pk).exists()


def test_a_change_is_told_after_all_others(lesson: Make) -> None:
    one, other = lesson("Snow"), lesson("Ice")
    republished(one, tried="Two vans.")
    assert rows() == [(other.pk, Change.CREATED), (one.pk, Change.CHANGED)]
    assert PublishedText.objects.get(page_id=one.pk, readers="public").document["tried"] == "Two vans."


def test_numbers_tell_nothing_of_what_one_may_not_read(lesson: Make) -> None:
    """No gap where others were told of something."""
    for number in range(6):
        lesson(f"Lesson {number}", audience=Audience.PUBLIC if number % 2 else Audience.MEMBERS)
    numbers = PublishedText.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers.filter(readers="public")) == [1, 2, 3]
    assert list(numbers.filter(readers="members")) == [1, 2, 3, 4, 5, 6]


def test_what_reads_as_before_is_no_change(lesson: Make, curriculum: Make, practice: Make) -> None:
    pages = [lesson("Snow"), curriculum(), practice("Bowls")]
    before = set(PublishedText.objects.values_list("id", "number", "changed_at"))
    for page in pages:
        republished(page)
    indexing.renew_all()
    assert set(PublishedText.objects.values_list("id", "number", "changed_at")) == before


def test_what_becomes_the_members_is_gone_for_everybody_else(lesson: Make) -> None:
    page = lesson("Snow")
    republished(page, audience=Audience.MEMBERS)
    assert rows() == [(page.pk, Change.REMOVED)]
    assert rows(Audience.MEMBERS) == [(page.pk, Change.CREATED)]
    assert PublishedText.objects.get(readers="public").document is None
    republished(page, audience=Audience.PUBLIC)
    assert rows() == [(page.pk, Change.CREATED)]


@pytest.mark.parametrize("how", ["unpublished", "deleted", "by SQL"])
def test_what_is_taken_off_leaves_a_mark_without_words(lesson: Make, how: str) -> None:
    page, other = lesson("Embezzlement"), lesson("Ice")
    pk = page.pk
    if how == "unpublished":
        page.unpublish()
    elif how == "deleted":
        page.delete()
    else:
        Lesson.objects.filter(pk=pk).update(live=False)
        indexing.renew_all()
    assert rows() == rows(Audience.MEMBERS) == [(other.pk, Change.CREATED), (pk, Change.REMOVED)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM knowledge_base_publishedtext AS kept WHERE kept::text LIKE '%mbezzle%'")
        assert cursor.fetchone() == (0,)


def test_words_of_what_is_gone_are_refused_by_the_database(lesson: Make) -> None:
    lesson("Snow").unpublish()
    with pytest.raises(IntegrityError, match="published_text_gone_without_words"), transaction.atomic():
        PublishedText.objects.update(document={"title": "Snow"})


def test_a_new_version_is_a_change_of_its_curriculum(curriculum: Make) -> None:
    page = curriculum()
    row = PublishedText.objects.get(readers="public")
    assert [version["number"] for version in row.document["versions"]] == [1]
    draft = begin_version(curriculum=page, by=None)
    Unit.objects.filter(version=draft).update(guide="Another.")
    assert rows() == [(page.pk, Change.CHANGED)]
    number = PublishedText.objects.get(readers="public").number
    publish_version(version=draft, changes="Another guide.", by=None)
    row.refresh_from_db()
    assert row.number > number
    assert [version["changes"] for version in row.document["versions"]] == ["Another guide.", "First version."]


def test_what_was_published_before_is_taken_in(lesson: Make, curriculum: Make) -> None:
    lesson("Snow")
    curriculum()
    PublishedText.objects.all().delete()
    assert indexing.renew_missing() == 2
    assert indexing.renew_missing() == 0
    assert len(rows()) == 2


def test_articles_are_not_told_of(article: Make) -> None:
    article("Bus").delete()
    assert not PublishedText.objects.exists()


def test_organisations_reach_what_is_for_members_and_nothing_else(lesson: Make, alpha: OrganisationRef) -> None:
    page = lesson("Snow")
    other = lesson("Ice", audience=Audience.MEMBERS)
    republished(page, tried="Two vans.")
    with inside(alpha):
        assert [row.page_id for row in MembersText.objects.order_by("number")] == [other.pk, page.pk]
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            PublishedText.objects.exists()
