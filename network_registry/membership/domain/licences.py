"""Licences after they were granted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from network_registry.membership.domain.moving import reviewing_as
from network_registry.membership.enums import Actor
from network_registry.membership.errors import CannotMoveApplication
from network_registry.membership.models import Licence
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import State
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Organisation


def renew(
    *, licence: UUID, valid_until: date, conditions: str, is_provisional: bool, seen_version: int, by: Seat
) -> Licence:
    """Valid for longer, on these conditions from now on. Raises CannotMoveApplication, EditedMeanwhile."""
    actor = reviewing_as(by)
    with transaction.atomic():
        found = Licence.objects.select_for_update(of=("self",)).get(pk=licence)
        if found.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this since you opened the page."))
        if actor != Actor.SECRETARIAT and found.is_provisional and not is_provisional:
            raise CannotMoveApplication(_("The secretariat confirms provisional licences."))
        if valid_until <= found.valid_from:
            raise CannotMoveApplication(_("A licence ends after it begins."))
        told = {"from": found.valid_until.isoformat(), "to": valid_until.isoformat()}
        found.valid_until, found.conditions, found.is_provisional = valid_until, conditions, is_provisional
        found.renewed_at, found.version = timezone.now(), found.version + 1
        found.save(update_fields=["valid_until", "conditions", "is_provisional", "renewed_at", "version"])
        record(action="licence.renewed", on=found, detail=told, by=by)
        if not is_provisional and actor == Actor.SECRETARIAT:
            _confirm(found, by)
    return found


def _confirm(licence: Licence, by: Seat) -> None:
    """A full licence makes a provisional organisation an active one."""
    if licence.organisation_id is None:
        return
    provisional = Organisation.objects.filter(pk=licence.organisation_id, state=State.PROVISIONAL)
    if provisional.update(state=State.ACTIVE):
        record(action="licence.confirmed", on=licence, by=by)
        key = licence.organisation_id
        after_commit(lambda: forget_hosts(key))
