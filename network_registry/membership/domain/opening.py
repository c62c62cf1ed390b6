"""Making a workspace for a licensed organisation, step by step, in the background.

Each step is done whole or not at all and can be repeated: whoever takes an opening up, first or after a crash, goes on
with the first step that is not done. Runs under the network's rights where the owner's password is known.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Role, Seat
from halka.common.identifiers import uuid7
from halka.common.sealing import keyring
from network_registry.membership.domain.agreeing import keep_signature
from network_registry.membership.domain.moving import move, reviewing_as
from network_registry.membership.enums import Actor, ApplicationState, OpeningStepKind, StepState, Trouble
from network_registry.membership.errors import CannotTryAgain
from network_registry.membership.models import Application, FirstDay, Licence, Opening, OpeningStep
from tenants.organisations.domain.invitations import AlreadyHere, NewInvitation, invite, send_again
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import inside, send_after_commit
from tenants.organisations.models import Invitation, Organisation

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=3)
TRIES: Final = 6
PAUSE: Final = timedelta(seconds=30)  # before the second try; then twice as long each time
JALALI: Final = frozenset({"fa"})


def open_workspace(*, opening: UUID) -> bool:
    """Does what is left to do. False where somebody else is at it, or nothing is left."""
    if not _take(opening):
        return False
    found = Opening.objects.select_related("application", "application__licence").get(pk=opening)
    try:
        for step in found.steps.exclude(state=StepState.DONE):
            _do(found, step)
    except ValidationError:
        _fail(found, Trouble.NAME, again=False)
        return False
    except Exception as error:
        _fail(found, Trouble.OURS, again=found.tries < TRIES)
        raise OpeningFailed(str(error)) from error
    Opening.objects.filter(pk=opening).update(finished_at=timezone.now(), taken_until=None, due_at=None, trouble="")
    return True


class OpeningFailed(RuntimeError):
    """A step did not work for a reason of ours; it is tried again by itself."""


def _take(opening: UUID) -> bool:
    now = timezone.now()
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    waiting = Opening.objects.filter(free, pk=opening, finished_at=None)
    return bool(waiting.update(taken_until=now + LEASE, tries=F("tries") + 1, due_at=now + LEASE))


def _fail(opening: Opening, trouble: Trouble, *, again: bool) -> None:
    """Tried again after a while; where that would not help, by somebody who looks."""
    due = timezone.now() + PAUSE * 2 ** (opening.tries - 1) if again else None
    with transaction.atomic():
        running = OpeningStep.objects.filter(opening=opening, state=StepState.RUNNING)
        running.update(state=StepState.FAILED, ended_at=timezone.now())
        Opening.objects.filter(pk=opening.pk).update(taken_until=None, due_at=due, trouble=trouble)


def due() -> list[UUID]:
    """Openings that wait, or that whoever did them left behind."""
    now = timezone.now()
    waiting = Opening.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), finished_at=None, due_at__lte=now)
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:100])


def try_again(*, opening: Opening, by: Seat) -> None:
    """At once, whatever came before. Raises CannotTryAgain."""
    from network_registry.membership.tasks import open_workspace as task

    reviewing_as(by)
    with transaction.atomic():
        now = timezone.now()
        stopped = Opening.objects.filter(pk=opening.pk, finished_at=None).exclude(trouble="")
        if not stopped.filter(Q(taken_until=None) | Q(taken_until__lt=now)).update(due_at=now, tries=0):
            raise CannotTryAgain(_("It is being worked on, or done already."))
        record(action="opening.tried_again", on=opening, by=by)
        send_after_commit(task, str(opening.pk))


# --- steps ----------------------------------------------------------------------------------------------
def _do(opening: Opening, step: OpeningStep) -> None:
    OpeningStep.objects.filter(pk=step.pk).update(state=StepState.RUNNING, started_at=timezone.now(), ended_at=None)
    _STEPS[OpeningStepKind(step.kind)](opening)
    OpeningStep.objects.filter(pk=step.pk).update(state=StepState.DONE, ended_at=timezone.now())


def made_already(opening: Opening) -> Organisation | None:
    """The organisation that an earlier try left whole: `provision` commits all of it or nothing."""
    return Organisation.objects.filter(pk__in=opening.tried, schema_name=opening.application.short_name).first()


def _make_workspace(opening: Opening) -> None:
    """Raises ValidationError for a short name that somebody else has got meanwhile."""
    made = made_already(opening)
    if made is None:
        key = uuid7()
        opening.tried = [*opening.tried, key]
        Opening.objects.filter(pk=opening.pk).update(tried=opening.tried)  # known before anything is made
        made = provision(new=_new_organisation(opening.application, key))
    for left in opening.tried:
        if left != made.pk:  # by a process that was killed between writing the keys and the commit
            keyring.discard(left)
    Application.objects.filter(pk=opening.application_id).update(organisation=made)
    opening.application.organisation = made


def _new_organisation(application: Application, key: UUID) -> NewOrganisation:
    licence = application.licence
    parent = licence.granted_by if licence.granted_by.kind == Kind.BRANCH else _branch_of(application.province)
    return NewOrganisation(
        short_name=application.short_name,
        names=application.names,
        kind=application.kind,
        language=application.workspace_language,
        calendar="jalali" if application.workspace_language in JALALI else "gregorian",
        values={
            "province": application.province,
            "time_zone": application.time_zone,
            "state": State.PROVISIONAL if licence.is_provisional else State.ACTIVE,
            **({"parent": parent} if parent is not None else {}),
        },
        id=key,
    )


def _branch_of(province: str) -> Organisation | None:
    if not province:
        return None
    return Organisation.objects.filter(kind=Kind.BRANCH, province=province).exclude(state=State.CLOSED).first()


def _hand_over_licence(opening: Opening) -> None:
    organisation = _organisation(opening)
    with transaction.atomic():
        Licence.objects.filter(application=opening.application_id).update(organisation=organisation)
        FirstDay.objects.get_or_create(organisation=organisation)
        keep_signature(opening.application, organisation)


def _organisation(opening: Opening) -> Organisation:
    return Organisation.objects.get(pk=opening.application.organisation_id)


def _invite_manager(opening: Opening) -> None:
    """A try that was cut short may have left an invitation whose e-mail never went: it is sent again."""
    application, organisation = opening.application, _organisation(opening)
    is_branch = organisation.kind == Kind.BRANCH
    role = Role.PROVINCIAL if is_branch else Role.MANAGER
    seat = Seat(0, None, Role.SECRETARIAT, SYSTEM.name) if is_branch else SYSTEM
    asked = NewInvitation(application.manager_name, application.manager_email, role, application.language)
    left = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    with inside(organisation.ref()):
        waiting = left.filter(email__iexact=asked.email).first()
        if waiting is not None:
            send_again(invitation=waiting.pk, by=seat)
            return
        try:
            invite(invitation=asked, by=seat)
        except AlreadyHere:  # the link of an earlier try was used meanwhile
            return


def _announce(opening: Opening) -> None:
    from network_registry.membership.tasks import write_applicant

    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=opening.application_id)
        if application.state_now == ApplicationState.LICENSED:
            move(application, ApplicationState.OPENED, actor=Actor.SYSTEM)
            send_after_commit(write_applicant, str(application.pk), str(ApplicationState.OPENED))


_STEPS: Final[dict[OpeningStepKind, Callable[[Opening], None]]] = {
    OpeningStepKind.WORKSPACE: _make_workspace,
    OpeningStepKind.LICENCE: _hand_over_licence,
    OpeningStepKind.INVITATION: _invite_manager,
    OpeningStepKind.ANNOUNCEMENT: _announce,
}


# --- many ------------------------------------------------------------------------------------------------
def open_all(keys: Iterable[UUID]) -> int:
    """One after the other; what fails holds up none of the others. How many came to their end."""
    opened = 0
    for key in keys:
        try:
            opened += open_workspace(opening=key)
        except OpeningFailed:
            log.exception("A workspace could not be opened; it is tried again.")
    return opened


def open_batch(*, batch: UUID) -> int:
    waiting = Opening.objects.filter(application__batch=batch, finished_at=None).order_by("created_at", "id")
    return open_all(list(waiting.values_list("pk", flat=True)))
