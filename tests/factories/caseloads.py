"""Clients for tests. To be used inside of an organisation."""

from __future__ import annotations

import factory

from tenants.caseloads import keys
from tenants.caseloads.models import Client


class ClientFactory(factory.django.DjangoModelFactory):
    """A client with a name and nothing else; `known=True` fills in everything a record can hold."""

    class Meta:
        model = Client

    class Params:
        known = factory.Trait(
            other_names="Beni",
            birth_year=1990,
            sex="male",
            phone="+389 70 123 456",
            email="known@example.org",
            place="Tetovo",
            language="sq",
            languages=["mk", "tr"],
            education="vocational",
            strengths="Up early.",
            interests="Bread.",
            vulnerabilities=["long_term"],
            reference=factory.Sequence(lambda number: f"F-{number}"),
            national_number="0101990450007",
            health="Flour makes him cough.",
            note="Wants to become a baker.",
        )

    given_name = factory.Sequence(lambda number: f"Given{number}")
    family_name = factory.Sequence(lambda number: f"Family{number:04}")
    other_names = ""
    phone = ""
    search_key = factory.LazyAttribute(
        lambda it: keys.search_key(it.given_name, it.family_name, it.other_names, it.phone)
    )
    sort_key = factory.LazyAttribute(lambda it: keys.sort_key(it.given_name, it.family_name))
