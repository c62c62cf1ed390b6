"""The secretariat tells everybody what does not work, how it goes on, and that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile, Refused
from network_registry.status.models import Incident, IncidentUpdate
from tenants.organisations.enums import Kind


class CannotTell(Refused):
    """Not by this person, or it is over."""


@dataclass(frozen=True)
class NewIncident:
    """Texts are by language code; at least one of each."""

    part: str
    gravity: str
    titles: dict[str, str]
    texts: dict[str, str]


def _check(by: Seat) -> None:
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotTell(_("Only the network's secretariat does this."))


def open_incident(*, incident: NewIncident, by: Seat) -> Incident:
    """On the status page at once. Raises CannotTell."""
    _check(by)
    with transaction.atomic():
        made = Incident.objects.create(part=incident.part, gravity=incident.gravity, titles=incident.titles)
        IncidentUpdate.objects.create(incident=made, texts=incident.texts)
        detail = {"part": made.part, "gravity": made.gravity}
        record(action="incident.opened", on=made, detail=detail, by=by)
    return made


def write_on(
    *, incident: UUID, texts: dict[str, str], gravity: str, is_over: bool, seen_version: int, by: Seat
) -> Incident:
    """What is known now, and how bad it is; or that it is over. Raises CannotTell, EditedMeanwhile."""
    _check(by)
    with transaction.atomic():
        found = Incident.objects.select_for_update().get(pk=incident)
        if found.ended_at is not None:
            raise CannotTell(_("This is over already. Write a new one."))
        if found.version != seen_version:
            raise EditedMeanwhile(
                _("Somebody else has written on meanwhile. Read it below; what you typed is still here.")
            )
        found.gravity, found.version = gravity, found.version + 1
        found.ended_at = timezone.now() if is_over else None
        found.save(update_fields=["gravity", "version", "ended_at"])
        IncidentUpdate.objects.create(incident=found, texts=texts)
        action = "incident.ended" if is_over else "incident.updated"
        record(action=action, on=found, detail={"gravity": gravity}, by=by)
    return found
