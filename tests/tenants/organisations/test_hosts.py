"""The proxy's question before it fetches a certificate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from halka.common.current import OrganisationRef
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation

NETWORK = "halka.urls_network"


@pytest.fixture
def answer(client_of: Callable[..., Client]) -> Callable[[str], int]:
    client = client_of(None)
    return lambda domain: client.get(reverse("tls-check", urlconf=NETWORK), {"domain": domain}).status_code


def test_our_hosts_are_known(alpha: OrganisationRef, answer: Callable[[str], int]) -> None:
    assert answer("halka.localhost") == 200
    assert answer("alpha.halka.localhost") == 200
    assert answer("ALPHA.halka.localhost") == 200


@pytest.mark.parametrize("domain", ["", "nobody.halka.localhost", "example.org", "a.alpha.halka.localhost", "\0"])
def test_other_hosts_are_not(alpha: OrganisationRef, answer: Callable[[str], int], domain: str) -> None:
    assert answer(domain) == 404


def test_a_closed_organisation_gets_no_certificate(alpha: OrganisationRef, answer: Callable[[str], int]) -> None:
    Organisation.objects.filter(pk=alpha.id).update(state=State.CLOSED)
    forget_hosts(alpha.id)
    assert answer("alpha.halka.localhost") == 404


def test_it_is_answered_on_the_network_site_only(alpha: OrganisationRef, client_of: Callable[..., Client]) -> None:
    assert client_of(None, alpha).get("/-/tls-check/", {"domain": "halka.localhost"}).status_code != 200
