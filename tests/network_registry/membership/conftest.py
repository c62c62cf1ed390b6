"""Applications in each state, made by the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.membership.domain import applying
from network_registry.membership.domain.reviewing import LicenceTerms
from network_registry.membership.models import Application
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import Kind
from tenants.organisations.models import Organisation

_numbers = count(1)
PDF = b"%PDF-1.4 paper"
COMPLETE: dict[str, Any] = {
    "names": {"en": "New Paths", "fa": "راه‌های نو"},
    "kind": "ngo",
    "province": "South",
    "registration_number": "77/2020",
    "registered_with": "Register of associations",
    "board": "Vesna Board, chair",
    "manager_name": "Mira First",
    "manager_email": "mira@newpaths.example",
    "about": "Helps people into work.",
    "services": ["mentoring"],
    "languages": ["en"],
    "time_zone": "Europe/Skopje",
    "workspace_language": "en",
}


@pytest.fixture
def draft(db: None) -> Callable[..., tuple[Application, str]]:
    """`draft(province="North")`: complete but not sent, with its token."""

    def make(**values: Any) -> tuple[Application, str]:
        email = values.pop("contact_email", "office@newpaths.example")
        application, token = applying.begin(name="New Paths", email=email, language="en")
        short_name = f"newpaths{next(_numbers)}"
        kept = applying.keep(application=application, values={**COMPLETE, "short_name": short_name, **values})
        return kept, token

    return make


@pytest.fixture
def sent(draft: Callable[..., tuple[Application, str]]) -> Callable[..., Application]:
    def make(**values: Any) -> Application:
        application, _token = draft(**values)
        return applying.send(application=application)

    return make


@pytest.fixture
def branch(beta: OrganisationRef) -> OrganisationRef:
    """Beta, as the branch of the province South."""
    return as_branch(beta, "South")


def as_branch(ref: OrganisationRef, province: str) -> OrganisationRef:
    Organisation.objects.filter(pk=ref.id).update(kind=Kind.BRANCH, province=province)
    forget_hosts(ref.id)
    return Organisation.objects.get(pk=ref.id).ref()


@pytest.fixture
def secretary(seat_in: Callable[..., Seat], secretariat: OrganisationRef) -> Seat:
    return seat_in(secretariat, Role.SECRETARIAT)


@pytest.fixture
def officer(seat_in: Callable[..., Seat], branch: OrganisationRef) -> Seat:
    return seat_in(branch, Role.PROVINCIAL)


def terms(**values: Any) -> LicenceTerms:
    today = timezone.localdate()
    return LicenceTerms(**{"valid_from": today, "valid_until": today + timedelta(days=365), **values})


@pytest.fixture
def browser() -> Client:
    """Somebody who is nobody yet, on the network's host."""
    return Client(headers={"host": settings.BASE_DOMAIN})


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], Any]], int]:
    """`count_queries(function)`: how many statements it sends."""

    def count(function: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            function()
        return len(captured)

    return count
