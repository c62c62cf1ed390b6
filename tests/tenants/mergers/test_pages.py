"""The pages of a merger: for the secretariat, for the managers of both, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from network_registry.membership.errors import CannotMerge
from network_registry.membership.models import Merger
from tenants.caseloads.models import Client
from tenants.mergers.domain import answering, counting, proposing
from tenants.mergers.tasks import advance
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.database import organisation
from tests.tenants.relocations.conftest import entry

from .conftest import Both


def url(name: str, *keys: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=keys)


PageIn = Callable[[OrganisationRef], Browser]


def test_from_proposing_to_undoing(both: Both, person: Client, desk_page: Browser, page_in: PageIn, tasks: Any) -> None:
    ours, theirs = page_in(both.alpha), page_in(both.beta)
    assert b"No mergers yet" in desk_page.get(url("mergers")).content
    form = {"absorbed": str(both.alpha.id), "remaining": str(both.alpha.id), "reason": "One house"}
    assert desk_page.get(url("merger-propose")).status_code == 200
    refused = desk_page.post(url("merger-propose"), form)
    assert refused.status_code == 400
    assert b"One house" in refused.content
    with tasks():
        proposed = desk_page.post(url("merger-propose"), {**form, "remaining": str(both.beta.id)})
    merger = Merger.objects.get()
    assert proposed["Location"] == url("merger", merger.pk)
    assert b"No answer yet" in desk_page.get(url("merger", merger.pk)).content
    own = url("own-merger", merger.pk)
    assert b"waits for your answer" in ours.get("/").content
    assert own.encode() in ours.get(url("own-membership")).content
    shown = ours.get(own).content.decode()
    for words in ("What would come along from you", "One house", "Documents", "with the same role", "kept by either"):
        assert words in shown, words
    assert "What you have now" in theirs.get(own).content.decode()
    unsaid = ours.post(own, {"decline": "1"})
    assert (unsaid.status_code, b"Say why" in unsaid.content) == (400, True)
    for browser in (ours, theirs):
        with tasks():
            assert browser.post(own, {"agree": "1"}).status_code == 302
        assert b"waits for your answer" not in browser.get("/").content
    assert ours.post(own, {"agree": "1"}).status_code == 400
    page = url("merger-merge", merger.pk)
    assert b"Merge Alpha House into Beta" in desk_page.get(page).content
    assert desk_page.post(page, {"short_name": "beta"}).status_code == 400
    assert desk_page.post(page, {"short_name": "alpha"})["Location"] == url("merger", merger.pk)
    assert desk_page.post(page, {"short_name": "alpha"}).status_code == 400
    for browser, name in ((desk_page, "merger-progress"), (ours, "own-merger-progress")):
        answer = browser.get(url(name, merger.pk))
        assert b"every 2s" in answer.content
        assert "HX-Refresh" not in answer
    assert b"Being merged" in desk_page.get(url("merger", merger.pk)).content
    assert "This organisation is suspended" in ours.get("/").content.decode()
    with tasks():
        advance(str(merger.pk))
    assert desk_page.get(url("merger-progress", merger.pk))["HX-Refresh"] == "true"
    assert b"Can be undone until" in ours.get(own).content
    assert f"http://{both.beta.host}".encode() in ours.get("/").content  # where the work goes on
    assert b"has become part of" not in theirs.get("/").content
    with inside(both.beta):
        entry(Client.objects.get(), both.theirs, "Since then")
    undo = url("merger-undo", merger.pk)
    assert b"Nothing was counted yet" in desk_page.get(undo).content
    with tasks():
        assert desk_page.post(url("merger-look", merger.pk))["Location"] == undo
    assert b"has to confirm first" in desk_page.get(undo).content
    typed = {"short_name": "alpha", "reason": "It did not work out"}
    assert desk_page.post(undo, typed).status_code == 400
    assert b"Confirm that this work goes" in theirs.get(own).content
    assert b'name="changed" value="1"' in theirs.get(url("own-merger", merger.pk)).content
    stale = theirs.post(url("own-merger-confirm", merger.pk), {"changed": "7"}, follow=True)
    assert b"counted anew since" in stale.content
    assert theirs.post(url("own-merger-confirm", merger.pk), {"changed": "1"}).status_code == 302
    assert ours.post(url("own-merger-confirm", merger.pk)).status_code in (302, 403)
    assert b"has confirmed" in desk_page.get(undo).content
    with tasks():
        assert desk_page.post(undo, typed).status_code == 302
    assert Merger.objects.get().state == "undone"
    assert b"It did not work out" in theirs.get(own).content
    assert ours.get(url("own-merger-progress", merger.pk))["HX-Refresh"] == "true"


def test_it_is_withdrawn_once(both: Both, desk_page: Browser) -> None:
    merger = both.propose()
    for name in ("merger-merge", "merger-undo"):
        assert b"cannot be done now" in desk_page.get(url(name, merger.pk)).content
    for _time in range(2):
        assert desk_page.post(url("merger-withdraw", merger.pk)).status_code == 302
    assert Merger.objects.get().state == "withdrawn"
    again = {"absorbed": str(both.alpha.id), "remaining": str(both.beta.id), "reason": "x"}
    assert desk_page.post(url("merger-propose"), again).status_code == 302


def test_who_comes_second_is_told_why(both: Both, desk_page: Browser, page_in: PageIn, monkeypatch: Any) -> None:
    merger = both.propose()
    refused = page_in(both.beta).post(url("own-merger-confirm", merger.pk), follow=True)
    assert b"nothing to confirm" in refused.content

    def too_late(**_values: Any) -> None:
        raise CannotMerge("Somebody else was first")

    Merger.objects.update(state="withdrawn")
    monkeypatch.setattr(proposing, "propose", too_late)
    form = {"absorbed": str(both.alpha.id), "remaining": str(both.beta.id), "reason": "One house"}
    answer = desk_page.post(url("merger-propose"), form)
    assert (answer.status_code, b"Somebody else was first" in answer.content) == (400, True)
    assert b"One house" in answer.content


def test_what_went_wrong_is_shown(both: Both, desk_page: Browser, page_in: PageIn) -> None:
    merger = both.propose()
    Merger.objects.update(
        state="failed", trouble="blocked", obstacles={"referrals": 3}, begun_at=timezone.now(), begun_by_name="x"
    )
    for browser, name in ((desk_page, "merger"), (page_in(both.beta), "own-merger")):
        assert b"referrals under way: 3" in browser.get(url(name, merger.pk)).content
    assert b"mergers" in desk_page.get(url("mergers")).content


def test_what_stands_in_the_way_is_shown_before(
    both: Both, desk_page: Browser, page_in: PageIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "own_obstacles", lambda: {"jobs": 2})
    monkeypatch.setattr(answering, "own_obstacles", lambda: {"jobs": 2})
    merger = both.propose()
    told = b"imports, exports and copies being made: 2"
    assert told in page_in(both.alpha).get(url("own-merger", merger.pk)).content
    assert told not in page_in(both.beta).get(url("own-merger", merger.pk)).content
    both.agree(merger)
    assert told in desk_page.get(url("merger-merge", merger.pk)).content


def test_strangers_find_nothing(
    both: Both, member: Callable[..., User], client_of: Callable[..., Browser], settings: Any
) -> None:
    """Not the branch of another province, not a third organisation, not their own caseworkers."""
    settings.DEMO = True
    merger = both.propose()
    third = organisation("delta")
    Organisation.objects.filter(pk=third.id).update(kind="branch", province="West")
    officer = client_of(member(third, Role.PROVINCIAL), organisation("delta"))
    names = ("own-merger", "own-merger-progress", "own-merger-confirm", "merger", "merger-merge", "merger-undo",
             "merger-look", "merger-withdraw", "merger-progress")  # fmt: skip
    for name in names:
        for method in (officer.get, officer.post):
            assert method(url(name, merger.pk)).status_code in (403, 404, 405), name
    assert officer.get(url("own-merger", merger.pk)).status_code == 404
    manager = client_of(member(both.alpha, Role.MANAGER), both.alpha)
    assert manager.get(url("merger", merger.pk)).status_code == 403
    worker = client_of(member(both.alpha, Role.CASEWORKER), both.alpha)
    assert worker.get(url("own-merger", merger.pk)).status_code == 403
    assert merger.state == "proposed"


def test_the_list_costs_the_same_for_one_and_three(both: Both, desk_page: Browser) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk_page.get(url("mergers")).status_code == 200
        return len(captured)

    def make() -> None:
        Merger.objects.create(
            absorbed_id=both.alpha.id, remaining_id=both.beta.id, reason="x", proposed_by_name="x", state="withdrawn"
        )

    make()
    queries()
    one = queries()
    make()
    make()
    assert queries() == one
