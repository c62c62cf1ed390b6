"""Alpha is to become part of beta: people, a place with a service, and records in both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client as Browser

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.directory.domain.entries import renew
from network_registry.directory.models import Location, Offer, Service
from network_registry.exchange.enums import Service as Need
from network_registry.exchange.models import Deadlines
from network_registry.membership.models import Merger
from tenants.caseloads.models import Client
from tenants.mergers.domain import answering, proposing
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tests.tenants.relocations.conftest import whole_record


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@dataclass
class Both:
    """The two, with a manager's seat in each and the secretariat's."""

    alpha: OrganisationRef
    beta: OrganisationRef
    secretariat: OrganisationRef
    ours: Seat
    theirs: Seat
    desk: Seat
    tasks: Callable[[], Any]

    def propose(self, **values: Any) -> Merger:
        with self.tasks(), inside(self.secretariat):
            given = {"absorbed": self.alpha.id, "remaining": self.beta.id, "reason": "One house", **values}
            return proposing.propose(**given, by=self.desk)

    def agree(self, merger: Merger) -> Merger:
        for ref, seat in ((self.alpha, self.ours), (self.beta, self.theirs)):
            with self.tasks(), inside(ref):
                answering.answer(merger=Merger.objects.get(pk=merger.pk), agrees=True, by=seat)
        return Merger.objects.with_sides().get(pk=merger.pk)

    def begin(self, merger: Merger) -> Merger:
        with self.tasks(), inside(self.secretariat):
            proposing.begin(merger=merger.pk, by=self.desk)
        return Merger.objects.with_sides().get(pk=merger.pk)

    def merge(self) -> Merger:
        return self.begin(self.agree(self.propose()))

    def look(self, merger: Merger) -> Merger:
        with self.tasks(), inside(self.secretariat):
            proposing.look_again(merger=merger.pk, by=self.desk)
        return Merger.objects.with_sides().get(pk=merger.pk)

    def confirm(self, merger: Merger) -> None:
        with inside(self.beta):
            found = Merger.objects.get(pk=merger.pk)
            answering.confirm_undo(merger=found, changed=found.seen["changed"], by=self.theirs)

    def undo(self, merger: Merger) -> Merger:
        with self.tasks(), inside(self.secretariat):
            proposing.ask_undo(merger=merger.pk, reason="It did not work out", by=self.desk)
        return Merger.objects.with_sides().get(pk=merger.pk)


@pytest.fixture
def both(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    secretariat: OrganisationRef,
    seat_in: Callable[..., Seat],
    tasks: Callable[[], Any],
) -> Both:
    desk = seat_in(secretariat, Role.SECRETARIAT)
    return Both(alpha, beta, secretariat, seat_in(alpha, Role.MANAGER), seat_in(beta, Role.MANAGER), desk, tasks)


@pytest.fixture
def person(both: Both) -> Client:
    """A whole record in alpha."""
    with inside(both.alpha):
        return whole_record(both.ours)


def offer_of(ref: OrganisationRef, **values: Any) -> Offer:
    """A service of theirs at a place of theirs, shown in the directory."""
    given: dict[str, Any] = {"organisation_id": ref.id}
    service = values.get("service") or Service.objects.create(
        names={"en": "Baking"}, need=Need.MENTORING, **given
    )  # fmt: skip
    place = values.get("location") or Location.objects.create(name="House", place="Tetovo", country="MK", **given)
    offer = Offer.objects.create(service=service, location=place, **given)
    renew(Offer.objects.filter(pk=offer.pk))
    return offer


@pytest.fixture
def offered(both: Both) -> Offer:
    """Of alpha's, with deadlines of its own."""
    Deadlines.objects.create(organisation_id=both.alpha.id, first_reminder=2)
    return offer_of(both.alpha)


@pytest.fixture
def desk_page(both: Both, client_of: Callable[..., Browser], settings: Any) -> Browser:
    settings.DEMO = True
    return client_of(User.objects.get(pk=both.desk.user_id), both.secretariat)


@pytest.fixture
def page_in(both: Both, client_of: Callable[..., Browser], settings: Any) -> Callable[[OrganisationRef], Browser]:
    """The manager's browser in alpha or beta."""
    settings.DEMO = True
    seats = {both.alpha.id: both.ours, both.beta.id: both.theirs}
    return lambda ref: client_of(User.objects.get(pk=seats[ref.id].user_id), ref)


def state(ref: OrganisationRef) -> str:
    return str(Organisation.objects.values_list("state", flat=True).get(pk=ref.id))


def seats_of(user_id: int) -> dict[str, str]:
    """Short name -> role, of all places that the account has now."""
    found = Membership.objects.active().filter(user=user_id)
    return dict(found.values_list("organisation__schema_name", "role"))
