"""Licences run out: reminders at 90, 30 and 7 days, suspension the day after, work again after a renewal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from network_registry.membership import doctor
from network_registry.membership.domain import expiring, licences
from network_registry.membership.models import Licence
from network_registry.membership.tasks import look_after_licences
from tenants.organisations.doctor.findings import Level
from tenants.organisations.domain import lifecycle
from tenants.organisations.enums import State, Why
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, StateChange
from tests.network_registry.membership.conftest import as_branch, terms

TODAY = date(2026, 3, 1)


@pytest.fixture
def licensed(secretariat: OrganisationRef, secretary: Seat) -> Callable[..., Licence]:
    """`licensed(alpha, days=20)`: a member with a licence that ends so many days from now."""

    def make(ref: OrganisationRef, *, days: int, today: date = TODAY, **values: Any) -> Licence:
        valid = {"valid_from": today - timedelta(days=300), "valid_until": today + timedelta(days=days)}
        with inside(secretariat):
            return licences.grant_to_member(organisation=ref.id, terms=terms(**valid, **values), by=secretary)

    return make


@pytest.fixture
def manager(alpha: OrganisationRef, member: Callable[..., User]) -> User:
    return member(alpha, Role.MANAGER)


def looked_after(tasks: Any, today: date = TODAY) -> dict[str, int]:
    with tasks():
        return expiring.look_after(today=today)


@pytest.mark.parametrize(
    ("days", "reminded"), [(91, False), (90, True), (31, True), (30, True), (7, True), (0, True), (-1, False)]
)
def test_when_somebody_is_reminded(
    licensed: Callable[..., Licence], alpha: OrganisationRef, manager: User, tasks: Any, days: int, reminded: bool
) -> None:
    licensed(alpha, days=days)
    mail.outbox.clear()
    assert looked_after(tasks)["reminded"] == reminded
    assert [manager.email] in [message.to for message in mail.outbox] or not reminded


def test_each_reminder_comes_once_and_late_ones_together(
    licensed: Callable[..., Licence], alpha: OrganisationRef, manager: User, tasks: Any
) -> None:
    licensed(alpha, days=90)
    told = [looked_after(tasks, TODAY + timedelta(days=passed))["reminded"] for passed in (0, 0, 1, 59, 60, 61, 83, 84)]
    assert told == [1, 0, 0, 0, 1, 0, 1, 0]


def test_what_was_missed_is_told_once(licensed: Callable[..., Licence], alpha: OrganisationRef, tasks: Any) -> None:
    licensed(alpha, days=90)
    told = [looked_after(tasks, TODAY + timedelta(days=passed))["reminded"] for passed in (85, 86)]
    assert told == [1, 0]


def test_reviewers_are_told_in_the_last_month(
    licensed: Callable[..., Licence],
    alpha: OrganisationRef,
    beta: OrganisationRef,
    delta: OrganisationRef,
    secretariat: OrganisationRef,
    manager: User,
    member: Callable[..., User],
    tasks: Any,
) -> None:
    """Of the secretariat and of the branch whose province it is, and of no other."""
    as_branch(beta, "South")
    as_branch(delta, "North")
    Organisation.objects.filter(pk=alpha.id).update(province="South")
    officers = [member(secretariat, Role.SECRETARIAT), member(beta, Role.PROVINCIAL)]
    elsewhere = member(delta, Role.PROVINCIAL)
    licence = licensed(alpha, days=31)
    mail.outbox.clear()
    looked_after(tasks)
    assert {message.to[0] for message in mail.outbox} == {manager.email}
    mail.outbox.clear()
    looked_after(tasks, TODAY + timedelta(days=1))
    reached = {message.to[0] for message in mail.outbox}
    assert {manager.email, *(officer.email for officer in officers)} <= reached
    assert elsewhere.email not in reached
    assert all(licence.number in message.body for message in mail.outbox)


def test_a_member_without_a_province_is_the_secretariats(
    licensed: Callable[..., Licence], alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User],
    tasks: Any
) -> None:  # fmt: skip
    as_branch(beta, "")
    Organisation.objects.filter(pk=alpha.id).update(province="")
    officer = member(beta, Role.PROVINCIAL)
    licensed(alpha, days=7)
    mail.outbox.clear()
    looked_after(tasks)
    assert officer.email not in {message.to[0] for message in mail.outbox}


def test_it_is_suspended_the_day_after_and_works_after_a_renewal(
    licensed: Callable[..., Licence],
    alpha: OrganisationRef,
    beta: OrganisationRef,
    secretariat: OrganisationRef,
    secretary: Seat,
    manager: User,
    tasks: Any,
) -> None:
    today = timezone.localdate()
    licensed(alpha, days=0, today=today)
    licensed(beta, days=200, today=today)
    Organisation.objects.filter(pk=alpha.id).update(state=State.PROVISIONAL)
    assert looked_after(tasks, today)["suspended"] == 0
    mail.outbox.clear()
    assert looked_after(tasks, today + timedelta(days=1))["suspended"] == 1
    assert Organisation.objects.get(pk=alpha.id).state == State.SUSPENDED
    assert Organisation.objects.get(pk=beta.id).state == State.ACTIVE
    assert [message.to for message in mail.outbox if "Suspended" in message.subject] == [[manager.email]]
    change = StateChange.objects.get(organisation_id=alpha.id)
    assert (change.before, change.after, change.why) == ("provisional", "suspended", "run_out")
    with inside(secretariat):
        assert Entry.objects.filter(action="organisation.suspended").count() == 1
    licence = Licence.objects.get(organisation_id=alpha.id)
    assert looked_after(tasks, today + timedelta(days=2)) == {"reminded": 0, "suspended": 0, "resumed": 0}
    with tasks(), inside(secretariat):
        renewed = licences.renew(
            licence=licence.pk, valid_until=today + timedelta(days=400), conditions="", is_provisional=True,
            seen_version=licence.version, by=secretary,
        )  # fmt: skip
    assert renewed.reminded is None
    organisation = Organisation.objects.get(pk=alpha.id)
    assert (organisation.state, organisation.earlier_states) == (State.PROVISIONAL, [])
    assert StateChange.objects.filter(organisation_id=alpha.id).latest("at").why == Why.RENEWED


def test_whom_the_secretariat_suspended_no_renewal_brings_back(
    licensed: Callable[..., Licence], alpha: OrganisationRef, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    licensed(alpha, days=200)
    with inside(secretariat):
        lifecycle.suspend(organisation=alpha.id, reason="no report", by=secretary)
    assert looked_after(tasks)["resumed"] == 0


def test_without_a_valid_licence_nobody_resumes(
    licensed: Callable[..., Licence], alpha: OrganisationRef, secretariat: OrganisationRef, secretary: Seat
) -> None:
    licensed(alpha, days=-1, today=timezone.localdate())
    with inside(secretariat):
        lifecycle.suspend(organisation=alpha.id, reason="no report", by=secretary)
        with pytest.raises(lifecycle.CannotMove, match="Renew it first"):
            lifecycle.resume(organisation=alpha.id, reason="they asked", by=secretary)


def test_what_was_moved_meanwhile_holds_up_nobody(
    licensed: Callable[..., Licence], alpha: OrganisationRef, beta: OrganisationRef, monkeypatch: Any, tasks: Any
) -> None:
    licensed(alpha, days=-5)
    licensed(beta, days=-5)
    suspend = lifecycle.suspend

    def moved_before(*, organisation: Any, **values: Any) -> Organisation:
        if organisation == alpha.id:
            Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED)
        return suspend(organisation=organisation, **values)

    monkeypatch.setattr(lifecycle, "suspend", moved_before)
    assert looked_after(tasks)["suspended"] == 1


def test_a_network_without_a_secretariat(db: None) -> None:
    Organisation.objects.filter(kind="secretariat").update(state=State.CLOSED)
    assert look_after_licences() == {"reminded": 0, "suspended": 0, "resumed": 0}


def test_a_full_licence_confirms_whoever_is_suspended(
    alpha: OrganisationRef, secretariat: OrganisationRef, secretary: Seat, licensed: Callable[..., Licence]
) -> None:
    Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED, earlier_states=[State.PROVISIONAL])
    licensed(alpha, days=100, is_provisional=False)
    assert Organisation.objects.get(pk=alpha.id).earlier_states == [State.ACTIVE]
    with inside(secretariat):
        assert not lifecycle.confirm(organisation=alpha.id, by=secretary)


# --- the doctor -----------------------------------------------------------------------------------------
def told(ref: OrganisationRef) -> list[tuple[Level, str]]:
    return [(finding.level, finding.what) for finding in doctor.licence(Organisation.objects.get(pk=ref.id))]


def test_the_doctor_asks_for_a_licence_where_they_are_granted(
    licensed: Callable[..., Licence], alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef
) -> None:
    assert told(alpha) == []
    licensed(beta, days=200, today=timezone.localdate())
    assert told(beta) == told(secretariat) == []
    assert told(alpha) == [(Level.WARNING, "No licence is on record.")]
    Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED)
    assert told(alpha) == []


@pytest.mark.parametrize(("days", "level"), [(-1, Level.ERROR), (0, Level.WARNING), (30, Level.WARNING), (31, None)])
def test_the_doctor_sees_what_runs_out(
    licensed: Callable[..., Licence], alpha: OrganisationRef, days: int, level: Level | None
) -> None:
    licensed(alpha, days=days, today=timezone.localdate())
    assert [found for found, _what in told(alpha)] == ([level] if level else [])


# --- pages ----------------------------------------------------------------------------------------------
def url(name: str, *args: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def desk(secretariat: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> Client:
    return client_of(member(secretariat, Role.SECRETARIAT), secretariat)


def test_members_from_before_get_a_licence(desk: Client, alpha: OrganisationRef, beta: OrganisationRef) -> None:
    today = timezone.localdate()
    page = desk.get(url("licences-missing"))
    assert [row.schema_name for row in page.context["page"].items] == ["alpha", "beta", "delta", "epsilon"]
    form = {"valid_from": today.isoformat(), "valid_until": (today + timedelta(days=365)).isoformat(), "number": "L-1"}
    assert desk.post(url("member-license", alpha.id), {**form, "valid_until": "nonsense"}).status_code == 400
    assert desk.post(url("member-license", alpha.id), form)["Location"] == url("licences-missing")
    twice = desk.post(url("member-license", beta.id), form)
    assert twice.context["form"].errors["number"] == ["Another licence has this number."]
    assert desk.post(url("member-license", alpha.id), form).status_code == 404  # it has one
    listed = desk.get(url("licences"))
    assert b"L-1" in listed.content
    assert listed.context["missing"] == 3
    licence = Licence.objects.get()
    assert licence.holder in desk.get(url("licence-renew", licence.pk)).content.decode()


def test_only_the_secretariat_grants_them(
    alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef, seat_in: Callable[..., Seat],
    member: Callable[..., User], client_of: Callable[..., Client]
) -> None:  # fmt: skip
    branch = as_branch(beta, "South")
    officer = client_of(member(branch, Role.PROVINCIAL), branch)
    assert officer.get(url("licences-missing")).status_code in (403, 404)
    assert officer.post(url("member-license", alpha.id), {}).status_code in (403, 404)
    by, ada = seat_in(branch, Role.PROVINCIAL), seat_in(secretariat, Role.SECRETARIAT)
    with inside(branch), pytest.raises(licences.CannotMoveApplication):
        licences.grant_to_member(organisation=alpha.id, terms=terms(), by=by)
    with inside(secretariat), pytest.raises(licences.CannotMoveApplication, match="has a licence already"):
        licences.grant_to_member(organisation=secretariat.id, terms=terms(), by=ada)


def test_a_branch_sees_old_members_of_its_own_province(
    alpha: OrganisationRef, beta: OrganisationRef, delta: OrganisationRef, licensed: Callable[..., Licence],
    member: Callable[..., User], client_of: Callable[..., Client]
) -> None:  # fmt: skip
    own, other = licensed(alpha, days=100), licensed(delta, days=100)
    Organisation.objects.filter(pk=alpha.id).update(province="South")
    Organisation.objects.filter(pk=delta.id).update(province="North")
    branch = as_branch(beta, "South")
    officer = client_of(member(branch, Role.PROVINCIAL), branch)
    assert [row.pk for row in officer.get(url("licences")).context["page"].items] == [own.pk]
    assert officer.get(url("licence-renew", own.pk)).status_code == 200
    assert officer.get(url("licence-renew", other.pk)).status_code == 404
    with inside(branch):
        assert set(Licence.objects.values_list("pk", flat=True)) == {own.pk}  # the database says the same


def test_managers_see_it_on_today_and_in_their_membership(
    licensed: Callable[..., Licence], alpha: OrganisationRef, manager: User, client_of: Callable[..., Client]
) -> None:
    desk = client_of(manager, alpha)
    assert b"Your licence ends" not in desk.get("/").content
    licence = licensed(alpha, days=20, today=timezone.localdate())
    assert b"Your licence ends" in desk.get("/").content
    Licence.objects.filter(pk=licence.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert b"Your licence ended" in desk.get("/").content
    assert b"run out" in desk.get(url("own-membership")).content
