"""Deciding: who may, in which state, for which province; questions, steps, licences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from network_registry.membership.domain import applying, licences, moving, reviewing, steps
from network_registry.membership.enums import TRANSITIONS, Actor, ApplicationState, DeclineReason
from network_registry.membership.errors import CannotMoveApplication, NameTaken, StepsOpen
from network_registry.membership.models import Application, Licence, LicensingStep, Opening, OpeningStep, StepCheck
from network_registry.membership.papers import CheckedFile
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.network_registry.membership.conftest import PDF, as_branch, terms

Sent = Callable[..., Application]
S = ApplicationState


@pytest.fixture
def no_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The making of workspaces is another file's."""
    from network_registry.membership import tasks

    monkeypatch.setattr(tasks.open_workspace, "delay", lambda *_: None)


# --- the machine ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("actor", Actor)
def test_the_table_is_what_is_done(sent: Sent, state: ApplicationState, actor: Actor) -> None:
    """From every state, by everybody, to every state: as the table says and no other way."""
    for to in S:
        application = sent()
        application.state = state
        allowed = actor in TRANSITIONS[state].get(to, ())
        if to == S.OPENED:  # a member has a workspace
            continue
        if allowed:
            moving.move(application, to, actor=actor)
            application.refresh_from_db()
            assert application.state == to
            assert application.events.last().actor == actor
        else:
            with pytest.raises(CannotMoveApplication):
                moving.move(application, to, actor=actor)
            assert application.events.filter(actor=actor, state=to).count() == (
                to == S.SENT and actor == Actor.APPLICANT
            )


def test_every_state_has_a_row_and_a_tone() -> None:
    assert set(TRANSITIONS) == set(S)
    assert all(state.tone for state in S)


# --- whose it is ---------------------------------------------------------------------------------------------
def test_a_branch_decides_in_its_province(
    sent: Sent, branch: OrganisationRef, officer: Seat, secretary: Seat, secretariat: OrganisationRef
) -> None:
    here, elsewhere = sent(province="South"), sent(province="North")
    with inside(branch):
        assert reviewing.ask(application=here.pk, question="Who?", by=officer).state == S.ASKED
        with pytest.raises(CannotMoveApplication):
            reviewing.ask(application=elsewhere.pk, question="Who?", by=officer)
    with inside(secretariat):
        assert reviewing.ask(application=elsewhere.pk, question="Who?", by=secretary).state == S.ASKED


def test_an_appeal_is_decided_above(
    sent: Sent, branch: OrganisationRef, officer: Seat, secretary: Seat, secretariat: OrganisationRef, no_opening: None
) -> None:
    application = sent(province="South")
    with inside(branch):
        reviewing.decline(application=application.pk, reason=DeclineReason.OTHER, text="No.", by=officer)
    applying.appeal(application=application, text="Yes.")
    with inside(branch), pytest.raises(CannotMoveApplication):
        reviewing.license_application(application=application.pk, terms=terms(), by=officer)
    with inside(secretariat):
        assert reviewing.license_application(application=application.pk, terms=terms(), by=secretary).number


def test_nobody_else_decides(
    sent: Sent, alpha: OrganisationRef, secretariat: OrganisationRef, seat_in: Callable[..., Seat]
) -> None:
    application = sent()
    manager, editor = seat_in(alpha, Role.MANAGER), seat_in(secretariat, Role.EDITOR)
    for ref, seat in ((alpha, manager), (secretariat, editor)):
        with inside(ref), pytest.raises(CannotMoveApplication):
            reviewing.ask(application=application.pk, question="x", by=seat)


# --- steps and licence ---------------------------------------------------------------------------------------
def test_no_licence_before_the_steps(
    sent: Sent, secretariat: OrganisationRef, secretary: Seat, no_opening: None
) -> None:
    application = sent()
    with inside(secretariat):
        register = steps.add_step(details=steps.StepDetails({"en": "Register"}), by=secretary)
        steps.add_step(details=steps.StepDetails({"en": "Visit"}, is_required=False, order=2), by=secretary)
        steps.add_step(details=steps.StepDetails({"en": "Ministry"}, kinds=("agency",), order=3), by=secretary)
        steps.add_step(details=steps.StepDetails({"en": "Old"}, is_used=False, order=4), by=secretary)
        assert [str(step) for step, _ticked in reviewing.steps_for(application)] == ["Register", "Visit"]
        with pytest.raises(StepsOpen, match="Register"):
            reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
        reviewing.tick(application=application.pk, step=register, is_done=False, note="called", by=secretary)
        with pytest.raises(StepsOpen):
            reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
        reviewing.tick(application=application.pk, step=register, is_done=True, note="", by=secretary)
        licence = reviewing.license_application(application=application.pk, terms=terms(conditions="One"), by=secretary)
        with pytest.raises(CannotMoveApplication):
            reviewing.tick(application=application.pk, step=register, is_done=False, note="", by=secretary)
        assert [entry.action for entry in Entry.objects.filter(action="application.licensed")]
    assert StepCheck.objects.get().by_name == secretary.name
    assert licence.number.startswith(f"L-{timezone.localdate().year}-")
    assert OpeningStep.objects.count() == 4
    assert Opening.objects.get().application == application


def test_a_number_is_given_once(sent: Sent, secretariat: OrganisationRef, secretary: Seat, no_opening: None) -> None:
    first, second = sent(), sent()
    with inside(secretariat):
        reviewing.license_application(application=first.pk, terms=terms(number="12"), by=secretary)
        with pytest.raises(NameTaken):
            reviewing.license_application(application=second.pk, terms=terms(number="12"), by=secretary)
    second.refresh_from_db()
    assert second.state == S.SENT


def test_a_short_name_is_changed_as_long_as_nothing_is_made(
    sent: Sent, secretariat: OrganisationRef, secretary: Seat, alpha: OrganisationRef, no_opening: None
) -> None:
    application = sent()
    with inside(secretariat):
        reviewing.change_short_name(application=application.pk, short_name="better", by=secretary)
        with pytest.raises(NameTaken):
            reviewing.change_short_name(application=application.pk, short_name=alpha.short_name, by=secretary)
        reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
        with pytest.raises(CannotMoveApplication):
            reviewing.change_short_name(application=application.pk, short_name="best", by=secretary)
    Opening.objects.update(trouble="name", due_at=None)
    with inside(secretariat):
        assert reviewing.change_short_name(application=application.pk, short_name="best", by=secretary)
    application.refresh_from_db()
    assert application.short_name == "best"


def test_a_licence_is_renewed(
    sent: Sent, branch: OrganisationRef, officer: Seat, secretariat: OrganisationRef, secretary: Seat, no_opening: None
) -> None:
    application = sent(province="South")
    until = timezone.localdate() + timedelta(days=800)
    with inside(branch):
        licence = reviewing.license_application(application=application.pk, terms=terms(), by=officer)
        same: dict[str, Any] = {"licence": licence.pk, "conditions": "x", "by": officer}
        with pytest.raises(CannotMoveApplication, match="secretariat"):
            licences.renew(valid_until=until, is_provisional=False, seen_version=1, **same)
        with pytest.raises(CannotMoveApplication, match="begins"):
            licences.renew(valid_until=licence.valid_from, is_provisional=True, seen_version=1, **same)
        renewed = licences.renew(valid_until=until, is_provisional=True, seen_version=1, **same)
        assert renewed.valid_until == until
        with pytest.raises(EditedMeanwhile):
            licences.renew(valid_until=until, is_provisional=True, seen_version=1, **same)
    with inside(secretariat):  # not open yet: nothing to confirm
        licences.renew(
            licence=licence.pk, valid_until=until, conditions="", is_provisional=False, seen_version=2, by=secretary
        )


def test_a_full_licence_makes_an_active_member(
    sent: Sent, secretariat: OrganisationRef, secretary: Seat, alpha: OrganisationRef, no_opening: None
) -> None:
    application = sent()
    with inside(secretariat):
        licence = reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
    Licence.objects.update(organisation=alpha.id)
    Organisation.objects.filter(pk=alpha.id).update(state=State.PROVISIONAL)
    until = licence.valid_until
    for version in (1, 2):
        with inside(secretariat):
            licences.renew(
                licence=licence.pk,
                valid_until=until,
                conditions="",
                is_provisional=False,
                seen_version=version,
                by=secretary,
            )
            assert Entry.objects.filter(action="licence.confirmed").count() == 1
    assert Organisation.objects.get(pk=alpha.id).state == State.ACTIVE


def test_the_list_of_steps_is_the_secretariats(
    branch: OrganisationRef, officer: Seat, secretariat: OrganisationRef, secretary: Seat
) -> None:
    with inside(branch), pytest.raises(CannotMoveApplication):
        steps.add_step(details=steps.StepDetails({"en": "Mine"}), by=officer)
    with inside(secretariat):
        assert steps.add_usual_steps(languages=["en", "fa"], by=secretary) == 5
        first = LicensingStep.objects.order_by("order")[0]
        details = steps.StepDetails({"en": "Register", "fa": "ثبت"}, {"en": "How"}, order=9)
        assert steps.change_step(step=first.pk, details=details, seen_version=1, by=secretary).order == 9
        with pytest.raises(EditedMeanwhile):
            steps.change_step(step=first.pk, details=details, seen_version=1, by=secretary)


# --- pages ---------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(
    secretariat: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> Client:
    """The secretariat's browser."""
    settings.DEMO = True
    return client_of(member(secretariat, Role.SECRETARIAT), secretariat)


def test_from_the_list_to_the_licence(sent: Sent, desk: Client, tasks: Any, no_opening: None) -> None:
    application = sent()
    applying_page = f"/applications/{application.pk}/"
    assert b"New Paths" in desk.get("/").content  # on Today
    assert b"New Paths" in desk.get("/applications/").content
    assert b"New Paths" in desk.get("/applications/?q=new+pat").content
    assert b"New Paths" not in desk.get("/applications/?q=zzz").content
    assert b"New Paths" not in desk.get("/applications/?state=declined").content
    assert b"New Paths" in desk.get("/applications/?state=all").content
    page = desk.get(applying_page).content.decode()
    assert "Vesna Board" in page
    for verb in ("ask", "decline", "license", "short-name"):
        assert desk.get(f"{applying_page}{verb}/").status_code == 200
        assert desk.post(f"{applying_page}{verb}/", {"sent": "1"}).status_code == 400
    assert desk.post(f"{applying_page}short-name/", {"short_name": "Better"}).status_code == 302
    assert desk.post(f"{applying_page}ask/", {"question": "Who?"}).status_code == 302
    assert desk.post(f"{applying_page}ask/", {"question": "Who?"}).status_code == 400  # asked already
    assert b"has a question to answer" in desk.get("/").content
    today = timezone.localdate()
    given = {"valid_from": today.isoformat(), "valid_until": today.isoformat(), "is_provisional": "on"}
    answer = desk.post(f"{applying_page}license/", given)
    assert answer.status_code == 400
    assert b"ends after it begins" in answer.content
    given["valid_until"] = (today + timedelta(days=30)).isoformat()
    given["conditions"] = "A report each year."
    with tasks():
        assert desk.post(f"{applying_page}license/", given).status_code == 302
    assert "A report each year." in mail.outbox[-1].body
    assert b"0 of 4" in desk.get(applying_page).content
    assert b"0 of 4" in desk.get(f"{applying_page}progress/").content
    assert Licence.objects.get().number.encode() in desk.get("/licences/").content


def test_declining_on_the_page(sent: Sent, desk: Client) -> None:
    application = sent()
    given = {"reason": "outside", "text": "This is not what we do."}
    assert desk.post(f"/applications/{application.pk}/decline/", given).status_code == 302
    assert b"This is not what we do." in desk.get(f"/applications/{application.pk}/").content


def test_ticking_on_the_page(sent: Sent, desk: Client, secretary: Seat, secretariat: OrganisationRef) -> None:
    application = sent()
    with inside(secretariat):
        step = steps.add_step(details=steps.StepDetails({"en": "Register"}, {"en": "Look it up"}), by=secretary)
    page = f"/applications/{application.pk}/steps/{step.pk}/"
    assert desk.post(page, {f"{step.pk}-is_done": "on", f"{step.pk}-note": "x" * 400}).status_code == 302
    assert not StepCheck.objects.exists()
    assert desk.post(page, {f"{step.pk}-is_done": "on", f"{step.pk}-note": "by phone"}).status_code == 302
    assert b"by phone" in desk.get(f"/applications/{application.pk}/").content
    Application.objects.filter(pk=application.pk).update(state=S.DECLINED)
    desk.post(page, {})
    assert StepCheck.objects.get().is_done


def test_reading_is_in_the_audit(sent: Sent, desk: Client, secretariat: OrganisationRef) -> None:
    application = sent()
    paper = None
    Application.objects.filter(pk=application.pk).update(state=S.DRAFT)
    paper = applying.add_paper(
        application=application, file=CheckedFile("a.pdf", "application/pdf", PDF), kind="statutes"
    )
    Application.objects.filter(pk=application.pk).update(state=S.SENT)
    assert b"a.pdf" in desk.get(f"/applications/{application.pk}/").content
    assert desk.get(f"/applications/{application.pk}/papers/{paper.pk}/").content == PDF
    with inside(secretariat):
        actions = set(Entry.objects.values_list("action", flat=True))
    assert {"application.read", "application.paper_read"} <= actions


def test_a_branch_sees_its_own_on_the_page(
    sent: Sent, branch: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> None:
    settings.DEMO = True
    here, elsewhere = sent(province="South"), sent(province="North", names={"en": "Far Away"})
    desk = client_of(member(branch, Role.PROVINCIAL), branch)
    page = desk.get("/applications/").content
    assert b"New Paths" in page
    assert b"Far Away" not in page
    assert b"Steps of licensing" not in page
    assert desk.get(f"/applications/{here.pk}/").status_code == 200
    assert desk.get(f"/applications/{elsewhere.pk}/").status_code == 404
    assert desk.get(f"/applications/{elsewhere.pk}/ask/").status_code == 404
    assert desk.get("/applications/steps/").status_code == 403
    as_branch(branch, "")
    assert desk.get(f"/applications/{here.pk}/").status_code == 404


def test_drafts_are_nobodys_but_the_applicants(draft: Any, desk: Client) -> None:
    application, _token = draft()
    assert desk.get(f"/applications/{application.pk}/").status_code == 404
    assert b"New Paths" not in desk.get("/applications/?state=all").content


def test_the_list_costs_the_same_for_one_and_three(sent: Sent, desk: Client, count_queries: Any) -> None:
    sent()
    desk.get("/applications/")
    one = count_queries(lambda: desk.get("/applications/"))
    sent()
    sent()
    assert count_queries(lambda: desk.get("/applications/")) == one


def test_steps_on_the_page(desk: Client) -> None:
    assert b"usual steps" in desk.get("/applications/steps/").content
    for _time in range(2):
        assert desk.post("/applications/steps/usual/").status_code == 302
    assert LicensingStep.objects.count() == 5
    assert desk.get("/applications/steps/add/").status_code == 200
    assert desk.post("/applications/steps/add/", {"order": "0"}).status_code == 400
    given = {"name_en": "Visit", "hint_en": "Go there", "order": "6", "is_used": "on", "kinds": ["ngo"]}
    assert desk.post("/applications/steps/add/", given).status_code == 302
    step = LicensingStep.objects.get(order=6)
    page = f"/applications/steps/{step.pk}/"
    assert b"Go there" in desk.get(page).content
    assert desk.post(page, {**given, "seen_version": "1", "name_en": "Call"}).status_code == 302
    answer = desk.post(page, {**given, "seen_version": "1", "initial-name_en": "Visit", "name_en": "Write"})
    assert answer.status_code == 409
    assert b"Call" in answer.content
    assert b"Call" in desk.get("/applications/steps/").content


def test_the_framework_on_the_page(desk: Client) -> None:
    assert desk.get("/applications/framework/").status_code == 200
    assert desk.post("/applications/framework/", {"text_fa": "x"}).status_code == 400
    assert desk.post("/applications/framework/", {"text_en": "Together.", "text_fa": "با هم"}).status_code == 302
    assert b"Together." in desk.get("/applications/framework/").content
    assert b"Together." in desk.get("/applications/framework/1/").content
    assert desk.get("/applications/framework/2/").status_code == 404


def test_renewing_on_the_page(
    sent: Sent, desk: Client, secretariat: OrganisationRef, secretary: Seat, no_opening: None
) -> None:
    application = sent()
    with inside(secretariat):
        licence = reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
    page = f"/licences/{licence.pk}/"
    assert desk.get(page).status_code == 200
    given = {"valid_until": "2020-01-01", "seen_version": "1", "conditions": "x"}
    assert desk.post(page, given).status_code == 400
    given["valid_until"] = (timezone.localdate() + timedelta(days=500)).isoformat()
    assert desk.post(page, given).status_code == 302
    assert desk.post(page, {**given, "conditions": "y", "initial-conditions": ""}).status_code == 409
    assert b"Renewed" in desk.get(page).content


def test_trying_again_on_the_page(
    sent: Sent, desk: Client, secretariat: OrganisationRef, secretary: Seat, no_opening: None
) -> None:
    application = sent()
    page = f"/applications/{application.pk}/"
    assert desk.post(f"{page}again/").status_code == 404
    with inside(secretariat):
        reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
    desk.post(f"{page}again/")  # nothing went wrong yet
    assert Opening.objects.get().tries == 0
    Opening.objects.update(trouble="name", due_at=None, tries=3)
    content = desk.get(page).content
    assert b"Try again" in content
    assert b"Choose another short name" in content
    assert desk.post(f"{page}again/").status_code == 302
    assert Opening.objects.get().due_at is not None


def test_a_role_of_the_network_in_another_kind_of_organisation(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> None:
    settings.DEMO = True
    for role, page in ((Role.PROVINCIAL, "/applications/"), (Role.SECRETARIAT, "/applications/steps/")):
        assert client_of(member(alpha, role), alpha).get(page).status_code == 404


def test_a_branch_does_not_make_a_licence_full(
    sent: Sent, branch: OrganisationRef, officer: Seat, member: Any, client_of: Any, settings: Any, no_opening: None
) -> None:
    settings.DEMO = True
    application = sent(province="South")
    with inside(branch):
        licence = reviewing.license_application(application=application.pk, terms=terms(), by=officer)
    given = {"valid_until": licence.valid_until.isoformat(), "seen_version": "1"}
    answer = client_of(member(branch, Role.PROVINCIAL), branch).post(f"/licences/{licence.pk}/", given)
    assert answer.status_code == 400
    assert b"secretariat confirms" in answer.content
