"""The secretariat sees all organisations, suspends and resumes them; a branch sees its province."""

from __future__ import annotations

import pytest
from django.urls import reverse

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.paging import page_of
from tenants.organisations.directory import organisation_at
from tenants.organisations.domain.lifecycle import CannotMove, resume, suspend
from tenants.organisations.enums import TRANSITIONS, Kind, State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

LIST = reverse("organisations", urlconf=WORKSPACE_URLS)


def url(name, ref):
    return reverse(name, urlconf=WORKSPACE_URLS, args=[ref.id])


@pytest.fixture
def secretary(secretariat, seat_in):
    return seat_in(secretariat, Role.SECRETARIAT)


@pytest.fixture
def browser(secretariat, member, client_of):
    return client_of(member(secretariat, Role.SECRETARIAT), secretariat)


@pytest.fixture
def branch(beta):
    """Beta as the branch of Alpha's province."""
    Organisation.objects.filter(pk=beta.id).update(kind=Kind.BRANCH, province="North")
    return Organisation.objects.get(pk=beta.id).ref()


def names(response) -> list[str]:
    return [row.schema_name for row in response.context["page"].items]


def test_suspending_counts_at_the_next_request(alpha, secretariat, secretary, tasks):
    assert organisation_at("alpha.halka.localhost").state == State.ACTIVE
    with tasks(), inside(secretariat):
        suspend(organisation=alpha.id, reason="no report", by=secretary)
        entry = Entry.objects.get()
    assert (entry.action, entry.detail["reason"]) == ("organisation.suspended", "no report")
    assert organisation_at("alpha.halka.localhost").state == State.SUSPENDED
    with tasks(), inside(secretariat):
        resume(organisation=alpha.id, reason="the report came", by=secretary)
    assert organisation_at("alpha.halka.localhost").state == State.ACTIVE


@pytest.mark.parametrize("state", list(State))
def test_only_what_the_table_allows(alpha, secretariat, secretary, state):
    Organisation.objects.filter(pk=alpha.id).update(state=state)
    with inside(secretariat):
        if State.SUSPENDED in TRANSITIONS[state]:
            assert suspend(organisation=alpha.id, reason="x", by=secretary).state == State.SUSPENDED
        else:
            with pytest.raises(CannotMove):
                suspend(organisation=alpha.id, reason="x", by=secretary)


@pytest.mark.parametrize("state", [State.PROVISIONAL, State.ACTIVE, State.CLOSED])
def test_only_the_suspended_are_resumed(alpha, secretariat, secretary, state):
    Organisation.objects.filter(pk=alpha.id).update(state=state)
    with inside(secretariat), pytest.raises(CannotMove):
        resume(organisation=alpha.id, reason="x", by=secretary)


def test_the_secretariat_does_not_suspend_itself(secretariat, secretary):
    with inside(secretariat), pytest.raises(CannotMove):
        suspend(organisation=secretariat.id, reason="x", by=secretary)


def test_an_editor_does_not(alpha, secretariat, seat_in):
    editor = seat_in(secretariat, Role.EDITOR)
    with inside(secretariat), pytest.raises(CannotMove):
        suspend(organisation=alpha.id, reason="x", by=editor)


def test_no_other_organisation_moves_anybody(alpha, beta, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        for ref in (alpha, beta):
            with pytest.raises(CannotMove):
                suspend(organisation=ref.id, reason="x", by=manager)


def test_the_secretariat_sees_all(browser, alpha, beta):
    assert names(browser.get(LIST)) == ["alpha", "beta", "delta", "epsilon", "secretariat"]


def test_search_and_filters(browser, alpha):
    assert names(browser.get(LIST, {"q": "house"})) == ["alpha"]
    assert names(browser.get(LIST, {"q": "خانه"})) == ["alpha"]
    assert names(browser.get(LIST, {"kind": "agency"})) == ["beta"]
    assert names(browser.get(LIST, {"state": "suspended"})) == []
    assert len(names(browser.get(LIST, {"kind": "nonsense"}))) == 5


def test_the_list_is_paged_by_key(browser, monkeypatch):
    monkeypatch.setitem(page_of.__kwdefaults__, "size", 2)
    first = browser.get(LIST)
    assert names(first) == ["alpha", "beta"]
    second = browser.get(LIST + first.context["page"].next_url)
    assert names(second) == ["delta", "epsilon"]
    assert names(browser.get(LIST + second.context["page"].previous_url)) == ["alpha", "beta"]


def test_it_costs_the_same_for_one_row_and_for_more(browser, count_queries):
    browser.get(LIST)
    one = count_queries(lambda: browser.get(LIST, {"q": "house"}))
    assert count_queries(lambda: browser.get(LIST)) == one


def test_suspending_on_the_page(browser, alpha, member, client_of, tasks):
    page = url("organisation-suspend", alpha)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"reason": ""}).status_code == 400
    with tasks():
        assert browser.post(page, {"reason": "no report"})["Location"] == LIST
    theirs = client_of(member(alpha, Role.MANAGER), alpha).get(reverse("settings", urlconf=WORKSPACE_URLS))
    assert "This organisation is suspended" in theirs.content.decode()
    with tasks():
        browser.post(url("organisation-resume", alpha), {"reason": "came"})
    assert Organisation.objects.get(pk=alpha.id).state == State.ACTIVE


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_others_of_the_secretariat_suspend_nobody(secretariat, alpha, member, client_of, role):
    client = client_of(member(secretariat, role), secretariat)
    assert client.post(url("organisation-suspend", alpha), {"reason": "x"}).status_code == 403
    assert Organisation.objects.get(pk=alpha.id).state == State.ACTIVE


def test_the_secretariat_itself_has_no_such_page(browser, secretariat):
    assert browser.get(url("organisation-suspend", secretariat)).status_code == 404


def test_a_branch_sees_its_province(branch, alpha, member, client_of):
    client = client_of(member(branch, Role.PROVINCIAL), branch)
    assert names(client.get(LIST)) == ["alpha", "beta"]
    assert names(client.get(LIST, {"q": "delta"})) == []
    assert client.post(url("organisation-suspend", alpha), {"reason": "x"}).status_code == 403


def test_a_branch_without_a_province_sees_what_stands_below_it(branch, alpha, member, client_of):
    Organisation.objects.filter(pk=branch.id).update(province="")
    Organisation.objects.filter(schema_name="delta").update(parent_id=branch.id)
    client = client_of(member(branch, Role.PROVINCIAL), branch)
    assert names(client.get(LIST)) == ["beta", "delta"]


def test_a_network_role_means_nothing_in_another_organisation(alpha, member, client_of):
    assert client_of(member(alpha, Role.SECRETARIAT), alpha).get(LIST).status_code == 404
    assert client_of(member(alpha, Role.MANAGER), alpha).get(LIST).status_code == 403
