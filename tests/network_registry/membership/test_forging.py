"""What a reviewer's database role may not do, whatever SQL it runs: found another secretariat, decide above itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from network_registry.membership.domain import applying, batches, reviewing
from network_registry.membership.enums import ApplicationState, DeclineReason
from network_registry.membership.models import Application, Batch, Event, Licence, Opening
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tests.network_registry.membership.conftest import terms

REFUSED = r"permission denied|row-level security"


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        yield


def brought(kind: str, province: str = "South") -> Application:
    """As a sheet brings it."""
    return Application(
        reference=f"N-{kind[:8]}", state="licensed", source="sheet", sent_at=timezone.now(), province=province,
        kind=kind, contact_email="office@example.org",
    )  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.SECRETARIAT, Kind.BRANCH, ""])
def test_a_branch_brings_in_nobody_who_decides(branch: OrganisationRef, kind: str) -> None:
    with inside(branch):
        with refused():
            brought(kind).save(force_insert=True)
        brought(Kind.PARTNER).save(force_insert=True)


def test_not_even_the_secretariat_founds_another_one(secretariat: OrganisationRef) -> None:
    with inside(secretariat):
        with refused():
            brought(Kind.SECRETARIAT).save(force_insert=True)
        brought(Kind.BRANCH, "North").save(force_insert=True)


def test_a_sheet_that_was_written_over_brings_in_nobody_who_decides(branch: OrganisationRef, officer: Seat) -> None:
    """Its rows are kept between reading and confirming, where the branch's role may write them."""
    with inside(branch):
        content = b"Name,Short name,First manager,E-mail of the first manager\nOne,oneone,Mira,mira@example.org\n"
        batch = batches.read_sheet(content=content, file_name="a.csv", by=officer)
        rows = batch.rows
        rows[0]["values"]["kind"] = Kind.SECRETARIAT
        Batch.objects.filter(pk=batch.pk).update(rows=rows)
        with refused():
            batches.confirm(batch=batch.pk, is_provisional=True, by=officer)
    assert not Application.objects.exists()


@pytest.mark.parametrize("state", ["sent", "asked", "declined", "appealed"])
def test_a_workspace_is_made_for_what_is_licensed_alone(
    branch: OrganisationRef, officer: Seat, sent: Callable[..., Application], state: str
) -> None:
    """An appeal is not decided by whoever declined, by no way round."""
    application = sent()
    with inside(branch):
        if state == "asked":
            reviewing.ask(application=application.pk, question="Why?", by=officer)
        if state in ("declined", "appealed"):
            reviewing.decline(application=application.pk, reason=DeclineReason.OTHER, text="No", by=officer)
    if state == "appealed":
        applying.appeal(application=application, text="Look again")
    assert Application.objects.get().state == state
    with inside(branch):
        with refused():
            reviewing.grant(terms(), officer, application=application)
        with refused():
            Opening.objects.create(application=application)
        if state in ("declined", "appealed"):  # neither out of reach nor back by a state written by hand
            assert Application.objects.filter(pk=application.pk).update(state="licensed") == 0
    assert not Licence.objects.exists()


def test_its_history_says_who_it_was(branch: OrganisationRef, officer: Seat, sent: Callable[..., Application]) -> None:
    """An appeal that the applicant never made would leave them none."""
    application = sent()
    own = {"application": application, "organisation_id": branch.id}
    with inside(branch):
        for actor, state in [
            ("applicant", "appealed"), ("secretariat", "declined"), ("system", "opened"), ("branch", "appealed"),
            ("branch", "withdrawn"),
        ]:  # fmt: skip
            with refused():
                Event.objects.create(actor=actor, state=state, **own)
        reviewing.decline(application=application.pk, reason=DeclineReason.OTHER, text="No", by=officer)
    applying.appeal(application=application, text="Look again")
    assert [event.actor for event in application.events.all()] == ["applicant", "branch", "applicant"]


def test_a_licensed_one_gets_both(branch: OrganisationRef, officer: Seat, sent: Callable[..., Application]) -> None:
    application = sent()
    with inside(branch):
        reviewing.license_application(application=application.pk, terms=terms(), by=officer)
    assert Application.objects.get().state_now in (ApplicationState.LICENSED, ApplicationState.OPENED)
    assert Opening.objects.get().application.licence.granted_by_id == branch.id
