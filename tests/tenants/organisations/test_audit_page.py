"""Who did what: newest first, by person and by action, one's own organisation only."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from halka.audit.domain import record
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from tenants.organisations.isolation import inside

URL = reverse("audit", urlconf=WORKSPACE_URLS)


@pytest.fixture
def auditor(alpha, member):
    return member(alpha, Role.AUDITOR, name="Ada Auditor")


@pytest.fixture
def browser(alpha, auditor, client_of):
    return client_of(auditor, alpha)


def written(ref, action, by, **detail):
    with inside(ref):
        record(action=action, detail=detail, by=by)


def whats(response) -> list[str]:
    return [row["what"] for row in response.context["rows"]]


def test_newest_first_with_words(browser, alpha, seat_in):
    seat = seat_in(alpha)
    written(alpha, "settings.changed", seat, fields=["colour"])
    written(alpha, "unknown.thing", seat)
    response = browser.get(URL)
    assert whats(response) == ["unknown.thing", "Changed the settings"]
    assert "colour" in response.content.decode()


def test_support_is_marked(browser, alpha):
    written(alpha, "support.opened", Seat(7, None, None, "Sana", support_grant_id=uuid4()), path="/members/")
    assert "Network support" in browser.get(URL).content.decode()


def test_filters(browser, alpha, seat_in):
    one, other = seat_in(alpha), seat_in(alpha)
    written(alpha, "settings.changed", one)
    written(alpha, "member.ended", other)
    assert whats(browser.get(URL, {"who": one.user_id})) == ["Changed the settings"]
    assert whats(browser.get(URL, {"what": "member.ended"})) == ["Ended a membership"]
    assert len(whats(browser.get(URL, {"who": "nonsense", "what": "nonsense"}))) == 2


def test_another_organisations_acts_are_not_there(browser, beta, seat_in):
    written(beta, "settings.changed", seat_in(beta))
    assert whats(browser.get(URL)) == []


def test_it_costs_the_same_for_one_and_for_three(browser, alpha, seat_in, count_queries):
    seat = seat_in(alpha)
    written(alpha, "settings.changed", seat)
    browser.get(URL)
    one = count_queries(lambda: browser.get(URL))
    written(alpha, "settings.changed", seat)
    written(alpha, "settings.changed", seat)
    assert count_queries(lambda: browser.get(URL)) == one


def test_a_colleague_is_named(browser, alpha, seat_in, member):
    membership, seat = member(alpha, name="Dara Novak").memberships.get(), seat_in(alpha)
    with inside(alpha):
        record(action="member.role_changed", on=membership, by=seat)
    assert browser.get(URL).context["rows"][0]["on"] == "Dara Novak"


def test_details_are_told_in_words(browser, alpha, seat_in):
    seat = seat_in(alpha)
    written(alpha, "member.role_changed", seat, **{"from": "viewer", "to": "manager"})
    written(alpha, "client.changed", seat, fields=["born_on", "place"])
    written(alpha, "support.let_in", seat, hours=4, unknown="x")
    rows = [row["detail"] for row in browser.get(URL).context["rows"]]
    assert rows == [
        [("Hours", "4"), ("unknown", "x")],
        [("Fields", "date of birth · place")],
        [("From", "Viewer"), ("To", "Manager")],
    ]
