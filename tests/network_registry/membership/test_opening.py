"""From a licence to a workspace that answers: whole or not at all, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from halka.common.sealing import keyring
from network_registry.membership.domain import applying, opening, reviewing
from network_registry.membership.enums import ApplicationState, OpeningStepKind, StepState, Trouble
from network_registry.membership.errors import CannotTryAgain
from network_registry.membership.models import Application, Batch, Event, FirstDay, Licence, Opening, OpeningStep
from network_registry.membership.tasks import open_due, open_workspace
from tenants.organisations.domain import joining, provisioning
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Invitation, Membership, Organisation, SpareSchema
from tenants.organisations.walls import connections as walls
from tests import database
from tests.guards.crowd import remove
from tests.network_registry.membership.conftest import COMPLETE, as_branch, terms

NAME = "brandnew"
MANAGER = COMPLETE["manager_email"]


def clear() -> None:
    """As it was before: nothing here is rolled back."""
    Licence.objects.all().delete()
    Application.objects.all().delete()
    Batch.objects.all().delete()
    for made in Organisation.objects.filter(schema_name__startswith=NAME):
        FirstDay.objects.filter(organisation=made).delete()
        Membership.objects.filter(organisation=made).delete()
        Invitation.objects.filter(organisation=made).delete()
        remove(made.ref())
        keyring.discard(made.pk)
    Membership.objects.filter(user__email="maryam@example.org").delete()
    User.objects.filter(email__in=["maryam@example.org", MANAGER]).delete()
    Organisation.objects.filter(schema_name__in=["delta", "epsilon"]).update(kind=Kind.NGO, province="")


@pytest.fixture
def committing(committing: None) -> Iterator[None]:
    clear()
    yield
    clear()


@pytest.fixture
def network(committing: None) -> OrganisationRef:
    """Delta, as the branch of the province South: what is written into an audit here stays there."""
    return as_branch(database.organisation("delta"), "South")


@pytest.fixture
def maryam(network: OrganisationRef) -> Seat:
    user = User.objects.create_user("maryam@example.org", "a long passphrase", name="Maryam")
    membership = Membership.objects.create(organisation_id=network.id, user=user, role=Role.PROVINCIAL)
    return Seat(user.pk, membership.pk, Role.PROVINCIAL, "Maryam")


@pytest.fixture
def licensed(network: OrganisationRef, maryam: Seat, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Opening]:
    """`licensed()`: the work that waits after a licence; nobody has begun it."""

    def make(*, provisional: bool = True, **values: Any) -> Opening:
        application, _token = applying.begin(name="New Paths", email="office@newpaths.example", language="en")
        applying.keep(application=application, values={**COMPLETE, "short_name": NAME, **values})
        applying.send(application=application)
        with monkeypatch.context() as patched:
            patched.setattr(open_workspace, "delay", lambda *_: None)
            with inside(network):
                reviewing.license_application(
                    application=application.pk, terms=terms(is_provisional=provisional), by=maryam
                )
        return Opening.objects.get(application=application)

    return make


def traces() -> tuple[set[str], set[str], set[Any]]:
    """Schemas, roles and keys: what half an organisation would leave."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^(pg_|spare)'")
        schemas = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE '%%\\_o\\_%%'")
    return schemas, set(), set(keyring.organisations())


def states(work: Opening) -> list[str]:
    return list(work.steps.values_list("state", flat=True))


# --- the whole way -------------------------------------------------------------------------------------------
def test_from_a_licence_to_a_workspace_that_answers(licensed: Callable[..., Opening]) -> None:
    work = licensed()
    mail.outbox.clear()
    assert states(work) == ["waiting"] * 4
    assert open_workspace.delay(str(work.pk)).get() is True
    assert states(work) == ["done"] * 4
    work.refresh_from_db()
    assert work.finished_at is not None
    application = Application.objects.get()
    made = Organisation.objects.get(schema_name=NAME)
    assert (application.state, application.organisation) == (ApplicationState.OPENED, made)
    assert (made.names, made.state, made.province) == (COMPLETE["names"], State.PROVISIONAL, "South")
    assert Licence.objects.get().organisation == made
    assert FirstDay.objects.get().organisation == made
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {MANAGER, "office@newpaths.example"}
    assert f"http://{workspace_host(NAME)}" in told["office@newpaths.example"].body
    token = next(line for line in told[MANAGER].body.splitlines() if "/join/" in line).split("/")[-2]
    invitation = joining.invitation_behind(token)
    assert invitation is not None
    account = joining.open_account(invitation=invitation, name="Mira", password="a long passphrase")
    assert joining.join(invitation=invitation.pk, by=account).role == Role.MANAGER
    browser = Client(headers={"host": workspace_host(NAME)})
    browser.force_login(account)
    assert b"Your first day here" in _today(browser, made)
    assert open_workspace.delay(str(work.pk)).get() is False  # nothing is left to do


def _today(browser: Client, made: Organisation) -> bytes:
    """Past the second factor, which a manager is asked for first."""
    from django.test import override_settings

    with override_settings(DEMO=True):
        content: bytes = browser.get("/").content
    return content


def test_a_full_licence_below_whoever_granted_it(licensed: Callable[..., Opening], network: OrganisationRef) -> None:
    assert opening.open_workspace(opening=licensed(provisional=False, workspace_language="fa").pk)
    made = Organisation.objects.get(schema_name=NAME)
    assert (made.state, made.parent_id, made.calendar) == (State.ACTIVE, network.id, "jalali")


def by_the_secretariat(work: Opening, **values: Any) -> None:
    """As if it had licensed it, in any province."""
    Licence.objects.update(granted_by=Organisation.objects.get(schema_name="secretariat"))
    Application.objects.filter(pk=work.application_id).update(**values)


def test_below_the_branch_of_its_province(licensed: Callable[..., Opening], epsilon: OrganisationRef) -> None:
    work = licensed()
    as_branch(epsilon, "Farland")
    by_the_secretariat(work, province="Farland")
    assert opening.open_workspace(opening=work.pk)
    assert Organisation.objects.get(schema_name=NAME).parent_id == epsilon.id


def test_a_branch_gets_an_officer(licensed: Callable[..., Opening]) -> None:
    work = licensed()
    by_the_secretariat(work, kind=Kind.BRANCH, province="")
    assert opening.open_workspace(opening=work.pk)
    assert Invitation.objects.get(organisation__schema_name=NAME).role == Role.PROVINCIAL
    assert Organisation.objects.get(schema_name=NAME).parent is None


# --- interrupted ---------------------------------------------------------------------------------------------
class Killed(BaseException):
    """As a signal would: nothing that follows runs."""


@pytest.mark.parametrize("step", OpeningStepKind)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_it_goes_on(
    licensed: Callable[..., Opening], monkeypatch: pytest.MonkeyPatch, step: OpeningStepKind, moment: str
) -> None:
    """Before the step's work is done, or after it and before that is noted."""
    work = licensed()
    right = opening._STEPS[step]

    def killed(found: Opening) -> None:
        if moment == "after":
            right(found)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setitem(opening._STEPS, step, killed)
        with pytest.raises(Killed):
            opening.open_workspace(opening=work.pk)
    assert not opening.open_workspace(opening=work.pk)  # whoever was killed still holds it
    assert opening.due() == []
    with time_machine.travel(timezone.now() + opening.LEASE + timedelta(seconds=1)):
        assert opening.due() == [work.pk]
        assert open_due.delay().get() == 1
    assert states(work) == ["done"] * 4
    assert Organisation.objects.filter(schema_name=NAME).count() == 1
    waiting = Invitation.objects.filter(organisation__schema_name=NAME, accepted_at=None, withdrawn_at=None)
    assert waiting.count() == 1
    assert Application.objects.get().state == ApplicationState.OPENED
    assert Event.objects.filter(state=ApplicationState.OPENED).count() == 1
    assert keyring.exists(Organisation.objects.get(schema_name=NAME).pk)


@pytest.mark.parametrize("where", ["claim", "keys", "handing over"])
def test_killed_inside_of_the_first_step_nothing_is_left(
    licensed: Callable[..., Opening], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    work = licensed()
    before = traces()

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        if where == "claim":
            patched.setattr(provisioning.Domain.objects, "bulk_create", killed)
        elif where == "keys":
            patched.setattr(provisioning.keyring, "create", killed)
        else:
            patched.setattr(provisioning.ddl, "hand_over", killed)
        with pytest.raises(Killed):
            opening.open_workspace(opening=work.pk)
    assert traces() == before
    assert not Organisation.objects.filter(schema_name=NAME).exists()
    work.refresh_from_db()
    keyring.create(work.tried[0])  # what no exception takes back, where the process is gone at once
    with time_machine.travel(timezone.now() + opening.LEASE + timedelta(seconds=1)):
        assert opening.open_workspace(opening=work.pk)
    work.refresh_from_db()
    assert len(work.tried) == 2
    assert [keyring.exists(key) for key in work.tried] == [False, True]
    assert Organisation.objects.get(schema_name=NAME).pk == work.tried[-1]


def test_what_fails_for_our_reasons_is_tried_again_for_a_while(
    licensed: Callable[..., Opening], monkeypatch: pytest.MonkeyPatch, network: OrganisationRef, maryam: Seat
) -> None:
    work = licensed()

    def failing(_: Opening) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setitem(opening._STEPS, OpeningStepKind.LICENCE, failing)
        for number in range(1, opening.TRIES + 1):
            with time_machine.travel(timezone.now() + timedelta(hours=number)), pytest.raises(opening.OpeningFailed):
                opening.open_workspace(opening=work.pk)
            work.refresh_from_db()
            assert (work.due_at is None) == (number == opening.TRIES)
        assert open_due.delay().get() == 0
    assert states(work) == ["done", "failed", "waiting", "waiting"]
    assert work.trouble == Trouble.OURS
    monkeypatch.setattr(open_workspace, "delay", lambda *_: None)
    with inside(network):
        opening.try_again(opening=work, by=maryam)
    assert opening.open_workspace(opening=work.pk)
    with inside(network):
        with pytest.raises(CannotTryAgain):
            opening.try_again(opening=work, by=maryam)
        assert Entry.objects.filter(action="opening.tried_again", target_id=str(work.pk)).exists()
    assert states(work) == ["done"] * 4


def test_one_that_fails_holds_up_no_other(licensed: Callable[..., Opening], monkeypatch: pytest.MonkeyPatch) -> None:
    work = licensed()

    def failing(_: Opening) -> None:
        raise OSError

    monkeypatch.setitem(opening._STEPS, OpeningStepKind.INVITATION, failing)
    assert opening.open_all([work.pk, work.pk]) == 0
    assert states(work) == ["done", "done", "failed", "waiting"]


def test_a_name_that_was_taken_meanwhile_is_chosen_anew(
    licensed: Callable[..., Opening], network: OrganisationRef, maryam: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_workspace, "delay", lambda *_: None)
    work = licensed()
    Application.objects.update(short_name="epsilon")
    assert opening.open_workspace(opening=work.pk) is False
    work.refresh_from_db()
    assert (work.trouble, work.due_at, states(work)[0]) == (Trouble.NAME, None, "failed")
    assert opening.made_already(work) is None
    with inside(network):
        reviewing.change_short_name(application=work.application_id, short_name=NAME, by=maryam)
        opening.try_again(opening=work, by=maryam)
    assert opening.open_workspace(opening=work.pk)
    assert Organisation.objects.filter(schema_name=NAME).exists()
    work.refresh_from_db()
    assert work.trouble == ""


def test_whoever_joined_meanwhile_is_not_invited_again(licensed: Callable[..., Opening]) -> None:
    work = licensed()
    assert opening.open_workspace(opening=work.pk)
    made = Organisation.objects.get(schema_name=NAME)
    Invitation.objects.filter(organisation=made).update(accepted_at=timezone.now())
    user = User.objects.create_user(MANAGER, "a long passphrase", name="Mira")
    Membership.objects.create(organisation=made, user=user, role=Role.MANAGER)
    Opening.objects.update(finished_at=None)
    OpeningStep.objects.filter(kind=OpeningStepKind.INVITATION).update(state=StepState.WAITING)
    OpeningStep.objects.filter(kind=OpeningStepKind.ANNOUNCEMENT).update(state=StepState.WAITING)
    assert opening.open_workspace(opening=work.pk)
    assert Invitation.objects.filter(organisation=made).count() == 1
    assert Event.objects.filter(state=ApplicationState.OPENED).count() == 1


def test_a_connection_for_each_organisation(licensed: Callable[..., Opening], settings: Any) -> None:
    """The walls of production: the invitation is written by a login of the new organisation."""
    work = licensed()
    settings.DATABASE_WALLS = "login"
    try:
        assert opening.open_workspace(opening=work.pk)
    finally:
        walls.close_all()
    with inside(Organisation.objects.get(schema_name=NAME).ref()):
        assert Entry.objects.filter(action="invitation.sent").exists()


def test_spares_are_used(licensed: Callable[..., Opening]) -> None:
    provisioning.refill_spares(target=1)
    spare = SpareSchema.objects.earliest("id")
    assert opening.open_workspace(opening=licensed().pk)
    assert Organisation.objects.get(schema_name=NAME).db_role == spare.db_role
