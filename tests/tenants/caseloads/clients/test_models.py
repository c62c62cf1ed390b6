"""The words that reads are made of, and what the database itself refuses."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from halka.authorization.roles import Seat
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


@pytest.fixture
def people(alpha):
    with inside(alpha):
        for given, family, other in [
            ("Vojislav", "Šešelj", ""),
            ("Elira", "Ëndrra", "Lira"),
            ("Милица", "Јовић", ""),
            ("علی‌رضا", "كريمي", ""),
            ("Al", "Pacolli", ""),
        ]:
            ClientFactory(given_name=given, family_name=family, other_names=other, phone="+389 70 555 666")
        yield


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 5),
        ("  ", 5),
        ("seselj", 1),
        ("VOJ šeš", 1),
        ("endrra", 1),
        ("lira", 1),
        ("Jović", 1),
        ("jovic milica", 1),
        ("علیرضا کریمی", 1),
        ("al", 1),
        ("pacol", 1),
        ("acol", 1),
        ("070 555", 5),
        ("nobody", 0),
        ("%", 0),
        ("—", 0),
    ],
)
def test_search(people, text, found):
    assert Client.objects.search(text).count() == found


@pytest.mark.parametrize(
    ("names", "family"),
    [(("Voislav", "Seselj"), "Šešelj"), (("", "Endra"), "Ëndrra"), (("Milica", ""), "Јовић")],
)
def test_similar_names_are_found_in_spite_of_a_slip(people, names, family):
    assert [client.family_name for client in Client.objects.similar_to(*names)] == [family]


def test_similar_to_nothing(people):
    assert not Client.objects.similar_to("", "Xyzw").exists()


def test_assigned_to(alpha, seat_in):
    mine, other = seat_in(alpha), seat_in(alpha)
    support = Seat(user_id=1, membership_id=None, role=None, name="Support")
    with inside(alpha):
        client = ClientFactory(assigned_to_id=mine.membership_id)
        ClientFactory()
        assert list(Client.objects.assigned_to(mine)) == [client]
        assert not Client.objects.assigned_to(other).exists()
        assert not Client.objects.assigned_to(support).exists()


@pytest.mark.parametrize(
    "fields", [{"given_name": "", "family_name": ""}, {"born_on": date(1990, 1, 1), "birth_year": 1990}]
)
def test_the_database_refuses(alpha, fields):
    with inside(alpha), pytest.raises(IntegrityError), transaction.atomic():
        ClientFactory(**fields)


@time_machine.travel(datetime(2025, 3, 1, 12, tzinfo=UTC))
@pytest.mark.parametrize(
    ("fields", "age"),
    [
        ({}, None),
        ({"birth_year": 1990}, 35),
        ({"born_on": date(1990, 3, 1)}, 35),
        ({"born_on": date(1990, 3, 2)}, 34),
        ({"born_on": date(2004, 2, 29)}, 21),
    ],
)
def test_age(fields, age):
    assert Client(given_name="Ana", **fields).age == age


def test_a_client_reads_as_its_name():
    assert str(Client(given_name="Ana", family_name="Kos")) == "Ana Kos"
    assert str(Client(family_name="Kos")) == "Kos"
