"""The first day in a new workspace: what to do, in order. Apps that know a step register it in AppConfig.ready():

    guide.register("clients", _("Bring in your clients"), _("…"), "client-import", Permission.DATA_IMPORT, is_done, 30)

`is_done()` is asked inside of the organisation and looks at what is there: nobody ticks a step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.models import FirstDay
from tenants.organisations.models import Colleague, Invitation

Words = str | Promise


@dataclass(frozen=True)
class Step:
    key: str
    title: Words
    text: Words
    url_name: str
    permission: Permission
    is_done: Callable[[], bool]
    order: int
    kinds: frozenset[str]


_steps: dict[str, Step] = {}


def register(
    key: str,
    title: Words,
    text: Words,
    url_name: str,
    permission: Permission,
    is_done: Callable[[], bool],
    order: int,
    kinds: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Adds a step; the same key replaces the earlier one. No `kinds`: any organisation."""
    _steps[key] = Step(key, title, text, url_name, permission, is_done, order, frozenset(kinds))


def steps_for(seat: Seat) -> list[Step]:
    """What this person may do of it, in order."""
    kind = required_organisation().kind
    found = [step for step in _steps.values() if seat.can(step.permission) and (not step.kinds or kind in step.kinds)]
    return sorted(found, key=lambda step: step.order)


def is_shown(seat: Seat) -> bool:
    """Whether this person sees the guide on Today."""
    open_here = FirstDay.objects.filter(organisation=required_organisation().id, ended_at=None)
    return seat.can(Permission.ORGANISATION_MANAGE) and open_here.exists()


def on_today(request: Any) -> dict[str, Any] | None:
    """Until all is done or somebody put it away, and not while nothing can be changed; organisations that did not begin
    with it never see it."""
    if request.organisation.reads_only:
        return None
    guide = FirstDay.objects.filter(organisation=request.organisation.id, ended_at=None).first()
    if guide is None:
        return None
    steps = [(step, step.is_done()) for step in steps_for(request.seat)]
    if all(done for _step, done in steps):
        return None
    return {"steps": steps, "done": sum(done for _step, done in steps), "total": len(steps)}


def put_away(*, by: Seat) -> None:
    with transaction.atomic():
        here = FirstDay.objects.filter(organisation=required_organisation().id, ended_at=None)
        if here.update(ended_at=timezone.now(), ended_by_name=by.name):
            record(action="first_day.dismissed", by=by)


# --- steps that are known here --------------------------------------------------------------------------
def somebody_is_invited() -> bool:
    """More than the one who was invited first."""
    here = required_organisation().id
    return (
        Colleague.objects.filter(ended_at=None).count() > 1
        or Invitation.objects.filter(organisation=here, accepted_at=None, withdrawn_at=None).exists()
    )


def settings_were_saved() -> bool:
    return Entry.objects.filter(action="settings.changed").exists()
