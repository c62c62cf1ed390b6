"""A client's page and its form: who may, what is shown, what is audited, what is asked again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.models import Client, Experience
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, SupportGrant
from tests.factories.caseloads import ClientFactory

READ, LOOK, WRITE = "read", "look", "write"
MAY = {
    Role.MANAGER: {READ, LOOK, WRITE},
    Role.SUPERVISOR: {READ, LOOK, WRITE},
    Role.CASEWORKER: {READ, LOOK, WRITE},
    Role.MENTOR: {READ, LOOK, WRITE},
    Role.VOLUNTEER: {READ},
    Role.VIEWER: {READ, LOOK},
    Role.AUDITOR: set(),
    Role.SECRETARIAT: set(),
    Role.EDITOR: set(),
    Role.PROVINCIAL: set(),
}
PAGES = [
    (LOOK, "get", "/clients/{pk}/"),
    (LOOK, "post", "/clients/{pk}/number/"),
    (WRITE, "get", "/clients/add/"),
    (WRITE, "post", "/clients/add/"),
    (WRITE, "post", "/clients/similar/"),
    (WRITE, "get", "/clients/{pk}/edit/"),
    (WRITE, "post", "/clients/{pk}/edit/"),
    (WRITE, "post", "/clients/{pk}/assign/"),
    (WRITE, "get", "/clients/{pk}/experience/add/"),
    (WRITE, "get", "/clients/{pk}/merge/"),
]


@pytest.mark.parametrize("role", list(MAY))
@pytest.mark.parametrize(("need", "method", "address"), PAGES)
def test_who_may(alpha, member, client_of, add, settings, role, need, method, address):
    settings.DEMO = True  # no second factor is demanded
    client = add(given_name="Ana")
    browser = client_of(member(alpha, role), alpha)
    response = getattr(browser, method)(address.format(pk=client.pk))
    assert response.status_code in ((200, 302) if need in MAY[role] else (403,))


@pytest.mark.parametrize(("_need", "method", "address"), PAGES)
def test_strangers_find_nothing(alpha, beta, member, client_of, add, _need, method, address):
    client = add(given_name="Ana")
    browser = client_of(member(beta, Role.MANAGER), alpha)
    assert getattr(browser, method)(address.format(pk=client.pk)).status_code == 404


def test_the_page_shows_what_is_known_and_writes_down_who_looked(worker, add):
    client = add(given_name="Ëndrra", family_name="Çelaj", birth_year=1990, phone="+389 70 1", note="First\n\nSecond")
    text = worker.browser.get(f"/clients/{client.pk}/").content.decode()
    assert "Ëndrra Çelaj" in text
    assert 'href="tel:+389701"' in text
    assert "<p>First</p>" in text
    with inside(worker.ref):
        entry = Entry.objects.get(action="client.viewed")
    assert (entry.actor_name, entry.target_id, entry.detail) == (worker.user.name, str(client.pk), {})


def test_every_field_is_shown(worker, seat_in, alpha):
    with inside(alpha):
        client = ClientFactory(known=True, assigned_to_id=worker.membership.pk)
    text = worker.browser.get(f"/clients/{client.pk}/").content.decode()
    for words in (
        "Beni", "1990", "Male", "Albanian, Macedonian, Turkish", "Tetovo", "known@example.org", "Vocational school",
        "Up early.", "Bread.", "Out of work for more than a year", "F-", "Flour makes him cough.",
        "Wants to become a baker.", "•••007",
    ):  # fmt: skip
        assert words in text
    assert "0101990450007" not in text


def test_a_record_with_a_name_alone_says_so(worker, add):
    client = add(given_name="Ana")
    text = worker.browser.get(f"/clients/{client.pk}/").content.decode()
    assert "Only the name is known so far." in text
    assert "No phone is known" in text


class TestTheNationalNumber:
    @pytest.fixture
    def client(self, add):
        return add(given_name="Ana", national_number="0101990450007")

    @pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
    def test_it_is_shown_when_asked_for_and_that_is_written_down(self, worker, client, headers):
        response = worker.browser.post(f"/clients/{client.pk}/number/", headers=headers)
        assert "0101990450007" in response.content.decode()
        assert ("<main" in response.content.decode()) == (not headers)
        with inside(worker.ref):
            assert Entry.objects.get(action="client.number_shown").target_id == str(client.pk)

    def test_a_volunteer_of_the_team_sees_neither_number_nor_health(self, alpha, member, client_of, add):
        user = member(alpha, Role.VOLUNTEER)
        membership = Membership.objects.get(user=user)
        client = add(given_name="Ana", national_number="0101990450007", health="Asthma", assigned_to=membership.pk)
        browser = client_of(user, alpha)
        text = browser.get(f"/clients/{client.pk}/").content.decode()
        assert "•••" not in text
        assert "Asthma" not in text
        assert browser.post(f"/clients/{client.pk}/number/").status_code == 302
        with inside(alpha):
            assert not Entry.objects.filter(action="client.number_shown").exists()

    def test_network_support_sees_nothing_that_is_sealed(self, alpha, secretariat, member, client_of, add, seat_in):
        client = add(
            given_name="Ana", place="Tetovo", national_number="0101990450007", health="Asthma", note="Hush now"
        )
        supporter = member(secretariat, Role.SECRETARIAT)
        until = timezone.now() + timedelta(hours=1)
        SupportGrant.objects.create(organisation_id=alpha.id, user=supporter, reason="Help", ends_at=until)
        text = client_of(supporter, alpha).get(f"/clients/{client.pk}/").content.decode()
        assert "Tetovo" in text
        for words in ("•••", "Asthma", "Hush now"):
            assert words not in text


def test_no_such_client(worker):
    assert worker.browser.get("/clients/01990000-0000-7000-8000-000000000000/").status_code == 404


def test_queries_of_the_page_do_not_grow_with_what_is_on_it(worker, add):
    counts = []
    for number in (1, 3):
        client = add(given_name="Ana", vulnerabilities=["debt", "carer", "remote"][:number])
        with inside(worker.ref):
            for _ in range(number):
                Experience.objects.create(client=client, kind="job", title="Baker")
        worker.browser.get(f"/clients/{client.pk}/")
        with CaptureQueriesContext(connection) as queries:
            worker.browser.get(f"/clients/{client.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_adding(worker):
    data = {"given_name": " Ana ", "family_name": "Kos", "born_on": "1/3/1990", "assigned_to": worker.membership.pk}
    response = worker.browser.post("/clients/add/", data, follow=True)
    assert "Ana Kos is in your caseload now." in response.content.decode()
    with inside(worker.ref):
        client = Client.objects.get()
        assert (client.given_name, client.born_on) == ("Ana", date(1990, 3, 1))
        assert client.assigned_to_id == client.created_by_id == worker.membership.pk


def test_the_form_begins_with_oneself_as_the_one_responsible(worker):
    form = worker.browser.get("/clients/add/").context["form"]
    assert form["assigned_to"].value() == worker.membership.pk


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({}, "given_name", "Give at least one name."),
        ({"given_name": "A", "born_on": "1/1/1990", "birth_year": "1990"}, "birth_year", "not both"),
        ({"given_name": "A", "born_on": "1/1/2190"}, "born_on", "has not come yet"),
        ({"given_name": "A", "birth_year": "2190"}, "birth_year", "Check the year."),
        ({"given_name": "A", "birth_year": "1801"}, "birth_year", "Check the year."),
        ({"given_name": "A", "born_on": "1/1/1801"}, "born_on", "Check the year."),
        ({"given_name": "A", "birth_year": "ninety"}, "birth_year", "four digits"),
        ({"given_name": "A", "birth_year": "0"}, "birth_year", "Check the age."),
        ({"given_name": "A", "birth_year": "121"}, "birth_year", "Check the age."),
        ({"given_name": "A", "reference": "F-7"}, "reference", "Another client has this file number."),
        ({"given_name": "A", "vulnerabilities": ["made up"]}, "vulnerabilities", "Select a valid choice"),
        ({"given_name": "A", "email": "at home"}, "email", "valid email"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(worker, add, data, field, message):
    add(given_name="Berta", reference="F-7")
    response = worker.browser.post("/clients/add/", {**data, "note": "Long\nstory"})
    form = response.context["form"]
    assert message in " ".join(form.errors[field])
    assert set(form.errors) - {"__all__"} <= {field, "born_on"}
    assert "Long\nstory" in response.content.decode()
    with inside(worker.ref):
        assert Client.objects.get().given_name == "Berta"


def test_an_age_is_enough(worker):
    worker.browser.post("/clients/add/", {"given_name": "Ana", "birth_year": "35"})
    with inside(worker.ref):
        assert Client.objects.get().birth_year == timezone.localdate().year - 35


def test_everything_can_be_written_down(worker):
    data = {
        "given_name": "Ana", "reference": "F-7", "national_number": "12-34", "education": "primary",
        "languages": ["tr", "mk"], "strengths": "Sews", "interests": "A shop", "health": "Asthma",
        "vulnerabilities": ["single_parent", "carer"],
    }  # fmt: skip
    assert worker.browser.post("/clients/add/", data).status_code == 302
    with inside(worker.ref):
        client = Client.objects.get()
        assert {name: getattr(client, name) for name in data} == {
            **data, "languages": ["mk", "tr"], "vulnerabilities": ["carer", "single_parent"],
        }  # fmt: skip


def test_two_who_give_one_file_number_at_once(worker, add, monkeypatch):
    add(given_name="Berta", reference="F-7")
    client = add(given_name="Ana")
    address = f"/clients/{client.pk}/edit/"
    sent = {"given_name": "Ana", "reference": "F-7", "seen_version": 1}
    assert "Another client has this file number." in worker.browser.post(address, sent).content.decode()


def test_a_family_name_is_enough(worker):
    assert worker.browser.post("/clients/add/", {"family_name": "Kos"}).status_code == 302


def test_nobody_from_elsewhere_can_be_responsible(worker, beta, member):
    member(beta, Role.CASEWORKER)
    viewer = member(worker.ref, Role.VIEWER)
    choices = worker.browser.get("/clients/add/").context["form"].fields["assigned_to"].queryset
    with inside(worker.ref):
        people = set(choices.values_list("user_id", flat=True))
    assert worker.user.pk in people
    assert viewer.pk not in people


def test_assigning(worker, add):
    client = add(given_name="Ana")
    address = f"/clients/{client.pk}/assign/"
    assert (
        f"{worker.user.name} is responsible now."
        in worker.browser.post(address, {"to": worker.membership.pk}, follow=True).content.decode()
    )
    assert "Nobody is responsible now." in worker.browser.post(address, {"to": ""}, follow=True).content.decode()
    assert worker.browser.post(address, {"to": "01990000-0000-7000-8000-000000000000"}).status_code == 302


def test_persian_digits_and_jalali_days(alpha, member, client_of):
    browser = client_of(member(alpha, Role.CASEWORKER, language="fa", calendar="jalali"), alpha)
    browser.post("/clients/add/", {"given_name": "زهرا", "born_on": "۱۳۶۹/۱۲/۱۰"})
    browser.post("/clients/add/", {"given_name": "رضا", "birth_year": "۱۳۶۹"})
    with inside(alpha):
        day, year = Client.objects.order_by("id")
    assert (day.born_on, year.birth_year) == (date(1991, 3, 1), 1990)
    assert 'value="۱۳۶۹"' in browser.get(f"/clients/{year.pk}/edit/").content.decode()
    assert "۱۰ اسفند ۱۳۶۹" in browser.get(f"/clients/{day.pk}/").content.decode()


def test_what_may_be_done_about_the_one_responsible(worker, add, member, client_of):
    """Taking somebody nobody looks after is one click; giving away is for the one responsible and supervisors."""
    client = add(given_name="Ana")
    address = f"/clients/{client.pk}/"
    pool = worker.browser.get(address).content.decode()
    assert "I look after this person" in pool
    assert "Choose somebody else" not in pool
    worker.browser.post(f"{address}assign/", {"to": worker.membership.pk})
    mine = worker.browser.get(address).content.decode()
    assert "I look after this person" not in mine
    assert f"{address}hand-over/" in mine
    assert "Choose somebody else" in mine
    supervised = client_of(member(worker.ref, Role.SUPERVISOR), worker.ref).get(address).content.decode()
    assert "Choose somebody else" in supervised
