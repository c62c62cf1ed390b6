"""The knowledge base for software: everybody's on the network's host, members' on an organisation's own."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from halka.authorization.roles import Scope
from halka.common.current import OrganisationRef
from knowledge_base.domain import indexing
from knowledge_base.domain.versions import begin_version
from knowledge_base.enums import Audience
from knowledge_base.models import Unit
from tests.api.conftest import is_problem
from tests.knowledge_base.conftest import article, curriculum, lesson, practice

__all__ = ["article", "curriculum", "lesson", "practice"]
Make = Callable[..., Any]
OPEN, OWN = "/open/v1/knowledge/", "/api/v1/knowledge/"


@pytest.fixture
def stranger(client_of: Callable[..., Client]) -> Client:
    """On the network's host, without a token."""
    return client_of(None)


@pytest.fixture
def partner(alpha: OrganisationRef, software: Callable[..., SimpleNamespace]) -> Client:
    api: Client = software(alpha, Scope.EVENTS_READ).api
    return api


@pytest.fixture(params=["stranger", "partner"])
def anybody(request: pytest.FixtureRequest) -> tuple[Client, str]:
    """Both ways in, and where each begins."""
    return request.getfixturevalue(request.param), OPEN if request.param == "stranger" else OWN


def test_a_lesson_in_full(anybody: tuple[Client, str], lesson: Make, alpha: OrganisationRef) -> None:
    client, base = anybody
    made = lesson("Snow", outcome="mixed", why="Cold.", curricula=["hope"], told_by_id=alpha.id)
    listed = client.get(f"{base}lessons/").json()
    assert (listed["next"], listed["previous"]) == (None, None)
    (row,) = listed["results"]
    assert row == client.get(f"{base}lessons/{made.pk}/").json()
    assert row.pop("published_at") <= row.pop("changed_at")
    assert row == {
        "id": made.pk, "language": "en", "url": "http://halka.localhost:8000/knowledge/en/snow/", "title": "Snow",
        "summary": "Summary of Snow", "outcome": "mixed", "context": "Snow.", "tried": "A van.",
        "happened": "It came.", "why": "Cold.", "next_time": "Begin in **May**.", "programme": "",
        "target_group": "anybody", "dimension": "social", "level": "family", "place": "", "cost": "", "evidence": "",
        "evidence_detail": "", "curricula": ["hope"], "services": [],
        "told_by": "alpha",
    }  # fmt: skip


def test_a_practice(anybody: tuple[Client, str], practice: Make) -> None:
    client, base = anybody
    made = practice("Bowls")
    row = client.get(f"{base}practices/{made.pk}/").json()
    assert client.get(f"{base}practices/").json()["results"] == [row]
    assert (row["practice_kind"], row["steps"], row["level"], row["told_by"]) == ("tool", "1. Ask.\n2. Listen.", "", "")


def test_a_curriculum_with_versions_modules_and_units(anybody: tuple[Client, str], curriculum: Make) -> None:
    client, base = anybody
    made = curriculum(units=["hope", "steps"])
    begin_version(curriculum=made, by=None)
    row = client.get(f"{base}curricula/{made.pk}/").json()
    assert client.get(f"{base}curricula/").json()["results"] == [row]
    assert (row["key"], row["levels"], row["outcomes"]) == ("ready", ["individual"], ["People can hope."])
    assert [(one["number"], one["changes"]) for one in row["versions"]] == [(1, "First version.")]
    version = client.get(f"{base}curricula/{made.pk}/versions/1/").json()
    assert (version["curriculum"], version["number"]) == (made.pk, 1)
    (module,) = version["modules"]
    assert (module["key"], module["dimension"]) == ("beginning", "psychological")
    hope, steps = module["units"]
    assert (hope["key"], steps["key"]) == ("hope", "steps")
    assert hope["id"] == str(Unit.objects.get(key="hope", version__number=1).pk)
    assert (hope["guide"], hope["theory_hours"], hope["sheet_lines"]) == (
        "Guide of hope.", "0.50", ["My name", "My hope"],
    )  # fmt: skip
    assert hope["exercises"] == [{"title": "Thread", "minutes": 20, "steps": "1. Hold.", "debrief": ["Why?"]}]
    for below in ("2", "3"):  # a draft, and nothing
        assert is_problem(client.get(f"{base}curricula/{made.pk}/versions/{below}/"), "not_found")


def test_strangers_find_nothing_of_what_is_for_members(
    stranger: Client, partner: Client, lesson: Make, practice: Make, curriculum: Make
) -> None:
    """Nor of what is for some of them, nor of a draft."""
    hidden = {"lessons": lesson("Embezzlement", audience=Audience.MEMBERS),
              "practices": practice("Embezzler", audience=Audience.MEMBERS),
              "curricula": curriculum("Embezzling", audience=Audience.MEMBERS)}  # fmt: skip
    some = lesson("Embezzle some")
    type(some).objects.filter(pk=some.pk).update(audience="some")
    indexing.renew(type(some).objects.get(pk=some.pk))
    draft = lesson("Embezzle later", live=False)
    for name, page in hidden.items():
        assert stranger.get(f"{OPEN}{name}/").json()["results"] == []
        assert is_problem(stranger.get(f"{OPEN}{name}/{page.pk}/"), "not_found")
        assert [row["id"] for row in partner.get(f"{OWN}{name}/").json()["results"]] == [page.pk]
        assert partner.get(f"{OWN}{name}/{page.pk}/").status_code == 200
    version = f"curricula/{hidden['curricula'].pk}/versions/1/"
    assert is_problem(stranger.get(OPEN + version), "not_found")
    assert partner.get(OWN + version).status_code == 200
    for page in (some, draft):
        assert is_problem(stranger.get(f"{OPEN}lessons/{page.pk}/"), "not_found")
        assert is_problem(partner.get(f"{OWN}lessons/{page.pk}/"), "not_found")
    for client, base in ((stranger, OPEN), (partner, OWN)):
        assert "mbezzl" not in client.get(f"{base}changes/").content.decode()
    told = stranger.get(f"{OPEN}changes/").json()["results"]
    assert [(row["identifier"], row["status"]) for row in told] == [(some.pk, "removed")]


def test_of_another_kind_it_is_not_there(anybody: tuple[Client, str], lesson: Make, article: Make) -> None:
    client, base = anybody
    made, other = lesson("Snow"), article("Bus")
    assert is_problem(client.get(f"{base}practices/{made.pk}/"), "not_found")
    assert is_problem(client.get(f"{base}curricula/{made.pk}/versions/1/"), "not_found")
    assert is_problem(client.get(f"{base}lessons/{other.pk}/"), "not_found")
    assert is_problem(client.get(f"{base}lessons/99999999999999999999/"), "not_found")


def test_a_token_is_asked_for_on_an_organisations_host(
    client_of: Callable[..., Client], alpha: OrganisationRef, lesson: Make
) -> None:
    made = lesson("Snow")
    assert client_of(None, alpha).get(f"{OWN}lessons/{made.pk}/").status_code == 401
    assert client_of(None, alpha).get(f"{OPEN}lessons/").status_code in (401, 404)


def test_pages_by_cursor_and_by_language(anybody: tuple[Client, str], lesson: Make) -> None:
    client, base = anybody
    pages = [lesson("One"), lesson("Two"), lesson("برف", language="fa")]
    first = client.get(f"{base}lessons/?limit=2").json()
    assert [row["id"] for row in first["results"]] == [pages[2].pk, pages[1].pk]
    second = client.get(first["next"]).json()
    assert ([row["id"] for row in second["results"]], second["next"]) == ([pages[0].pk], None)
    persian = client.get(f"{base}lessons/?language=fa").json()["results"]
    assert [row["id"] for row in persian] == [pages[2].pk]
    for asked in ("limit=0", "cursor=x", "language=xx"):
        assert client.get(f"{base}lessons/?{asked}").status_code == 422


def test_what_one_has_is_not_sent_again(anybody: tuple[Client, str], lesson: Make) -> None:
    client, base = anybody
    made = lesson("Snow")
    path = f"{base}lessons/{made.pk}/"
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"if-none-match": etag}).status_code == 304
    made.tried = "Two vans."
    made.save_revision().publish()
    assert client.get(path, headers={"if-none-match": etag}).status_code == 200


def test_everybodys_answers_may_be_kept_and_are_the_same_for_all(stranger: Client, lesson: Make) -> None:
    lesson("Snow")
    answer = stranger.get(f"{OPEN}lessons/")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert stranger.post(f"{OPEN}lessons/").status_code == 405


def test_the_description_names_every_address(stranger: Client) -> None:
    described = stranger.get("/open/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": "/open/v1"}]
    assert sorted(described["paths"]) == [
        "/knowledge/changes/", "/knowledge/curricula/", "/knowledge/curricula/{id}/",
        "/knowledge/curricula/{id}/versions/{number}/", "/knowledge/lessons/", "/knowledge/lessons/{id}/",
        "/knowledge/practices/", "/knowledge/practices/{id}/",
    ]  # fmt: skip
    assert {"200", "304", "404", "429"} == set(described["paths"]["/knowledge/lessons/{id}/"]["get"]["responses"])


def copied(client: Client, base: str, copy: dict[int, str], since: int) -> int:
    """Brings a harvester's copy up to date, two at a time; returns from where to go on."""
    while True:
        told = client.get(f"{base}changes/?since={since}&limit=2").json()
        for row in told["results"]:
            if row["status"] == "removed":
                copy.pop(row["identifier"], None)
            else:
                copy[row["identifier"]] = client.get(f"{base}lessons/{row['identifier']}/").json()["tried"]
        since = told["next_since"]
        if not told["has_more"]:
            return since


def test_a_copy_is_kept_by_the_changes_alone(anybody: tuple[Client, str], lesson: Make) -> None:
    client, base = anybody
    copy: dict[int, str] = {}
    one, two, three = (lesson(title) for title in ("One", "Two", "Three"))
    since = copied(client, base, copy, 0)
    assert copy == {one.pk: "A van.", two.pk: "A van.", three.pk: "A van."}
    assert copied(client, base, copy, since) == since
    gone = two.pk
    one.tried = "Two vans."
    one.save_revision().publish()
    two.delete()
    three.unpublish()
    four = lesson("Four")
    copied(client, base, copy, since)
    assert copy == {one.pk: "Two vans.", four.pk: "A van."}
    told = client.get(f"{base}changes/").json()["results"]
    assert [(row["identifier"], row["kind"], row["status"]) for row in told] == [
        (one.pk, "lesson", "changed"), (gone, "lesson", "removed"), (three.pk, "lesson", "removed"),
        (four.pk, "lesson", "created"),
    ]  # fmt: skip
    assert all(set(row) == {"identifier", "kind", "status", "datestamp", "number"} for row in told)


def test_changes_of_some_kinds(anybody: tuple[Client, str], lesson: Make, practice: Make) -> None:
    client, base = anybody
    lesson("Snow")
    made = practice("Bowls")
    told = client.get(f"{base}changes/?kinds=practice,curriculum").json()["results"]
    assert [row["identifier"] for row in told] == [made.pk]
    for asked in ("kinds=article", "since=-1", "since=x", "limit=501"):
        assert client.get(f"{base}changes/?{asked}").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["lessons/", "changes/"])
def test_queries(stranger: Client, lesson: Make, django_assert_num_queries: Any, count: int, path: str) -> None:
    stranger.get(OPEN + path)
    for number in range(count):
        lesson(f"Lesson {number}")
    with django_assert_num_queries(1):
        stranger.get(OPEN + path)


@pytest.mark.parametrize("units", [["one"], ["one", "two", "three"]])
def test_queries_of_a_version(
    stranger: Client, curriculum: Make, django_assert_num_queries: Any, units: list[str]
) -> None:
    page = curriculum(units=units)
    with django_assert_num_queries(4):
        stranger.get(f"{OPEN}curricula/{page.pk}/versions/1/")
