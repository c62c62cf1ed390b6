"""Pages as readers see them: lessons, practices, advocacy, curricula, units, sheets; who sees them, what they cost."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base import demo
from knowledge_base.content_files import CONTENT, EXAMPLES, languages, pieces
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Audience
from knowledge_base.models import Article, Entry

Make = Callable[..., Any]
MOST_BYTES, MOST_QUERIES = 40 * 1024, 12


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_lesson_is_a_story_with_an_end(client_of: Callable[..., Client], lesson: Make, curriculum: Make) -> None:
    curriculum(units=["hope"])
    made = lesson(
        "Snow", outcome="mixed", why="<b>Cold</b>", programme="Vans", place="A village", cost="40 EUR",
        evidence="we counted", evidence_detail="Twice.", curricula=["hope", "ready", "nowhere"], target_group="rural",
    )  # fmt: skip
    page = read(client_of(None), made.url)
    for text in (
        "Some of it worked", "#circle-half", "Summary of Snow", "<p>Snow.</p>", "<p>A van.</p>", "<p>It came.</p>",
        "&lt;b&gt;Cold&lt;/b&gt;", "Begin in <strong>May</strong>.", "Vans", "A village", "40 EUR", "We counted",
        "Twice.", "People in villages", "The family", "Social", "/knowledge/en/ready/units/hope/",
    ):  # fmt: skip
        assert text in page


def test_what_is_empty_is_left_out(client_of: Callable[..., Client], lesson: Make) -> None:
    page = read(client_of(None), lesson("Snow").url)
    for words in ("Why, as we see it", "What it cost", "How we know", "Taught in", "Programme"):
        assert words not in page


def test_a_practice(client_of: Callable[..., Client], practice: Make) -> None:
    page = read(client_of(None), practice("Two bowls", level="family", pitfalls="- Beans").url)
    for text in ("Tool", "All three", "The family", "<li>Ask.</li><li>Listen.</li>", "<li>Beans</li>"):
        assert text in page
    assert "What it needs" not in page


def test_advocacy(client_of: Callable[..., Client], advocacy: Make) -> None:
    page = read(client_of(None), advocacy("A bus").url)
    for text in ("Buses end at four.", "<li>A bus at <strong>eight</strong>.</li>", "The ministry."):
        assert text in page
    assert "What we ask for" not in read(client_of(None), advocacy("Silence", asks=[]).url)


def test_a_curriculum_and_its_units(client_of: Callable[..., Client], curriculum: Make, lesson: Make) -> None:
    made = curriculum(units=["hope", "steps"], how_to_use="**Order.** First.", level="individual")
    lesson("About hope", curricula=["hope"], outcome="failure")
    lesson("About all", curricula=["ready"])
    client = client_of(None)
    page = read(client, made.url)
    for text in ("For everybody.", "People can hope.", "Beginning", "/units/hope/", "About all", "4\n", "First."):
        assert text in page
    assert "About hope" not in page
    unit = read(client, f"{made.url}units/hope/")
    for text in (
        "Introduction of hope.", "Guide of hope.", "Thread", "20 minutes", "<li>Why?</li>", "About hope", "/sheet/",
        "/units/steps/", "Soft skill", "Motivation",
    ):  # fmt: skip
        assert text in unit
    assert 'rel="prev"' not in unit
    assert 'rel="prev"' in read(client, f"{made.url}units/steps/")
    sheet = read(client, f"{made.url}units/hope/sheet/")
    for text in ("Sheet of hope", "Draw.", "<li>My hope</li>"):
        assert text in sheet


def test_prerequisites_lead_back(client_of: Callable[..., Client], curriculum: Make) -> None:
    made = curriculum(units=["hope", "steps"])
    draft = begin_version(curriculum=made, by=None)
    draft.units.filter(key="steps").update(prerequisites=["hope"], sheet_title="", exercises=[], outcomes=["Walk."])
    publish_version(version=draft, changes="Steps come after hope.", by=None)
    client = client_of(None)
    page = read(client, f"{made.url}units/steps/")
    assert "Comes after" in page
    assert "/sheet/" not in page
    read(client, f"{made.url}units/steps/sheet/", 404)


def test_earlier_versions_stay_readable(client_of: Callable[..., Client], curriculum: Make) -> None:
    made = curriculum(units=["hope"])
    draft = begin_version(curriculum=made, by=None)
    draft.units.update(title="Hope again", key="again")
    publish_version(version=draft, changes="A better name.", by=None)
    begin_version(curriculum=made, by=None).units.update(title="Not yet")
    client = client_of(None)
    newest = read(client, made.url)
    assert "Hope again" in newest
    assert "A better name." in newest
    assert "Not yet" not in newest
    earlier = read(client, f"{made.url}versions/1/")
    assert "version 1" in earlier
    assert "/versions/1/units/hope/" in earlier
    assert "Hope again" not in earlier
    read(client, f"{made.url}versions/1/units/hope/")
    assert "/versions/1/units/hope/" in read(client, f"{made.url}versions/1/units/hope/sheet/")
    read(client, f"{made.url}units/hope/", 404)


@pytest.mark.parametrize(
    "below",
    ["units/", "units/nothing/", "units/nothing/sheet/", "units/hope/other/", "versions/", "versions/2/", "versions/x/",
     "versions/99999/", "versions/1/nothing/", "nothing/"],
)  # fmt: skip
def test_what_is_not_there_is_404(client_of: Callable[..., Client], curriculum: Make, below: str) -> None:
    made = curriculum(units=["hope"])
    begin_version(curriculum=made, by=None)
    read(client_of(None), made.url + below, 404)


def test_a_curriculum_without_a_version(client_of: Callable[..., Client], curriculum: Make) -> None:
    made = curriculum(units=None)
    client = client_of(None)
    assert "are being written" in read(client, made.url)
    read(client, f"{made.url}units/hope/", 404)


@pytest.mark.parametrize("who", ["signed out", "account without a membership", "member"])
def test_what_is_for_members_does_not_exist_for_others(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, lesson: Make,
    practice: Make, advocacy: Make, curriculum: Make, who: str,
) -> None:  # fmt: skip
    mine = {"audience": Audience.MEMBERS}
    taught = curriculum(units=["hope"], **mine)
    lesson("Public", curricula=["hope"])
    pages = [lesson("A", **mine).url, practice("B", **mine).url, advocacy("C", **mine).url, taught.url]
    pages += [f"{taught.url}{below}" for below in ("units/hope/", "units/hope/sheet/", "versions/1/")]
    user = None
    if who == "member":
        user = member(alpha)
    elif who != "signed out":
        user = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    client = client_of(user)
    assert {client.get(page).status_code for page in pages} == ({200} if who == "member" else {404})
    assert ("/units/hope/" in read(client, "/knowledge/en/public/")) is (who == "member")


def test_what_is_taken_off_the_site_is_404(client_of: Callable[..., Client], curriculum: Make) -> None:
    made = curriculum(units=["hope"])
    made.unpublish()
    for below in ("", "units/hope/", "versions/1/"):
        read(client_of(None), made.url + below, 404)


# --- the texts that come with the software, on the line ------------------------------------


def heavy() -> list[str]:
    """The longest page of each kind among our own."""
    longest: dict[str, Entry] = {}
    for entry in Entry.objects.order_by("kind"):
        if entry.kind not in longest or len(entry.text) > len(longest[entry.kind].text):
            longest[entry.kind] = entry
    return [entry.url for entry in longest.values()]


def on_the_line(html: bytes) -> int:
    """Bytes of the page and of all style and script that it names, as they are sent."""
    files = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    sizes = [len(gzip.compress(Path(str(finders.find(name.decode()))).read_bytes())) for name in set(files)]
    assert len(sizes) > 5
    return len(gzip.compress(html)) + sum(sizes)


def test_our_own_texts_are_loaded_once_and_light(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    """One test, since loading takes seconds."""
    ours = [piece for root in (CONTENT, EXAMPLES) for code in languages(root) for piece in pieces(code, root)]
    assert demo.load() == len(demo.PIECES) + len(ours)
    assert demo.load() == 0
    client, stranger = client_of(member(alpha)), client_of(None)
    for article in Article.objects.all():
        assert stranger.get(article.url).status_code == (200 if article.audience == Audience.PUBLIC else 404)
    paths = [*heavy(), "/knowledge/", "/knowledge/?q=motivaton"]
    unit = next(path for path in paths if "/units/" in path)
    for path in (*paths, f"{unit}sheet/"):
        with django_assert_max_num_queries(MOST_QUERIES, info=path):
            answer = client.get(path)
        assert answer.status_code == 200, path
        weight = on_the_line(client.get(path).content)
        assert weight <= MOST_BYTES, (path, weight)
