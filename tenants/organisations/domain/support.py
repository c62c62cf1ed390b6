"""Letting network support in: one person, for some hours, to read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Supporter, SupportGrant

MOST_HOURS: Final = 72
_INSIDE: Final = "support-inside"  # in the organisation's own cache


class CannotLetIn(Refused):
    """Not a person of the network's support, for too long, or inside already."""


class SupportOver(Refused):
    """The access has ended already."""


def let_support_in(*, user_id: int, reason: str, hours: int, by: Seat) -> SupportGrant:
    """Starts now and ends by itself. Raises CannotLetIn."""
    if not 1 <= hours <= MOST_HOURS:
        raise CannotLetIn(_("Support access lasts between 1 and 72 hours."))
    supporter = Supporter.objects.filter(user_id=user_id).first()
    if supporter is None:
        raise CannotLetIn(_("Only people of the network's secretariat can be let in."))
    with transaction.atomic():
        if SupportGrant.objects.active().filter(user_id=user_id, organisation_id=required_organisation().id).exists():
            raise CannotLetIn(_("%(name)s is let in already.") % {"name": supporter.name})
        now = timezone.now()
        grant = SupportGrant.objects.create(
            organisation_id=required_organisation().id,
            user_id=user_id,
            user_name=supporter.name,
            reason=reason,
            granted_by_name=by.name,
            starts_at=now,
            ends_at=now + timedelta(hours=hours),
        )
        record(action="support.let_in", on=grant, detail={"hours": hours}, by=by)
        after_commit(_forget)
    return grant


def end_support(*, grant: UUID, by: Seat) -> SupportGrant:
    """Ends it at once. Raises SupportOver."""
    with transaction.atomic():
        found = (
            SupportGrant.objects.active()
            .select_for_update()
            .filter(pk=grant, organisation_id=required_organisation().id)
            .first()
        )
        if found is None:
            raise SupportOver(_("This access has ended already."))
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        record(action="support.ended", on=found, by=by)
        after_commit(_forget)
    return found


def support_inside() -> list[tuple[str, datetime]]:
    """Who may read here now, and until when. Asked by every page, so it is kept for a minute."""
    known: list[tuple[str, datetime]] | None = caches["default"].get(_INSIDE)
    if known is None:
        running = SupportGrant.objects.active().filter(organisation_id=required_organisation().id)
        known = list(running.order_by("ends_at").values_list("user_name", "ends_at"))
        caches["default"].set(_INSIDE, known, 60)
    return [(name, until) for name, until in known if until > timezone.now()]


def _forget() -> None:
    caches["default"].delete(_INSIDE)
