"""The first day in a new workspace: steps that know by themselves whether they are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.membership import guide
from network_registry.membership.domain.agreeing import agree
from network_registry.membership.models import FirstDay, FrameworkVersion
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.domain.invitations import NewInvitation, invite
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.network_registry.directory.conftest import offered

__all__ = ["offered"]


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


def test_each_step_knows_from_the_data(
    alpha: OrganisationRef, manager: Seat, offered: Any, beta: OrganisationRef
) -> None:
    offered(beta)  # of somebody else
    framework = FrameworkVersion.objects.create(number=1, texts={"en": "We promise."})

    def done() -> dict[str, bool]:
        with inside(alpha):
            return {step.key: step.is_done() for step in guide.steps_for(manager)}

    assert list(done()) == ["framework", "people", "languages", "clients", "curriculum", "services"]
    assert not any(done().values())
    with inside(alpha):
        asked = NewInvitation("Ana", "ana@example.org", Role.MENTOR, "en")
        invite(invitation=asked, by=manager)
        record(action="settings.changed", by=manager)
        agree(framework=framework, name="Ana", office="chair", language="en", by=manager)
        add_client(details=ClientDetails(given_name="Ana", family_name="Ana"), by=manager)
    offered(alpha)
    assert [key for key, is_done in done().items() if not is_done] == ["curriculum"]


def test_it_is_shown_until_it_is_put_away(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> None:
    settings.DEMO = True
    desk = client_of(member(alpha, Role.MANAGER), alpha)
    title = b"Your first day here"
    assert title not in desk.get("/").content  # here since long ago
    FirstDay.objects.create(organisation_id=alpha.id)
    content = desk.get("/").content
    assert title in content
    assert b"/members/invite/" in content
    worker = client_of(member(alpha, Role.CASEWORKER), alpha)
    assert title not in worker.get("/").content
    Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED)
    assert title not in desk.get("/").content  # nothing of it could be done
    Organisation.objects.filter(pk=alpha.id).update(state=State.ACTIVE)
    assert worker.post("/first-day/done/").status_code == 403
    for _time in range(2):
        assert desk.post("/first-day/done/").status_code == 302
    assert title not in desk.get("/").content
    assert FirstDay.objects.get().ended_by_name
    with inside(alpha):
        assert Entry.objects.filter(action="first_day.dismissed").count() == 1


def test_it_goes_by_itself_when_all_is_done(
    alpha: OrganisationRef, manager: Seat, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    FirstDay.objects.create(organisation_id=alpha.id)
    request = rf.get("/")
    request.organisation, request.seat = alpha, manager
    steps = {key: guide.Step(**{**vars(step), "is_done": lambda: True}) for key, step in guide._steps.items()}
    with inside(alpha):
        assert guide.on_today(request) is not None
        monkeypatch.setattr(guide, "_steps", steps)
        assert guide.on_today(request) is None


def test_what_an_organisation_does_not_do_is_not_asked_of_it(
    secretariat: OrganisationRef, seat_in: Callable[..., Seat]
) -> None:
    seat = seat_in(secretariat, Role.SECRETARIAT)
    with inside(secretariat):
        assert [step.key for step in guide.steps_for(seat)] == ["people", "languages"]
