"""A client's page and its form: who may, what is shown, what is audited, what is asked again."""

from datetime import date

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

READ, WRITE = "read", "write"
MAY = {
    Role.MANAGER: {READ, WRITE},
    Role.SUPERVISOR: {READ, WRITE},
    Role.CASEWORKER: {READ, WRITE},
    Role.MENTOR: {READ, WRITE},
    Role.VOLUNTEER: set(),
    Role.VIEWER: {READ},
    Role.AUDITOR: set(),
    Role.SECRETARIAT: set(),
    Role.EDITOR: set(),
    Role.PROVINCIAL: set(),
}
PAGES = [
    (READ, "get", "/clients/"),
    (READ, "get", "/clients/mine/"),
    (READ, "get", "/clients/{pk}/"),
    (WRITE, "get", "/clients/add/"),
    (WRITE, "post", "/clients/add/"),
    (WRITE, "post", "/clients/similar/"),
    (WRITE, "get", "/clients/{pk}/edit/"),
    (WRITE, "post", "/clients/{pk}/edit/"),
    (WRITE, "post", "/clients/{pk}/assign/"),
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
    for words in ("Beni", "1990", "Male", "Albanian", "Tetovo", "known@example.org", "Wants to become a baker."):
        assert words in text


def test_no_such_client(worker):
    assert worker.browser.get("/clients/01990000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page(worker, add, number, django_assert_max_num_queries):
    client, *_others = [add(given_name="Ana", assigned_to=worker.membership.pk) for _ in range(number)]
    worker.browser.get(f"/clients/{client.pk}/")
    with django_assert_max_num_queries(16):
        worker.browser.get(f"/clients/{client.pk}/")


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
        ({"given_name": "A", "birth_year": "90"}, "birth_year", "four digits"),
        ({"given_name": "A", "email": "at home"}, "email", "valid email"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(worker, data, field, message):
    response = worker.browser.post("/clients/add/", {**data, "note": "Long\nstory"})
    form = response.context["form"]
    assert message in " ".join(form.errors[field])
    assert set(form.errors) - {"__all__"} <= {field, "born_on"}
    assert "Long\nstory" in response.content.decode()
    with inside(worker.ref):
        assert not Client.objects.exists()


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


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"given_name": "Voislav", "family_name": "Seselj"}, True),
        ({"given_name": "Vo", "family_name": ""}, False),
        ({}, False),
        ({"family_name": "Xyzzy"}, False),
    ],
)
def test_is_this_person_already_here(worker, add, typed, found):
    client = add(given_name="Vojislav", family_name="Šešelj", place="Valjevo")
    text = worker.browser.post("/clients/similar/", typed).content.decode()
    assert (f"/clients/{client.pk}/" in text) == found
    assert ("Is this person already here?" in text) == found


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
