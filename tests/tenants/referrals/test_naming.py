"""What is read before acceptance does not say who the person is, however it is written."""

from __future__ import annotations

import pytest

from tenants.caseloads.models import Client
from tenants.referrals.domain.naming import says_who

ZORANA = {"given_name": "Zorana", "family_name": "Izmišljena"}


def found(text: str, **values: str) -> str:
    return says_who(Client(**{**ZORANA, **values}), text)


@pytest.mark.parametrize(
    "text",
    [
        "Zorana needs a mentor",
        "ZORANA",
        "needs a mentor, zorana does",
        "Razgovarajte sa Zoranom",
        "Zoranin brat je dolazio",
        "Зорани треба посао",
        "gospođa Izmišljene",
        "Izmišljenoj treba posao",
        "izmisljena",
        "Zorana’s mother",
        "Zo rana",
        "Zora-na",
    ],
)  # fmt: skip
def test_the_name_is_found_in_every_form(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        ("Petar", "Ivić", "Petra treba ohrabriti"),
        ("Blerim", "Fiktiv", "Blerimit i duhet punë"),
        ("Drita", "Shpikur", "Për Dritën Shpikur"),
        ("Jonas", "Išgalvotas", "Jonui reikia darbo"),
        ("نرگس", "خیالی", "نرگس به کار نیاز دارد"),
        ("نرگس", "خیالی", "به نرگس‌جان کمک کنید"),
        ("نرگس", "خیالی", "خيالي"),  # as an Arabic keyboard writes it
        ("محمدرضا", "خیالی", "محمد رضا کار می‌خواهد"),
        ("Bo", "Li", "A mentor for Bo Li, please"),
        ("Bo", "Li", "A mentor for Li Bo, please"),
        ("Ana Marija", "Novak", "Marija is shy"),
        ("Ana", "Novak", "Za Anu"),
    ],
)
def test_names_of_all_our_languages(given: str, family: str, text: str) -> None:
    assert found(text, given_name=given, family_name=family)


def test_other_names_are_names_too() -> None:
    assert found("People call her Zoki", other_names="Zoki") == "Zoki"


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        ("Hope", "Invented", "She has lost hope. Hope is what she needs."),
        ("Mark", "Invented", "The grades leave their mark, he may say"),
        ("امید", "خیالی", "به امید و کار نیاز دارد"),
        ("Nada", "Izmišljena", "Nada je važna, nada umire poslednja"),
        ("Will", "Invented", "Will learn quickly; she will be glad"),
        ("Ana", "Novak", "any job, an easy one; one by one"),
        ("Marko", "Novak", "Skuplja marke; a new start"),
        ("Bo", "Li", "Ima li posla?"),
        ("Jo", "", "jo"),
        ("Zora", "Petrović", "pet godina bez posla"),
    ],
)
def test_words_of_every_day_are_no_names(given: str, family: str, text: str) -> None:
    assert found(text, given_name=given, family_name=family) == ""


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        ("Hope", "Invented", "A mentor for Hope, who is shy"),
        ("Hope", "Invented", "hope invented is shy"),
        ("Hope", "Invented", "mrs hope"),
        ("Hope", "Invented", "Mrs. Hope is shy"),
        ("امید", "خیالی", "آقای امید کار می‌خواهد"),
        ("Nada", "Sloboda", "Nada Sloboda"),
    ],
)
def test_such_words_are_names_where_they_are_written_as_such(given: str, family: str, text: str) -> None:
    assert found(text, given_name=given, family_name=family)


@pytest.mark.parametrize(
    "text",
    [
        "+381 11 000 111 2",
        "011/000-1112",
        "call (011) 000.11.12 or write",
        "0 1 1 0 0 0 1 1 1 2",
        "۰۱۱ ۰۰۰ ۱۱۱۲",
        "٠١١٠٠٠١١١٢",
    ],
)
def test_the_telephone_is_found_however_it_is_written(text: str) -> None:
    assert found(text, phone="+381 11 000 1112") == "+381 11 000 1112"


def test_numbers_of_other_things_are_not_hers() -> None:
    text = "2 children, 381 days without work since 2011, flat 000, 11 places, 12 years of school"
    assert found(text, phone="+381 11 000 1112", national_number="0101 990 71 0018", reference="2011") == ""


def test_a_short_number_is_no_number() -> None:
    assert found("at 12345 o'clock", phone="12345") == ""


def test_the_national_number_is_found() -> None:
    assert found("JMBG ۰۱۰۱۹۹۰۷۱۰۰۱۸", national_number="0101 990 71 0018") == "0101 990 71 0018"


@pytest.mark.parametrize("text", ["file M-2024/17", "M 2024 17", "see m2024-17, please"])
def test_the_number_of_our_file_is_found(text: str) -> None:
    assert found(text, reference="M-2024/17") == "M-2024/17"


@pytest.mark.parametrize("text", ["ZORA@example.org", "zora @ example . org"])
def test_the_address_is_found(text: str) -> None:
    assert found(text, given_name="Q", family_name="", email="zora@example.org") == "zora@example.org"


def test_a_text_about_the_need_passes() -> None:
    text = "She has worked in shops for 12 years; needs courage, a patient mentor and help with letters. زن جوان"
    assert found(text, phone="+381 11 000 1112", email="z@example.org", reference="A-7") == ""


def test_nothing_is_found_in_nothing() -> None:
    assert found("") == ""
