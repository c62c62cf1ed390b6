"""Signs are the same for the same person, however the name is written, and tell nothing without the pepper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from halka.common.sealing.keyring import DataKey
from network_registry.exchange.match_enums import TokenKind
from tenants.caseloads.models import Client
from tenants.referrals.domain.elsewhere.signs import fingerprint, signs_of, sound_of

PEPPER = DataKey(1, b"p" * 32)
ALL = ("identity", "contact", "official")
BORN = date(1990, 5, 17)


def signs(*scopes: str, **details: Any) -> dict[TokenKind, set[bytes]]:
    found: dict[TokenKind, set[bytes]] = {}
    for kind, digest in signs_of(Client(**details), scopes or ALL, PEPPER):
        found.setdefault(kind, set()).add(digest)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Ana", "family_name": "Šešelj"}, {"given_name": "АНА", "family_name": "Шешељ"}),
        ({"given_name": "Đorđe", "family_name": "Ilić"}, {"given_name": "Djordje", "family_name": "ILIC"}),
        ({"given_name": "Ana", "family_name": "Ilić"}, {"given_name": "Ilić", "family_name": "Ana"}),
        ({"given_name": "كبري", "family_name": "کاظمی"}, {"given_name": "کبری", "family_name": "كاظمي"}),
    ],
)
def test_a_name_is_one_in_every_spelling(one: dict[str, str], other: dict[str, str]) -> None:
    assert signs(**one, born_on=BORN) == signs(**other, born_on=BORN)


def test_another_name_counts_as_an_earlier_one_or_as_a_whole_spelling() -> None:
    now = signs(given_name="Ana", family_name="Ilić", other_names="Petrović", birth_year=1990)
    then = signs(given_name="Ana", family_name="Petrović", birth_year=1990)
    assert then[TokenKind.NAME_YEAR] < now[TokenKind.NAME_YEAR]
    nick = signs(given_name="Zoka", family_name="Ilić", birth_year=1990)
    with_nick = signs(given_name="Zorana", family_name="Ilić", other_names="Zoka", birth_year=1990)
    assert nick[TokenKind.NAME_YEAR] < with_nick[TokenKind.NAME_YEAR]
    persian = signs(given_name="نرگس", family_name="کریمی", other_names="Narges Karimi", birth_year=1990)
    latin = signs(given_name="Narges", family_name="Karimi", birth_year=1990)
    assert latin[TokenKind.NAME_YEAR] < persian[TokenKind.NAME_YEAR]


@pytest.mark.parametrize(
    ("latin", "persian"),
    [
        ("Narges Karimi", "نرگس کریمی"),
        ("Mohammad Rezaei", "محمد رضایی"),
        ("Khadijeh Ghasemi", "خدیجه قاسمی"),
        ("Shirin Jafari", "شیرین جعفری"),
    ],
)
def test_a_name_sounds_the_same_in_both_scripts(latin: str, persian: str) -> None:
    (given, family), (also_given, also_family) = latin.split(), persian.split()
    one = signs(given_name=given, family_name=family, birth_year=1990)
    other = signs(given_name=also_given, family_name=also_family, birth_year=1990)
    assert one[TokenKind.SOUND_LATIN] == other[TokenKind.SOUND_PERSIAN]
    assert not one[TokenKind.NAME_YEAR] & other[TokenKind.NAME_YEAR]
    assert sound_of("aaa") == ""


def test_a_number_and_a_phone_are_found_however_they_were_typed() -> None:
    one = signs(given_name="A", national_number="17-05-990 710.001", phone="+389 70 123 456")
    other = signs(given_name="B", national_number="۱۷۰۵۹۹۰۷۱۰۰۰۱", phone="070/123-456")
    assert one == other
    assert one.keys() == {TokenKind.NUMBER, TokenKind.PHONE}


@pytest.mark.parametrize(
    "details",
    [
        {"given_name": "Ana", "family_name": "Ilić"},  # no birth
        {"given_name": "Ana", "birth_year": 1990},  # half a name
        {"family_name": "Ilić", "birth_year": 1990},
        {"other_names": "Ana", "birth_year": 1990},
        {"given_name": "Ana", "national_number": "123", "phone": "123 45"},  # too short
    ],
)
def test_too_little_is_no_sign(details: dict[str, Any]) -> None:
    assert signs(**details) == {}


def test_names_of_one_consonant_have_no_sound() -> None:
    assert signs(given_name="Ana", family_name="Io", birth_year=1990).keys() == {TokenKind.NAME_YEAR}


def test_only_what_was_agreed_to() -> None:
    details: dict[str, Any] = {
        "given_name": "Ana", "family_name": "Ilić", "born_on": BORN, "phone": "070 123 456",
        "national_number": "1234567",
    }  # fmt: skip
    assert signs("contact", **details).keys() == {TokenKind.PHONE}
    assert signs("official", **details).keys() == {TokenKind.NUMBER}
    names = {TokenKind.NAME_DAY, TokenKind.NAME_YEAR, TokenKind.SOUND_LATIN}
    assert signs("identity", "health", **details).keys() == names


def test_another_pepper_makes_other_signs() -> None:
    client = Client(given_name="A", national_number="1234567")
    one, other = (signs_of(client, ALL, pepper) for pepper in (PEPPER, DataKey(2, b"q" * 32)))
    assert one != other
    assert fingerprint(one, BORN) != fingerprint(other, BORN)
    assert fingerprint(one, BORN) != fingerprint(one, date(1990, 5, 18))
    assert fingerprint(one * 2, BORN) == fingerprint(list(reversed(one * 2)), BORN)
