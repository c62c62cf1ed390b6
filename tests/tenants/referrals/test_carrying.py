"""A look at what `make bench ONLY=deliveries` proves by the thousand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import carrying
from halka.common.current import OrganisationRef
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.models import Organisation
from tests.guards.crowd import remove

NAMES = ("fromhere", "tothere")


def clear() -> None:
    """What the two left in shared tables, and they themselves."""
    envelopes = Envelope.objects.filter(sender__schema_name__in=NAMES)
    OutboxItem.objects.filter(envelope__in=envelopes).delete()
    EnvelopeEvent.objects.filter(envelope__in=envelopes).delete()
    envelopes.delete()
    for left in Organisation.objects.filter(schema_name__in=NAMES):
        remove(left.ref())


@pytest.fixture
def two(login_walls: None) -> Iterator[list[OrganisationRef]]:
    """Two organisations with logins of their own, for what is committed; they are gone after the test."""
    clear()  # of a run that was killed
    yield [provision(new=NewOrganisation(name, {"en": name})).ref() for name in NAMES]
    clear()


@pytest.mark.slow
def test_whoever_is_killed_each_step_arrives_once_and_in_order(two: list[OrganisationRef], tmp_path: Path) -> None:
    report = carrying.run(*two, seed=20_261_122, goal=20, folder=tmp_path)
    assert report.holds, report
    assert report.referrals
    assert report.steps > report.referrals
