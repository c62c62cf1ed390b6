"""What reviewers do with an application, inside of their own workspace and under its role."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.exchange.domain.envelopes import ALPHABET
from network_registry.membership.domain.applying import check_short_name
from network_registry.membership.domain.moving import check, locked, move, reviewing_as
from network_registry.membership.enums import ApplicationState, DeclineReason, OpeningStepKind
from network_registry.membership.errors import CannotMoveApplication, NameTaken, StepsOpen
from network_registry.membership.models import Application, Licence, LicensingStep, Opening, OpeningStep, StepCheck
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation


@dataclass(frozen=True)
class LicenceTerms:
    """`number` empty: one is given."""

    valid_from: date
    valid_until: date
    number: str = ""
    conditions: str = ""
    is_provisional: bool = True


def ask(*, application: UUID, question: str, by: Seat) -> Application:
    """Sends it back with a question. Raises CannotMoveApplication."""
    with transaction.atomic():
        found = _moved(application, ApplicationState.ASKED, question, "", by)
        record(action="application.asked", on=found, by=by)
    return found


def decline(*, application: UUID, reason: DeclineReason, text: str, by: Seat) -> Application:
    """With a reason; the applicant may appeal. Raises CannotMoveApplication."""
    with transaction.atomic():
        found = _moved(application, ApplicationState.DECLINED, text, reason, by)
        record(action="application.declined", on=found, detail={"reason": str(reason)}, by=by)
    return found


def _moved(application: UUID, to: ApplicationState, text: str, reason: str, by: Seat) -> Application:
    from network_registry.membership.tasks import write_applicant

    actor = reviewing_as(by)
    found = locked(application)
    move(
        found,
        to,
        actor=actor,
        organisation_id=required_organisation().id,
        text=text,
        reason=reason,
        by_name=by.name,
    )
    send_after_commit(write_applicant, str(found.pk), str(to))
    return found


def change_short_name(*, application: UUID, short_name: str, by: Seat) -> Application:
    """Before the workspace is made, where the one that was wished for is taken. Raises CannotMoveApplication,
    NameTaken."""
    reviewing_as(by)
    with transaction.atomic():
        found = locked(application)
        if Opening.objects.filter(application=found).exclude(trouble="").exists():
            check_free = found.state_now == ApplicationState.LICENSED
        else:
            check_free = found.state_now in (ApplicationState.SENT, ApplicationState.ASKED, ApplicationState.APPEALED)
        if not check_free:
            raise CannotMoveApplication(_("The short name cannot be changed now."))
        check_short_name(short_name, but=found)
        Application.objects.filter(pk=found.pk).update(
            short_name=short_name, changed_at=timezone.now(), version=F("version") + 1
        )
        record(action="application.short_name_changed", on=found, by=by)
    found.short_name = short_name
    return found


# --- steps of licensing ---------------------------------------------------------------------------------
def steps_for(application: Application) -> list[tuple[LicensingStep, StepCheck | None]]:
    """The steps that count for its kind, with what was ticked. Two queries."""
    checks = {check.step_id: check for check in StepCheck.objects.filter(application=application)}
    steps = LicensingStep.objects.filter(is_used=True)
    return [
        (step, checks.get(step.pk))
        for step in steps
        if not step.kinds or application.kind in step.kinds or step.pk in checks
    ]


def tick(*, application: UUID, step: LicensingStep, is_done: bool, note: str, by: Seat) -> StepCheck:
    """Raises CannotMoveApplication for one that is decided already."""
    reviewing_as(by)
    with transaction.atomic():
        found = locked(application)
        if found.state_now not in (ApplicationState.SENT, ApplicationState.ASKED, ApplicationState.APPEALED):
            raise CannotMoveApplication(_("This application is decided already."))
        ticked, is_new = StepCheck.objects.get_or_create(
            application=found,
            step=step,
            defaults={
                "is_done": is_done,
                "note": note,
                "by_name": by.name,
                "organisation_id": required_organisation().id,
            },
        )
        if not is_new:
            ticked.is_done, ticked.note, ticked.by_name, ticked.at = is_done, note, by.name, timezone.now()
            ticked.save(update_fields=["is_done", "note", "by_name", "at"])
        record(action="application.step_checked", on=found, detail={"step": str(step.pk), "done": is_done}, by=by)
    return ticked


# --- the licence ----------------------------------------------------------------------------------------
def new_number(day: date) -> str:
    """A licence's number: the year, and signs that nobody counts up: L-2026-7K2MQX."""
    return f"L-{day.year}-{''.join(secrets.choice(ALPHABET) for _sign in range(6))}"


def license_application(*, application: UUID, terms: LicenceTerms, by: Seat) -> Licence:
    """Grants the licence; the workspace is made in the background. Raises CannotMoveApplication, StepsOpen,
    NameTaken."""
    from network_registry.membership.tasks import open_workspace, write_applicant

    actor = reviewing_as(by)
    with transaction.atomic():
        found = locked(application)
        check(found, ApplicationState.LICENSED, actor)
        _check_steps(found)
        check_short_name(found.short_name, but=found)
        move(
            found,
            ApplicationState.LICENSED,
            actor=actor,
            organisation_id=required_organisation().id,
            by_name=by.name,
        )
        licence = grant(terms, by, application=found)
        opening = begin_openings([found])[0]
        record(action="application.licensed", on=found, detail={"number": licence.number}, by=by)
        send_after_commit(write_applicant, str(found.pk), str(ApplicationState.LICENSED))
        send_after_commit(open_workspace, str(opening.pk))
    return licence


def _check_steps(application: Application) -> None:
    left = [step for step, ticked in steps_for(application) if step.is_required and not (ticked and ticked.is_done)]
    if left:
        told = " · ".join(str(step) for step in left)
        raise StepsOpen(_("Still to be done: %(steps)s") % {"steps": told})


def grant(
    terms: LicenceTerms, by: Seat, *, application: Application | None = None, organisation: Organisation | None = None
) -> Licence:
    """To an applicant, or to a member that never applied. Raises NameTaken for a number that another licence has."""
    try:
        with transaction.atomic():
            return Licence.objects.create(
                application=application,
                organisation=organisation,
                number=terms.number or new_number(terms.valid_from),
                valid_from=terms.valid_from,
                valid_until=terms.valid_until,
                conditions=terms.conditions,
                is_provisional=terms.is_provisional,
                granted_by_id=required_organisation().id,
                granted_by_name=by.name,
            )
    except IntegrityError as error:
        raise NameTaken(_("Another licence has this number.")) from error


def begin_openings(applications: Iterable[Application]) -> list[Opening]:
    """The work of making the workspaces, with all of its steps waiting."""
    openings = Opening.objects.bulk_create(Opening(application=application) for application in applications)
    OpeningStep.objects.bulk_create(
        OpeningStep(opening=opening, kind=kind, number=number)
        for opening in openings
        for number, kind in enumerate(OpeningStepKind, 1)
    )
    return openings
