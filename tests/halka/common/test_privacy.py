"""The one classification that export, erasure, disclosure and redaction read."""

from __future__ import annotations

import pytest

from halka.common import privacy
from halka.common.privacy import ABOUT_THE_PERSON, Kind
from tenants.caseloads.models import Client, JournalEntry
from tenants.organisations.models import Organisation


def test_the_kind_of_a_field() -> None:
    assert privacy.kind_of(Client, "family_name") == Kind.IDENTITY
    assert privacy.kind_of(Client, "assigned_to") == Kind.STAFF
    assert privacy.kind_of(Client, "version") == Kind.PLAIN


@pytest.mark.parametrize("name", ["nothing", "search"])
def test_a_field_that_nobody_classified(name: str) -> None:
    with pytest.raises(LookupError):
        privacy.kind_of(Client, name)


def test_a_model_that_classifies_nothing() -> None:
    with pytest.raises(LookupError, match="Organisation does not classify its fields"):
        privacy.fields_of(Organisation, Kind.IDENTITY)


def test_fields_come_in_the_order_of_the_model() -> None:
    names = privacy.fields_of(Client, Kind.CONTACT, Kind.IDENTITY)
    assert {"given_name", "family_name", "phone"} <= set(names)
    assert "assigned_to" not in names
    order = [field.name for field in Client._meta.get_fields()]
    assert names == sorted(names, key=order.index)


def test_every_model_with_people_is_found() -> None:
    assert {Client, JournalEntry} <= set(privacy.classified_models())


def test_names_that_are_about_people_anywhere() -> None:
    assert {"given_name", "phone", "note", "text"} <= privacy.personal_names()
    assert {"version", "id"} <= privacy.harmless_names()
    assert not privacy.personal_names() & privacy.harmless_names()
    assert "assigned_to" not in privacy.personal_names() | privacy.harmless_names()
    assert Kind.STAFF not in ABOUT_THE_PERSON
