"""What narrows a list down, alone and together, and who shows up for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain.queries import lists
from tenants.caseloads.domain.queries.lists import Filter
from tenants.caseloads.models import Case, Client, Consent, EmergencyAccess, Programme, TeamMember
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


def today():
    """Asked for each time: a run goes on over midnight."""
    return timezone.localdate()


def years_ago(years, days=0):
    """That many years and days ago, never on 29 February, which few years have."""
    day = today() - timedelta(days=days)
    if (day.month, day.day) == (2, 29):
        day += timedelta(days=1 if days < 0 else -1)
    return day.replace(year=day.year - years)


@pytest.fixture
def manager(alpha, seat_in):
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def programme(alpha):
    with inside(alpha):
        return Programme.objects.create(name="First step", starts_on=today())


def enrolled(client, programme, *, closed_on=None, lasts=300):
    consent = Consent.objects.create(
        client=client, purpose="enrolment", scopes=[], how_given="signed", language="en",
        expires_on=today() + timedelta(days=lasts),
    )  # fmt: skip
    return Case.objects.create(
        client=client, programme=programme, consent=consent, opened_on=today() - timedelta(days=9), closed_on=closed_on
    )


def found(ref, seat, **filters):
    with inside(ref):
        return {client.given_name for client in lists.found(Filter(**{"scope": "all", **filters}), seat)}


@pytest.fixture
def four(alpha, manager, programme):
    """Ana, Berta, Cveta and Dora, who differ in everything."""
    with inside(alpha):
        ana = ClientFactory(given_name="Ana", place="Novi Sad", language="sr", sex="female", born_on=years_ago(30))
        berta = ClientFactory(given_name="Berta", birth_year=today().year - 40, vulnerabilities=["debt"])
        cveta = ClientFactory(given_name="Cveta", assigned_to_id=manager.membership_id, last_contact_on=today())
        ClientFactory(given_name="Dora", last_contact_on=today() - timedelta(days=20), born_on=years_ago(30, days=-1))
        enrolled(ana, programme, lasts=10)
        enrolled(berta, programme, closed_on=today())
        enrolled(cveta, Programme.objects.create(name="Other", starts_on=today()))


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, "Ana Berta Cveta Dora"),
        ({"place": "sad"}, "Ana"),
        ({"language": "sr"}, "Ana"),
        ({"sex": "female"}, "Ana"),
        ({"age_from": 30}, "Ana Berta"),
        ({"age_to": 30}, "Ana Dora"),
        ({"age_from": 29, "age_to": 29}, "Dora"),
        ({"age_from": 40, "age_to": 40}, "Berta"),
        ({"vulnerability": "debt"}, "Berta"),
        ({"case": "open"}, "Ana Cveta"),
        ({"case": "closed"}, "Berta"),
        ({"case": "none"}, "Dora"),
        ({"unseen": 14}, "Ana Berta Dora"),
        ({"lapsing": 30}, "Ana"),
        ({"responsible": lists.NOBODY}, "Ana Berta Dora"),
        ({"search": "ana"}, "Ana"),
        ({"search": "..."}, ""),
        ({"unseen": 14, "case": "open"}, "Ana"),
        ({"sex": "female", "vulnerability": "debt"}, ""),
    ],
)
def test_each_filter_and_some_together(alpha, manager, four, filters, names):
    assert found(alpha, manager, **filters) == set(names.split())


def test_filters_by_programme_and_colleague(alpha, manager, four, programme):
    assert found(alpha, manager, programme=str(programme.pk)) == {"Ana", "Berta"}
    assert found(alpha, manager, programme=str(programme.pk), case="open") == {"Ana"}
    assert found(alpha, manager, responsible=str(manager.membership_id)) == {"Cveta"}


def test_ages_at_the_end_of_february():
    assert lists._years_before(today().replace(year=2024, month=2, day=29), 1).isoformat() == "2023-02-28"


def test_mine_are_those_i_answer_for_work_with_or_have_open_in_an_emergency(alpha, seat_in, programme):
    me, other = seat_in(alpha), seat_in(alpha)
    with inside(alpha):
        ClientFactory(given_name="Mine", assigned_to_id=me.membership_id)
        team = ClientFactory(given_name="Team", assigned_to_id=other.membership_id)
        TeamMember.objects.create(case=enrolled(team, programme), colleague_id=me.membership_id, profession="mentor")
        left = ClientFactory(given_name="Left", assigned_to_id=other.membership_id)
        TeamMember.objects.create(
            case=enrolled(left, programme), colleague_id=me.membership_id, profession="mentor", ended_at=timezone.now()
        )
        for name, hours in (("Opened", 1), ("Over", -1)):
            EmergencyAccess.objects.create(
                client=ClientFactory(given_name=name, assigned_to_id=other.membership_id),
                colleague_id=me.membership_id, reason="Ill", at=timezone.now() - timedelta(hours=2),
                until=timezone.now() + timedelta(hours=hours),
            )  # fmt: skip
        ClientFactory(given_name="Pool")
    assert found(alpha, me, scope="mine") == {"Mine", "Team", "Opened"}
    assert found(alpha, me, scope="pool") == {"Pool"}
    assert found(alpha, me, scope="all", place="") == set()
    assert found(alpha, me, scope="all", search="pool") == {"Pool"}
    assert found(alpha, me, scope="all", search="left") == {"Left"}


def test_a_colleagues_people_are_found_by_name_and_by_nothing_else(alpha, seat_in):
    me, other = seat_in(alpha), seat_in(alpha)
    with inside(alpha):
        ClientFactory(
            given_name="Hers", assigned_to_id=other.membership_id, sex="female", phone="070123456",
            national_number="0101990500123", vulnerabilities=["debt"],
        )  # fmt: skip
    assert found(alpha, me, search="hers") == {"Hers"}
    assert found(alpha, me, search="hers", sex="female") == set()
    assert found(alpha, me, search="hers", vulnerability="debt") == set()
    assert found(alpha, me, number="0101990500123") == {"Hers"}
    assert found(alpha, me, number="070123") == set()
    assert found(alpha, other, scope="mine", number="070123") == {"Hers"}


def test_volunteers_see_their_teams_alone(alpha, seat_in):
    volunteer = seat_in(alpha, Role.VOLUNTEER)
    with inside(alpha):
        ClientFactory(given_name="Pool")
    for scope in ("mine", "pool", "all"):
        assert found(alpha, volunteer, scope=scope, search="pool") == set()


def test_support_sees_all_and_has_none_of_its_own(alpha):
    support = Seat(1, None, None, "Support", support_grant_id=alpha.id)
    with inside(alpha):
        ClientFactory(given_name="Ana")
    assert found(alpha, support) == {"Ana"}
    assert [str(scope) for scope in lists.scopes_of(support)] == ["all", "pool"]


@pytest.mark.parametrize("text", ["0101990500123", "J 12345678 A", "۰۱۰۱۹۹۰", "070 123 456"])
def test_numbers_are_known_as_numbers(text):
    assert lists.is_number(text)


@pytest.mark.parametrize("text", ["Ana Kos", "1990", "Person 12345", ""])
def test_names_are_not_numbers(text):
    assert not lists.is_number(text)


@pytest.mark.parametrize("sort", ["name", "-name", "contact", "-contact", "-changed", "changed", "-added", "added"])
@pytest.mark.parametrize("filters", [{}, {"search": "p"}, {"scope": "mine"}, {"sex": "female"}])
def test_every_order_comes_in_pages_without_gaps(alpha, manager, sort, filters):
    with inside(alpha):
        for number in range(7):
            contact = None if number % 3 == 0 else today() - timedelta(days=number % 2)
            ClientFactory(
                given_name=f"P{number}", sex="female", last_contact_on=contact, assigned_to_id=manager.membership_id
            )
        wanted, cursor, names = Filter(**{"scope": "all", "sort": sort, **filters}), "", []
        while True:
            part = lists.page(wanted, manager, cursor=cursor, size=3)
            names += [client.given_name for client in part.items]
            if not part.next:
                break
            cursor = part.next
        assert len(names) == len(set(names)) == 7
        back = lists.page(wanted, manager, cursor=part.previous, size=3)
        assert [client.given_name for client in back.items] == names[3:6]
        if sort == "contact":
            assert set(names[:3]) == {"P0", "P3", "P6"}


def test_a_filter_survives_its_way_to_a_worker():
    wanted = Filter(scope="all", search="ana", unseen=0)
    assert Filter.from_json({**wanted.to_json(), "unknown": 1}) == wanted


# --- on the page ----------------------------------------------------------------------------------------------------
def names(response):
    return [str(client) for client in response.context["page"].items]


@pytest.fixture
def browser(alpha, manager, client_of):
    from halka.accounts.models import User

    return client_of(User.objects.get(pk=manager.user_id), alpha)


def test_chips_tell_the_filters_and_take_them_off(browser, four):
    page = browser.get("/clients/?sex=female&place=Novi&age_from=۲۰&unseen=x").content.decode()
    assert "Sex: <bdi>Female</bdi>" in page
    assert "Place: <bdi>Novi</bdi>" in page
    assert "Age from: <bdi>20</bdi>" in page
    assert 'href="/clients/?place=Novi&amp;age_from=%DB%B2%DB%B0&amp;unseen=x"' in page
    fragment = browser.get("/clients/?vulnerability=debt", headers={"hx-request": "true"}).content.decode()
    assert "In debt" in fragment


def test_a_national_number_stays_out_of_the_address_and_of_the_audit(alpha, browser):
    with inside(alpha):
        ClientFactory(given_name="Ana", family_name="", national_number="0101990500123")
    for headers in ({}, {"hx-request": "true"}):
        response = browser.post("/clients/search/?place=", {"q": "010-199-0500123"}, headers=headers)
        assert names(response) == ["Ana"]
        assert response["HX-Push-Url"] == "/clients/"
        assert "0101990500123" not in response.content.decode()
        assert "client-export" not in response.content.decode()
    assert "Nobody has this number" in browser.post("/clients/search/", {"q": "99999999"}).content.decode()
    with inside(alpha):
        entry = Entry.objects.filter(action="client.searched").first()
        assert entry.detail == {"shown": 0, "filters": ["number"]}


def test_words_go_into_the_address(browser, four):
    response = browser.post("/clients/search/?sex=female&from=x", {"q": "ana"})
    assert response["Location"] == "/clients/?sex=female&q=ana"
    part = browser.post("/clients/search/?sex=female", {"q": "ana"}, headers={"hx-request": "true"})
    assert part["HX-Push-Url"] == "/clients/?sex=female&q=ana"
    assert names(part) == ["Ana Family0000"] or names(part)[0].startswith("Ana")
    assert browser.post("/clients/search/", {"q": " "})["Location"] == "/clients/"


def test_a_search_for_nothing_that_could_be_found(browser, four):
    assert names(browser.get("/clients/?q=...")) == []


def test_many_with_one_number_ask_for_more_of_it(alpha, browser):
    with inside(alpha):
        ClientFactory.create_batch(26, phone="070123456")
    assert "Write more of the number" in browser.post("/clients/search/", {"q": "0701234"}).content.decode()


def test_people_in_a_colleagues_care_show_their_name_and_who_is_responsible(alpha, worker, seat_in):
    other = seat_in(alpha)
    with inside(alpha):
        ClientFactory(given_name="Hers", family_name="", place="Secretville", assigned_to_id=other.membership_id)
    page = worker.browser.get("/clients/?scope=all&q=hers").content.decode()
    assert "Hers" in page
    assert "In a colleague&#x27;s care" in page or "In a colleague's care" in page
    assert other.name in page
    assert "Secretville" not in page


def test_a_list_is_audited_once_with_the_names_of_its_filters(alpha, browser, four):
    browser.get("/clients/?sex=female&scope=all")
    browser.get("/clients/?q=ana&place=sad")
    with inside(alpha):
        entries = Entry.objects.filter(action__in=["client.listed", "client.searched"]).order_by("at", "id")
        assert list(entries.values_list("action", "detail")) == [
            ("client.listed", {"shown": 1, "filters": ["sex"]}),
            ("client.searched", {"shown": 1, "filters": ["place", "search"]}),
        ]


def test_columns_are_chosen_and_remembered(browser, four):
    page = browser.get("/clients/?columns=phone&columns=consent_until&columns=national_number").content.decode()
    assert "Consent until" in page
    assert "National number" not in page.split("<thead>")[1].split("</thead>")[0]
    assert browser.cookies["halka_columns"].value == "phone,consent_until"
    again = browser.get("/clients/")
    assert [column.key for column in again.context["columns"]] == ["phone", "consent_until"]
    browser.cookies["halka_columns"] = "nonsense"
    assert browser.get("/clients/").status_code == 200


def test_every_column_can_be_shown(browser, alpha, manager, four):
    from tenants.caseloads import columns

    keys = [column.key for column in columns.ALL if column.on_page]
    with inside(alpha):
        Client.objects.update(reference=None or "", phone="070 111 222", education="primary", language="sq")
        Client.objects.filter(given_name="Ana").update(reference="A-1", sex="female")
    page = browser.get("/clients/", {"columns": keys, "sort": "contact"}).content.decode()
    for words in ("Primary school", "Albanian", "A-1", "First step", "Nobody yet", manager.name):
        assert words in page


@pytest.mark.parametrize("query", ["", "sex=female", "q=ana", "scope=mine"])
def test_queries_do_not_grow(alpha, browser, query, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 3):
        with inside(alpha):
            ClientFactory.create_batch(number, given_name="Ana", sex="female")
        browser.get(f"/clients/?{query}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/clients/?{query}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nobody_of_beta_is_found(browser, beta):
    with inside(beta):
        ClientFactory(given_name="Leak", family_name="", national_number="0101990500123", phone="070123456")
    for text in ("leak", "0101990500123", "070123456"):
        response = browser.post("/clients/search/", {"q": text}, follow=True)
        assert names(response) == []
