"""The machine of an application: who may move it where, asked for the same way by all verbs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.enums import TRANSITIONS, Actor, ApplicationState
from network_registry.membership.errors import CannotMoveApplication
from network_registry.membership.models import Application, Event
from tenants.organisations.enums import Kind

ACTORS = {Kind.SECRETARIAT: Actor.SECRETARIAT, Kind.BRANCH: Actor.BRANCH}


def reviewing_as(seat: Seat) -> Actor:
    """As whom the seat decides here. Raises CannotMoveApplication."""
    actor = ACTORS.get(Kind(required_organisation().kind))
    if actor is None or not seat.can(Permission.MEMBERSHIP_REVIEW):
        raise CannotMoveApplication(_("Only the network's secretariat and provincial branches do this."))
    return actor


def next_states(application: Application, actor: Actor) -> set[ApplicationState]:
    """Where this actor may move it now."""
    return {to for to, actors in TRANSITIONS[application.state_now].items() if actor in actors}


def locked(pk: UUID) -> Application:
    """Raises CannotMoveApplication where it is out of reach: of another province, or decided above."""
    found = Application.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise CannotMoveApplication(_("This application is not yours to decide now."))
    return found


def check(application: Application, to: ApplicationState, actor: Actor) -> None:
    """Raises CannotMoveApplication."""
    if to not in next_states(application, actor):
        raise CannotMoveApplication(_("This cannot be done now: %(state)s.") % {"state": application.state_now.label})


def move(
    application: Application,
    to: ApplicationState,
    *,
    actor: Actor,
    organisation_id: UUID | None = None,
    text: str = "",
    reason: str = "",
    by_name: str = "",
) -> Event:
    """Moves a locked application and notes it in its history. Raises CannotMoveApplication."""
    check(application, to, actor)
    now = timezone.now()
    values = {"state": to, "changed_at": now}
    if to == ApplicationState.SENT:
        values["sent_at"] = application.sent_at or now
    if to in (ApplicationState.DECLINED, ApplicationState.LICENSED):
        values["decided_at"] = now
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1, **values)
    for name, value in values.items():
        setattr(application, name, value)
    return Event.objects.create(
        application=application,
        state=to,
        actor=actor,
        organisation_id=organisation_id,
        by_name=by_name,
        reason=reason,
        text=text,
    )
