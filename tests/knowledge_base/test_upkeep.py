"""What waits for the editors: texts to be read again, broken links, drafts, missing languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page, PageLogEntry

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.domain import upkeep
from knowledge_base.domain.links import broken_links
from knowledge_base.domain.versions import begin_version
from knowledge_base.enums import Audience, Fault, Kind
from knowledge_base.models import Entry, Lesson, Submission, Upkeep

Make = Callable[..., Any]
DASHBOARD = "/knowledge/upkeep/"
THEN = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def office(client_of: Callable[..., Client], editor: User) -> Client:
    return client_of(editor)


def titles(part: upkeep.Part) -> list[str]:
    return [page.title for page in part.rows]


def aged(page: Any, day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    Page.objects.filter(pk=page.pk).update(last_published_at=moment)


# --- texts to be read again --------------------------------------------------------------


def test_a_text_is_read_again_after_a_year(lesson: Make, article: Make) -> None:
    aged(lesson("Snow"), date(2026, 3, 1))
    aged(article("Bus"), date(2026, 2, 1))
    aged(lesson("Ice"), date(2026, 3, 2))
    aged(lesson("Draft", live=False), date(2020, 1, 1))
    assert titles(upkeep.stale(THEN.date())) == ["Bus", "Snow"]
    assert upkeep.stale(THEN.date()).more == 0


def test_whoever_has_read_it_says_until_when(lesson: Make, editor: User) -> None:
    page = lesson("Snow")
    aged(page, date(2020, 1, 1))
    before = Page.objects.get(pk=page.pk).latest_revision_id
    upkeep.look_after(page=page, keeper=editor, review_on=date(2027, 6, 1), by=editor)
    assert titles(upkeep.stale(date(2027, 5, 31))) == []
    assert titles(upkeep.stale(date(2027, 6, 1))) == ["Snow"]
    upkeep.look_after(page=page, keeper=None, review_on=date(2028, 6, 1), by=editor)
    assert titles(upkeep.stale(date(2027, 6, 1))) == []
    assert Upkeep.objects.get().keeper is None
    assert Page.objects.get(pk=page.pk).latest_revision_id == before
    assert PageLogEntry.objects.filter(action=upkeep.LOOKED_AFTER, user=editor).count() == 2


def test_who_looks_after_a_text(
    lesson: Make, editor: User, member: Callable[..., User], alpha: OrganisationRef
) -> None:
    page, author = lesson("Snow"), member(alpha)
    assert upkeep.keeper_of(upkeep.looked_after().get(pk=page.pk)) is None
    Page.objects.filter(pk=page.pk).update(owner=author)
    assert upkeep.keeper_of(upkeep.looked_after().get(pk=page.pk)) == author
    upkeep.look_after(page=page, keeper=editor, review_on=date(2027, 6, 1), by=editor)
    assert upkeep.keeper_of(upkeep.looked_after().get(pk=page.pk)) == editor


def test_editors_are_those_of_the_secretariat_now(
    editor: User, member: Callable[..., User], alpha: OrganisationRef, secretariat: OrganisationRef
) -> None:
    member(alpha, Role.MANAGER)
    former = member(secretariat, Role.EDITOR)
    former.memberships.update(ended_at="2026-01-01T00:00Z")
    office = member(secretariat, Role.SECRETARIAT)
    assert set(upkeep.editors()) == {editor, office}


def test_an_editor_says_that_it_is_still_true(office: Client, editor: User, lesson: Make) -> None:
    page = lesson("Snow")
    aged(page, timezone.localdate() - timedelta(days=400))
    assert f'href="{DASHBOARD}{page.pk}/"' in office.get(DASHBOARD).content.decode()
    assert "Snow" in office.get(f"{DASHBOARD}{page.pk}/").content.decode()
    for wrong in ({"keeper": editor.pk}, {"review_on": timezone.localdate().isoformat()}, {"review_on": "soon"}):
        assert office.post(f"{DASHBOARD}{page.pk}/", wrong).status_code == 400
    day = timezone.localdate() + timedelta(days=100)
    answer = office.post(f"{DASHBOARD}{page.pk}/", {"keeper": editor.pk, "review_on": day.isoformat()})
    assert answer["Location"] == DASHBOARD
    kept = Upkeep.objects.get()
    assert (kept.page_id, kept.keeper, kept.review_on) == (page.pk, editor, day)
    assert f'href="{DASHBOARD}{page.pk}/"' not in office.get(DASHBOARD).content.decode()


# --- broken links ------------------------------------------------------------------------


def faults() -> list[tuple[str, str, Fault]]:
    return [(one.title, one.target, one.fault) for one in broken_links()]


def linked(article: Make, title: str, anchor: str, **fields: Any) -> Any:
    return article(title, body=[("heading", "A"), ("text", f"<p>See {anchor}there</a>.</p>")], **fields)


def test_links_that_lead_somewhere(article: Make, lesson: Make, curriculum: Make) -> None:
    curriculum(units=["hope"])
    snow = lesson("Snow", curricula=["hope", "ready"])
    linked(article, "Page", f'<a linktype="page" id="{snow.pk}">')
    linked(article, "Index", f'<a linktype="page" id="{snow.get_parent().pk}">')
    for number, path in enumerate(("snow/", "ready/units/hope/", "ready/units/hope/sheet/", "ready/versions/1/", "")):
        linked(article, f"Address {number}", f'<a href="/knowledge/en/{path}">')
    linked(article, "Elsewhere", '<a href="https://example.org/knowledge/en/nowhere/">')
    linked(article, "Mail", '<a href="mailto:office@example.org">')
    article("Typed", introduction="On http://halka.localhost:8000/knowledge/en/snow/ we tell more.")
    lesson("Draft", live=False, curricula=["nowhere"])
    assert faults() == []


def test_links_that_lead_to_nothing(article: Make, lesson: Make, curriculum: Make) -> None:
    curriculum(units=["hope"])
    gone = lesson("Gone")
    linked(article, "A page", f'<a linktype="page" id="{gone.pk}">')
    linked(article, "B file", '<a linktype="document" id="77">')
    linked(article, "C address", '<a href="/knowledge/en/ready/units/despair/">')
    gone.unpublish()
    article("C typed", introduction="See /knowledge/en/nowhere/.")
    lesson("D story", tried="Read http://halka.localhost:8000/knowledge/sq/bora/ first.")
    lesson("E keys", curricula=["hope", "despair"])
    lesson("F keys", curricula=["hope"], language="fa")
    assert faults() == [
        ("A page", f"page {gone.pk}", Fault.NOTHING),
        ("B file", "document 77", Fault.NOTHING),
        ("C address", "/knowledge/en/ready/units/despair/", Fault.NOTHING),
        ("C typed", "/knowledge/en/nowhere/", Fault.NOTHING),
        ("D story", "http://halka.localhost:8000/knowledge/sq/bora/", Fault.NOTHING),
        ("E keys", "despair", Fault.NO_KEY),
        ("F keys", "hope", Fault.NO_KEY),
    ]


def test_links_that_not_every_reader_may_follow(article: Make, lesson: Make) -> None:
    inside = lesson("Inside", audience=Audience.MEMBERS)
    file = Document.objects.create(title="Minutes", file=ContentFile(b"text", name="minutes.txt"))
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        linked(article, f"Page {audience}", f'<a linktype="page" id="{inside.pk}">', audience=audience)
        linked(article, f"File {audience}", f'<a linktype="document" id="{file.pk}">', audience=audience)
        linked(article, f"Typed {audience}", '<a href="/knowledge/en/inside/">', audience=audience)
    assert [(title, fault) for title, _target, fault in faults()] == [
        ("Page public", Fault.CLOSED),
        ("Typed public", Fault.CLOSED),
    ]


def test_what_the_search_does_not_know_yet_waits_for_the_night(article: Make, lesson: Make, curriculum: Make) -> None:
    ready = curriculum(units=["hope"])
    Entry.objects.filter(page=ready.pk, kind=Kind.CURRICULUM).delete()
    Entry.objects.filter(page=ready.pk).update(text="See /knowledge/en/nowhere/.")
    pages = [linked(article, "Page", '<a href="/knowledge/en/nowhere/">'), lesson("Keys", curricula=["nowhere"])]
    Entry.objects.filter(page__in=pages).delete()
    assert faults() == []


# --- drafts, languages, the page ---------------------------------------------------------


def test_drafts_are_what_is_not_published_and_not_with_others(lesson: Make, alpha: OrganisationRef) -> None:
    lesson("Published")
    taken_off, changed = lesson("Taken off"), lesson("Changed")
    taken_off.unpublish()
    changed.tried = "Two vans."
    changed.save_revision()
    lesson("Never", live=False)
    read = lesson("Being read", live=False)
    Submission.objects.create(organisation_id=alpha.id, state="in_review", round=1, page_id=read.pk)
    assert sorted(titles(upkeep.drafts())) == ["Changed", "Never", "Taken off"]


def test_curricula_that_are_not_in_all_languages(lesson: Make, curriculum: Make) -> None:
    curriculum("Ready")
    curriculum("Later", live=False)
    (spoken,) = upkeep.curricula_by_language()
    assert (spoken.title, spoken.there, sorted(spoken.missing)) == ("Ready", ["en"], ["fa", "lt", "sl", "sq", "sr"])
    lesson("برف", language="fa")
    counts = dict(upkeep.texts_by_language())
    assert (counts["en"], counts["fa"], counts["sq"]) == (1, 1, 0)


def test_the_page_shows_it_all(office: Client, lesson: Make, article: Make, curriculum: Make, editor: User) -> None:
    page = curriculum(units=["hope"])
    begin_version(curriculum=page, by=None)
    old = lesson("Old")
    aged(old, date(2020, 1, 1))
    Page.objects.filter(pk=old.pk).update(owner=editor)
    aged(lesson("Older"), date(2019, 1, 1))
    lesson("Never", live=False)
    lesson("Off").unpublish()
    changed = lesson("Changed")
    changed.save_revision()
    Page.objects.filter(pk=changed.pk).update(has_unpublished_changes=True)
    linked(article, "Broken", '<a href="/knowledge/en/nowhere/">')
    shown = office.get(DASHBOARD).content.decode()
    for text in (
        "Older", "Nobody", editor.name, "/knowledge/en/nowhere/", "It leads to nothing", "Ready, version 2",
        "Never published", "Taken off the site", "Changes that are not published", "shqip", "Missing in",
    ):  # fmt: skip
        assert text in shown


def test_nothing_waits(office: Client) -> None:
    shown = office.get(DASHBOARD).content.decode()
    for text in ("Nothing is half written.", "Every link between texts leads somewhere.", "or are due later"):
        assert text in shown


def test_what_is_not_shown_is_counted(office: Client, lesson: Make) -> None:
    for number in range(upkeep.SHOWN + 2):
        lesson(f"Lesson {number}")
    Lesson.objects.update(last_published_at="2020-01-01T12:00Z")
    assert "and 2 more" in office.get(DASHBOARD).content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CASEWORKER, None])
def test_for_others_there_is_no_such_page(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, lesson: Make,
    role: Role | None,
) -> None:  # fmt: skip
    client = client_of(member(alpha, role) if role else None)
    page = lesson("Snow")
    for path in (DASHBOARD, f"{DASHBOARD}{page.pk}/"):
        assert client.get(path).status_code in (302, 404)
        assert client.post(path, {"review_on": "2030-01-01"}).status_code in (302, 404, 405)
    assert not Upkeep.objects.exists()


def test_a_draft_is_not_looked_after(office: Client, lesson: Make) -> None:
    assert office.get(f"{DASHBOARD}{lesson('Later', live=False).pk}/").status_code == 404


def test_queries(office: Client, lesson: Make, article: Make) -> None:
    """As many with three rows of everything as with one."""
    counts = []
    for number in range(3):
        aged(lesson(f"Old {number}", curricula=["nowhere"]), date(2020, 1, 1))
        lesson(f"Draft {number}", live=False)
        linked(article, f"Article {number}", '<a href="/knowledge/en/nowhere/">')
        office.get(DASHBOARD)
        with CaptureQueriesContext(connection) as seen:
            office.get(DASHBOARD)
        counts.append(len(seen))
    assert counts[0] == counts[2]
