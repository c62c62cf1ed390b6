"""Adding, changing and assigning clients: what is written, what is audited, what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain.clients import (
    ClientDetails,
    add_client,
    assign_client,
    change_client,
    details_of,
    reference_alone,
)
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside

ANA = ClientDetails(given_name="Ana", family_name="Šešelj", phone="+381 60 123 45 67", born_on=date(1990, 3, 1))


@pytest.fixture
def seat(alpha, seat_in):
    seat = seat_in(alpha)
    with inside(alpha):
        yield seat


def entries():
    return list(Entry.objects.order_by("id").values_list("action", "target_id", "detail"))


def test_adding_writes_details_keys_and_audit(seat):
    client = add_client(details=ANA, assigned_to=seat.membership_id, by=seat)
    saved = Client.objects.with_people().get()
    assert details_of(saved) == ANA
    assert (saved.search_key, saved.version) == (" ana seselj 381601234567", 1)
    assert saved.assigned_to.name == saved.created_by.name == saved.changed_by.name == seat.name
    assert saved.created_at == saved.changed_at
    assert entries() == [("client.added", str(client.pk), {})]


def test_support_adds_nobodys_name(seat):
    support = Seat(user_id=seat.user_id, membership_id=None, role=None, name="Support", support_grant_id="x")
    client = add_client(details=ANA, by=support)
    assert (client.created_by_id, client.assigned_to_id) == (None, None)


def test_changing_names_the_fields_and_counts_the_version(seat):
    client = add_client(details=ANA, by=seat)
    details = ClientDetails(given_name="Anna", family_name="Šešelj", note="Secret")
    saved = change_client(client=client, details=details, seen_version=1, by=seat)
    assert saved.version == 2
    assert saved.changed_at > saved.created_at
    assert details_of(Client.objects.get()) == details
    assert Client.objects.get().search_key == " anna seselj"
    assert entries()[1] == ("client.changed", str(client.pk), {"fields": ["given_name", "born_on", "phone", "note"]})


def test_changing_nothing_writes_nothing(seat):
    client = add_client(details=ANA, by=seat)
    assert change_client(client=client, details=ANA, seen_version=1, by=seat).version == 1
    assert len(entries()) == 1


def test_a_version_that_is_not_the_seen_one_is_refused(seat):
    client = add_client(details=ANA, by=seat)
    change_client(client=client, details=ClientDetails(given_name="Anna"), seen_version=1, by=seat)
    with pytest.raises(EditedMeanwhile):
        change_client(client=client, details=ClientDetails(given_name="Other"), seen_version=1, by=seat)
    assert Client.objects.get().given_name == "Anna"
    assert len(entries()) == 2


def test_assigning_and_taking_away(seat):
    client = add_client(details=ANA, by=seat)
    me = seat.membership_id
    assert assign_client(client=client, to=me, by=seat).version == 2
    assert assign_client(client=client, to=me, by=seat).version == 2
    assert assign_client(client=client, to=None, by=seat).assigned_to_id is None
    assert [detail for action, _, detail in entries() if action == "client.assigned"] == [
        {"from": None, "to": str(me)},
        {"from": str(me), "to": None},
    ]


def test_only_a_file_number_given_twice_is_told_as_that():
    with pytest.raises(IntegrityError, match="something else"), reference_alone():
        raise IntegrityError("something else")
