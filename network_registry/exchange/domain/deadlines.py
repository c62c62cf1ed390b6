"""Which deadlines count between two organisations."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from network_registry.exchange.enums import DAYS, Deadline
from network_registry.exchange.models import Deadlines


def days_between(sender_id: UUID, target_id: UUID) -> dict[str, int]:
    """Of each deadline the shorter one of both sides, in days."""
    rows = list(Deadlines.objects.filter(organisation__in=[sender_id, target_id]))
    return {
        deadline.value: min([days, *(getattr(row, deadline.value) for row in rows)]) for deadline, days in DAYS.items()
    }


def own_deadlines() -> Deadlines:
    """Those of the organisation we are inside of; the network's own, as version 0, where it has set none."""
    here = required_organisation().id
    return Deadlines.objects.filter(organisation=here).first() or Deadlines(organisation_id=here, version=0)


def set_deadlines(*, days: Mapping[Deadline, int], seen_version: int, by: Seat) -> Deadlines:
    """Counts for what is sent from now on; what is under way keeps the deadlines that it was sent with.

    Raises EditedMeanwhile when somebody else has changed them since `seen_version`.
    """
    here = required_organisation().id
    with transaction.atomic():
        Deadlines.objects.get_or_create(organisation_id=here, defaults={"version": 0})
        saved = Deadlines.objects.select_for_update().get(organisation=here)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed the deadlines since you opened the page."))
        changed = [deadline.value for deadline, number in days.items() if getattr(saved, deadline) != number]
        if changed:
            values = {name: days[Deadline(name)] for name in changed}
            Deadlines.objects.filter(organisation=here).update(**values, version=F("version") + 1)
            record(action="deadlines.changed", detail={"fields": changed}, by=by)
            saved.refresh_from_db()
    return saved
