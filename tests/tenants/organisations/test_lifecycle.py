"""The secretariat sees all organisations, suspends and resumes them; a branch sees its province."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.identifiers import uuid7
from halka.common.paging import page_of
from network_registry.directory.enums import SHOWN
from tenants.organisations.directory import organisation_at
from tenants.organisations.domain import lifecycle
from tenants.organisations.domain.closing import announce_closing, call_off_closing
from tenants.organisations.domain.lifecycle import CannotMove, resume, suspend
from tenants.organisations.enums import TRANSITIONS, Kind, State, Why
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, StateChange
from tenants.organisations.tasks_life import tell_state

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
        if Why.DECIDED in TRANSITIONS[state].get(State.SUSPENDED, ()):
            assert suspend(organisation=alpha.id, reason="x", by=secretary).state == State.SUSPENDED
        else:
            with pytest.raises(CannotMove):
                suspend(organisation=alpha.id, reason="x", by=secretary)


@pytest.mark.parametrize("state", [State.PROVISIONAL, State.ACTIVE, State.LEAVING, State.CLOSED])
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


# --- the whole life -------------------------------------------------------------------------------------
ALLOWED = {
    ("provisional", "active"), ("provisional", "suspended"), ("provisional", "leaving"),
    ("active", "suspended"), ("active", "leaving"),
    ("suspended", "provisional"), ("suspended", "active"), ("suspended", "leaving"),
    ("leaving", "provisional"), ("leaving", "active"), ("leaving", "suspended"), ("leaving", "closed"),
}  # fmt: skip


def test_the_table_is_the_one_in_the_book():
    assert {(str(before), str(to)) for before, where in TRANSITIONS.items() for to in where} == ALLOWED


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("to", list(State))
def test_nothing_moves_but_by_the_table(alpha, secretariat, secretary, before, to):
    for why in Why:
        Organisation.objects.filter(pk=alpha.id).update(state=before, earlier_states=[])
        with inside(secretariat):
            found = lifecycle.locked(alpha.id, secretary)
            if why in TRANSITIONS[before].get(to, ()):
                lifecycle.move(found, to, why=why, reason="", by=secretary)
                assert Organisation.objects.get(pk=alpha.id).state == to
            else:
                with pytest.raises(CannotMove):
                    lifecycle.move(found, to, why=why, reason="", by=secretary)


@pytest.mark.parametrize("before", [State.PROVISIONAL, State.ACTIVE])
def test_it_comes_back_as_what_it_was(alpha, secretariat, secretary, before):
    Organisation.objects.filter(pk=alpha.id).update(state=before)
    with inside(secretariat):
        suspend(organisation=alpha.id, reason="x", by=secretary)
        assert resume(organisation=alpha.id, reason="x", by=secretary).state == before
    assert Organisation.objects.get(pk=alpha.id).earlier_states == []


def test_leaving_is_remembered_step_by_step(alpha, secretariat, secretary, tasks):
    """Provisional, suspended, leaving: what it may do follows from all three, and every step is taken back in turn."""
    Organisation.objects.filter(pk=alpha.id).update(state=State.PROVISIONAL)

    def now():
        ref = Organisation.objects.get(pk=alpha.id).ref()
        return ref.state, ref.reads_only, ref.is_moderated

    assert now() == ("provisional", False, True)
    with inside(secretariat):
        closing = announce_closing(organisation=alpha.id, reason="merged", days=30, by=secretary)
    assert now() == ("leaving", False, True)
    with inside(secretariat):
        with pytest.raises(CannotMove):
            suspend(organisation=alpha.id, reason="x", by=secretary)
        call_off_closing(closing=closing.pk, by=secretary)
        suspend(organisation=alpha.id, reason="x", by=secretary)
        closing = announce_closing(organisation=alpha.id, reason="merged", days=30, by=secretary)
    assert now() == ("leaving", True, True)
    with inside(secretariat):
        call_off_closing(closing=closing.pk, by=secretary)
    assert now() == ("suspended", True, False)
    with inside(secretariat):
        resume(organisation=alpha.id, reason="x", by=secretary)
    assert now() == ("provisional", False, True)
    whys = list(StateChange.objects.order_by("at", "id").values_list("why", flat=True))
    assert whys == ["announced", "called_off", "decided", "announced", "called_off", "decided"]


def test_whoever_leaves_works_on_and_is_referred_nobody(alpha, beta, secretariat, secretary, member, client_of, tasks):
    with tasks(), inside(secretariat):
        announce_closing(organisation=alpha.id, reason="merged", days=30, by=secretary)
    desk = client_of(member(alpha, Role.MANAGER), alpha)
    page = desk.get(reverse("settings", urlconf=WORKSPACE_URLS))
    assert "leaves the network" in page.content.decode()
    assert alpha.id not in {organisation.pk for organisation in Organisation.objects.filter(state__in=SHOWN)}
    takeout = reverse("takeout", urlconf=WORKSPACE_URLS)
    assert desk.post(takeout).status_code == 302


@pytest.mark.parametrize("state", [State.SUSPENDED, State.LEAVING])
def test_the_suspended_change_nothing_but_take_everything_along(alpha, member, client_of, state):
    earlier = [State.ACTIVE] if state == State.SUSPENDED else [State.ACTIVE, State.SUSPENDED]
    Organisation.objects.filter(pk=alpha.id).update(state=state, earlier_states=earlier)
    desk = client_of(member(alpha, Role.MANAGER), alpha)
    refused = desk.post(reverse("settings", urlconf=WORKSPACE_URLS), {})
    assert refused.status_code == 403
    assert b"This organisation is suspended" in refused.content
    assert desk.post(reverse("member-invite", urlconf=WORKSPACE_URLS), {}).status_code == 403
    assert desk.post(reverse("takeout", urlconf=WORKSPACE_URLS)).status_code == 302


def test_managers_are_told_why(alpha, secretariat, secretary, member, tasks):
    manager, mentor = member(alpha, Role.MANAGER), member(alpha, Role.MENTOR)
    mail.outbox.clear()
    with tasks(), inside(secretariat):
        suspend(organisation=alpha.id, reason="The report is late.", by=secretary)
    (message,) = mail.outbox
    assert message.to == [manager.email] != [mentor.email]
    assert "Suspended" in message.subject
    assert "The report is late." in message.body
    with inside(alpha):
        assert tell_state.run(str(uuid7())) == 0


def test_its_life_is_seen_by_itself_its_branch_and_the_secretariat(
    browser, branch, alpha, delta, secretariat, secretary, member, client_of
):
    with inside(secretariat):
        for ref in (alpha, delta):
            suspend(organisation=ref.id, reason=f"report of {ref.short_name}", by=secretary)
    Organisation.objects.filter(pk=alpha.id).update(province="North")
    page = browser.get(url("organisation-life", alpha)).content
    assert b"report of alpha" in page
    assert url("organisation-resume", alpha).encode() in page
    officer = client_of(member(branch, Role.PROVINCIAL), branch)
    page = officer.get(url("organisation-life", alpha)).content
    assert b"report of alpha" in page
    assert url("organisation-resume", alpha).encode() not in page  # the secretariat's alone
    assert officer.get(url("organisation-life", delta)).status_code == 404
    with inside(branch):
        assert {change.organisation_id for change in StateChange.objects.all()} == {alpha.id}
    manager = client_of(member(delta, Role.MANAGER), delta)
    assert b"report of delta" in manager.get(reverse("own-membership", urlconf=WORKSPACE_URLS)).content
    with inside(delta):
        assert {change.organisation_id for change in StateChange.objects.all()} == {delta.id}
    assert b"in the same state since" in browser.get(url("organisation-life", secretariat)).content
