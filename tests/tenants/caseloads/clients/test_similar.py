"""“Is this person already here?”, asked while the form is filled in."""

from datetime import date

import pytest

from halka.authorization.roles import Role
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


def ask(browser, **typed):
    return browser.post("/clients/similar/", typed).content.decode()


@pytest.mark.parametrize(
    ("saved", "typed", "found"),
    [
        (("Vojislav", "Šešelj"), {"given_name": "Voislav", "family_name": "Seselj"}, True),
        (("Vojislav", "Шешељ"), {"family_name": "seselj"}, True),
        (("Elira", "Ëndrra"), {"family_name": "Endra"}, True),
        (("Đorđe", "Đokić"), {"given_name": "Djordje", "family_name": "Djokic"}, True),
        (("Милица", "Јовић"), {"given_name": "Milica", "family_name": "Jović"}, True),
        (("مريم", "يوسفي"), {"given_name": "مریم", "family_name": "یوسفی"}, True),
        (("علی‌رضا", "کریمی"), {"given_name": "علیرضا", "family_name": "كريمي"}, True),
        (("Rūta", "Kazlauskienė"), {"family_name": "kazlauskiene"}, True),
        (("Vojislav", "Šešelj"), {"given_name": "Vo"}, False),
        (("Vojislav", "Šešelj"), {}, False),
        (("Vojislav", "Šešelj"), {"family_name": "Xyzzy"}, False),
    ],
)
def test_names_in_any_script_and_with_slips(worker, add, saved, typed, found):
    client = add(given_name=saved[0], family_name=saved[1])
    text = ask(worker.browser, **typed)
    assert (f"/clients/{client.pk}/" in text) == found
    assert ("Is this person already here?" in text) == found


def test_the_exact_national_number_whatever_the_name(worker, add):
    add(given_name="Ana", national_number="0101990-450007")
    assert "same national number" in ask(worker.browser, given_name="Xy", national_number="0101990 450007")
    assert ask(worker.browser, national_number="0101990450") == ask(worker.browser)


@pytest.mark.parametrize(
    ("saved", "typed", "found"),
    [
        ("+389 70 123 456", "070 123 456", True),
        ("070 123 456", "00389 70 123456", True),
        ("+389 70 123 456", "۰۷۰۱۲۳۴۵۶", True),
        ("+389 70 123 456", "123456", True),
        ("+389 70 123 456", "23456", False),
        ("+389 70 123 456", "070 123 457", False),
    ],
)
def test_the_same_phone_at_home_and_abroad(worker, add, saved, typed, found):
    add(given_name="Ana", phone=saved)
    assert ("same phone" in ask(worker.browser, phone=typed)) == found


def test_the_likeliest_comes_first(alpha):
    with inside(alpha):
        years = {"far": 1950, "near": 1991, "day": None}
        for name, year in years.items():
            born = date(1990, 5, 1) if year is None else None
            ClientFactory(given_name="Ana", family_name="Kos", other_names=name, birth_year=year, born_on=born)
        ClientFactory(given_name="Ana", family_name="Kos", other_names="unknown")
        ClientFactory(given_name="Zoran", family_name="", other_names="phone", phone="070123456")
        ClientFactory(given_name="Petar", family_name="", other_names="number", national_number="77")

        def order(**typed):
            return [client.other_names for client in Client.objects.similar_to("Ana", "Kos", **typed)]

        assert order(birth_year=1990) == ["day", "near", "unknown", "far"]
        assert order(born_on=date(1990, 1, 1)) == ["day", "near", "unknown", "far"]
        assert order(phone="070123456", number="77")[:2] == ["number", "phone"]
        assert not Client.objects.similar_to().exists()


def test_what_is_half_typed_is_no_mistake(worker, add):
    add(given_name="Ana", family_name="Kos")
    assert "Ana Kos" in ask(worker.browser, given_name="Ana", born_on="1/", birth_year="19")


def test_of_a_person_in_a_colleagues_care_only_the_name_is_told(worker, add, seat_in):
    colleague = seat_in(worker.ref, Role.MENTOR)
    secret = {"birth_year": 1990, "place": "Secretville", "other_names": "Nickname", "phone": "070123456"}
    client = add(given_name="Ana", family_name="Kos", assigned_to=colleague.membership_id, **secret)
    text = ask(worker.browser, given_name="Ana", family_name="Kos", phone="070123456")
    assert "Ana Kos" in text
    assert f"In the care of {colleague.name}: ask them." in text
    for words in (str(client.pk), "1990", "Secretville", "Nickname", "same phone"):
        assert words not in text


def test_merged_records_are_not_asked_about(worker, add):
    kept = add(given_name="Ana", family_name="Kos")
    with inside(worker.ref):
        ClientFactory(given_name="Ana", family_name="Koss", merged_into=kept)
    assert "Koss" not in ask(worker.browser, given_name="Ana", family_name="Kos")


def test_another_organisations_people_are_not_here(worker, beta):
    with inside(beta):
        ClientFactory(known=True, given_name="Leak", family_name="Kos")
    typed = {"given_name": "Leak", "phone": "070 123 456", "national_number": "0101990450007"}
    assert "Leak" not in ask(worker.browser, **typed)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_matches(worker, add, number, django_assert_num_queries):
    for _ in range(number):
        add(given_name="Ana", family_name="Kos", assigned_to=worker.membership.pk)
    with django_assert_num_queries(8):
        ask(worker.browser, given_name="Ana", family_name="Kos")
