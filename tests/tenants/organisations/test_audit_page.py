"""Who did what: newest first, by person, client, action and day, and as a sheet; one's own organisation only."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from tenants.organisations import audit_pages
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

URL = reverse("audit", urlconf=WORKSPACE_URLS)
EXPORT = reverse("audit-export", urlconf=WORKSPACE_URLS)


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
    return [row.what for row in response.context["rows"]]


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
    assert browser.get(URL).context["rows"][0].on == "Dara Novak"


def test_details_are_told_in_words(browser, alpha, seat_in):
    seat = seat_in(alpha)
    written(alpha, "member.role_changed", seat, **{"from": "viewer", "to": "manager"})
    written(alpha, "client.changed", seat, fields=["born_on", "place"])
    written(alpha, "support.let_in", seat, hours=4, unknown="x")
    rows = [row.detail for row in browser.get(URL).context["rows"]]
    assert rows == [
        [("Hours", "4"), ("unknown", "x")],
        [("Fields", "date of birth · place")],
        [("From", "Viewer"), ("To", "Manager")],
    ]


@pytest.fixture
def lead(alpha, member, client_of):
    return client_of(member(alpha, Role.SUPERVISOR, name="Sava Supervisor"), alpha)


def about(ref, client, by, action="client.changed"):
    with inside(ref):
        return record(action=action, on=client, by=by)


def test_by_client_with_a_typed_name(lead, alpha, beta, seat_in):
    seat = seat_in(alpha)
    with inside(alpha):
        ana, anamaria = ClientFactory(given_name="Ana", family_name="Šešelj"), ClientFactory(given_name="Anamaria")
    with inside(beta):
        ClientFactory(given_name="Anabel")
    about(alpha, ana, seat)
    about(alpha, anamaria, seat, "client.assigned")
    one = lead.get(URL, {"name": "seselj"})
    assert whats(one) == ["Changed a client"]
    assert one.context["rows"][0].about.name == "Ana Šešelj"
    assert f"/clients/{ana.pk}/history/" in one.content.decode()
    several = lead.get(URL, {"name": "ana", "what": "client.changed"})
    assert whats(several) == ["Changed a client"]
    addresses = dict(several.context["choices"])
    assert addresses.keys() == {str(ana), str(anamaria)}
    assert whats(lead.get(URL + addresses[str(ana)])) == ["Changed a client"]
    assert whats(lead.get(URL + addresses[str(anamaria)])) == []
    assert "Anabel" not in several.content.decode()


def test_the_chosen_client_stays_until_another_name_is_typed(lead, alpha, seat_in):
    with inside(alpha):
        ana, ben = ClientFactory(given_name="Ana", family_name="A"), ClientFactory(given_name="Ben", family_name="B")
    for client in (ana, ben):
        about(alpha, client, seat_in(alpha))
    assert len(whats(lead.get(URL, {"client": ana.pk}))) == 1
    assert len(whats(lead.get(URL, {"client": ana.pk, "name": "Ana A"}))) == 1
    assert lead.get(URL, {"client": ana.pk, "name": "Ben"}).context["rows"][0].about.name == "Ben B"
    nobody = lead.get(URL, {"client": uuid4(), "name": ""})
    assert nobody.context["filter"].errors == {}


def test_nobody_by_that_name_is_said_beside_the_field(lead, alpha, seat_in):
    response = lead.get(URL, {"name": "Nobody"})
    assert "nobody by this name" in response.content.decode()
    with inside(alpha):
        entry = Entry.objects.get(action="client.searched")
    assert entry.detail == {"shown": 0, "filters": ["name"]}


def test_who_may_not_read_clients_neither_searches_nor_sees_names(browser, alpha, seat_in):
    with inside(alpha):
        ana = ClientFactory(given_name="Zdravka")
    about(alpha, ana, seat_in(alpha))
    response = browser.get(URL, {"client": ana.pk})
    assert whats(response) == ["Changed a client"]
    assert response.context["rows"][0].about is None
    assert 'name="name"' not in response.content.decode()
    assert "Zdravka" not in response.content.decode()


def test_by_days_of_the_readers_calendar(browser, alpha, seat_in):
    seat = seat_in(alpha)
    with inside(alpha):
        for day in (1, 2, 3):
            Entry.objects.create(
                action=f"day.{day}", at=datetime(2026, 3, day, 23, 59, tzinfo=UTC), actor_name="x", actor_user_id=1
            )
    assert seat
    assert whats(browser.get(URL, {"since": "2.3.2026"})) == ["day.3", "day.2"]
    assert whats(browser.get(URL, {"until": "2.3.2026"})) == ["day.2", "day.1"]
    assert whats(browser.get(URL, {"since": "2.3.2026", "until": "2.3.2026"})) == ["day.2"]
    wrong = browser.get(URL, {"since": "3.3.2026", "until": "1.3.2026"})
    assert "The last day is before the first." in wrong.content.decode()
    assert browser.get(URL, {"since": "someday", "until": "31.12.9999"}).status_code == 200


def lines(response) -> list[list[str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_sheet_holds_what_the_filter_shows_in_all_its_pages(lead, alpha, beta, seat_in, monkeypatch):
    monkeypatch.setattr(audit_pages, "BATCH", 2)
    seat = seat_in(alpha)
    with inside(alpha):
        ana = ClientFactory(given_name="Ana", family_name="A")
        for number in range(5):
            record(action="client.changed", on=ana, detail={"fields": ["place"], "n": number}, by=seat)
        record(action="settings.changed", by=seat)
    written(beta, "client.changed", seat_in(beta))
    head, *rows = lines(lead.get(EXPORT, {"what": "client.changed"}))
    assert head[:2] == ["When", "Who"]
    assert len(rows) == 5
    assert {row[5] for row in rows} == {"client.changed"}
    assert rows[0][8:10] == [str(ana.pk), "Ana A"]
    assert rows[0][10] == "Fields: place · n: 4"
    with inside(alpha):
        entry = Entry.objects.get(action="audit.exported")
    assert entry.detail == {"filters": ["what"]}


def test_no_cell_runs_as_a_formula(lead, alpha, seat_in):
    seat = replace(seat_in(alpha), name="=cmd|' /C calc'!A0")
    with inside(alpha):
        record(action="=1+1", by=seat)
    assert lines(lead.get(EXPORT))[2][1] == "'=cmd|' /C calc'!A0"
    assert lines(lead.get(EXPORT, {"what": "nonsense"}))[-1][4] == "'=1+1"


def test_the_sheet_is_for_those_who_may_see_the_audit(alpha, member, client_of):
    assert client_of(member(alpha, Role.CASEWORKER), alpha).get(EXPORT).status_code == 403
