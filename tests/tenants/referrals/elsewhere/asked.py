"""Alpha asks beta about somebody whom both know, in the state that a test needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from halka.audit.models import Entry
from network_registry.exchange.dealing_enums import AccessPurpose
from network_registry.exchange.enums import Remains
from network_registry.exchange.models import Access as SharedAccess
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums import ConsentGiven, ConsentPurpose
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain.elsewhere import access as verbs
from tenants.referrals.models import Access, AccessStep

SECRETS = ("Zamfirija", "Kovrdžić", "987 6543", "Asthma")


@pytest.fixture
def owned(theirs: SimpleNamespace) -> Client:
    """Beta's client, whom beta is asked about."""
    with inside(theirs.ref):
        details = ClientDetails(
            given_name="Zamfirija", family_name="Kovrdžić", phone="+381 64 987 6543", health="Asthma", birth_year=1987
        )
        return add_client(details=details, assigned_to=theirs.seat.membership_id, by=theirs.seat)


@pytest.fixture
def known(ours: SimpleNamespace) -> Client:
    """The same woman, as alpha knows her."""
    with inside(ours.ref):
        details = ClientDetails(given_name="Zamfirija", family_name="Kovrdžić", birth_year=1987)
        return add_client(details=details, assigned_to=ours.seat.membership_id, by=ours.seat)


def agreed(purpose: ConsentPurpose, recipient: SimpleNamespace, **values: Any) -> NewConsent:
    return NewConsent(
        **{
            "purpose": purpose,
            "recipient": Organisation.objects.get(pk=recipient.ref.id),
            "scopes": ["identity", "contact"] if purpose == ConsentPurpose.ACCESS else ["identity"],
            "how_given": ConsentGiven.SIGNED,
            "expires_on": timezone.localdate() + timedelta(days=60),
            **values,
        }
    )


Ask = Callable[..., SimpleNamespace]


@pytest.fixture
def ask(ours, theirs, known, owned, tasks) -> Ask:
    """`ask()`: alpha asks beta about its client, by name; both copies' keys."""

    def make(new: NewConsent | None = None, *, named: bool = True, **values: Any) -> SimpleNamespace:
        with tasks(), inside(ours.ref):
            wanted = verbs.Request(
                **{
                    "target": Organisation.objects.get(pk=theirs.ref.id),
                    "purpose": AccessPurpose.PLAN,
                    "scopes": ["identity", "contact", "health"],
                    "note": "For a plan",
                    **values,
                }
            )
            if new is None and named:
                new = agreed(ConsentPurpose.ASKING, theirs)
            made = verbs.ask_access(client=known, request=wanted, new_consent=new, by=ours.seat)
        with inside(theirs.ref):
            came = Access.objects.filter(shared=made.shared_id).first()
        return SimpleNamespace(shared=made.shared_id, out=made.pk, into=came and came.pk)

    return make


def copy_of(shared: Any) -> Access:
    return Access.objects.select_related("shared", "client", "other", "consent").get(shared=shared)


def grant(theirs, ours, owned, shared, tasks, **values: Any) -> None:
    with tasks(), inside(theirs.ref):
        access = copy_of(shared)
        if access.client is None:
            verbs.name_client(access=access, client=owned, by=theirs.seat)
        new = agreed(ConsentPurpose.ACCESS, ours, **values)
        verbs.grant_access(access=copy_of(shared), new_consent=new, note="Until spring", by=theirs.seat)


@pytest.fixture
def granted(ask, ours, theirs, owned, tasks) -> SimpleNamespace:
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks)
    return made


def shared_of(made: SimpleNamespace) -> SharedAccess:
    return SharedAccess.objects.get(pk=made.shared)


def erased_on_both_sides(made, ours, theirs) -> bool:
    with inside(ours.ref):
        copy = copy_of(made.shared)
        assert copy.values == []
        assert copy.erased_at is not None
        here = AccessStep.objects.filter(type="settled").count()
    with inside(theirs.ref):
        there = AccessStep.objects.filter(type="settled").count()
        assert Entry.objects.filter(action="access.settled").count() == 1
    return (here, there, shared_of(made).remains) == (1, 1, Remains.ERASED)
