"""The machine of access, and what happens to it by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.current import required_organisation
from network_registry.exchange.dealing_enums import ACCESS_EDGES, ACCESS_REASONS, SETTLED, AccessEnd, AccessState
from network_registry.exchange.domain.dealings import Machine, Moved, move, tell_others
from network_registry.exchange.enums import Remains
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Access

MACHINE = Machine(ACCESS_EDGES, ACCESS_REASONS, AccessState.ASKED, Load.ACCESS_STEP)


def settle(access: Access) -> Moved:
    """Whoever asked says that its copy is erased. Raises DealingMoved where that was said already."""
    done = Access.objects.filter(
        pk=access.pk, sender=required_organisation().id, state=AccessState.ENDED, remains=Remains.WAITING
    ).update(remains=Remains.ERASED, version=F("version") + 1)
    if not done:
        raise DealingMoved(_("Somebody was faster: this cannot be done any more."))
    access.refresh_from_db()
    return tell_others(access, SETTLED, "", Load.ACCESS_STEP)


def pass_due(limit: int) -> list[UUID]:
    """Requests that nobody answered and access whose last day is over, under the network's rights; their keys."""
    unanswered = Access.objects.filter(state=AccessState.ASKED, expires_at__lte=timezone.now()).order_by("expires_at")
    over = Access.objects.filter(state=AccessState.GRANTED, until__lt=timezone.localdate()).order_by("until")
    return _all(unanswered[:limit], AccessState.EXPIRED) + _all(
        over[:limit], AccessState.ENDED, reason=AccessEnd.OVER, remains=Remains.WAITING
    )


def _all(rows: QuerySet[Access], to: AccessState, **values: Any) -> list[UUID]:
    moved = []
    for access in rows:
        try:
            with transaction.atomic():
                move(access, MACHINE, to=to, **values)
        except DealingMoved:  # somebody acted at this moment
            continue
        moved.append(access.pk)
    return moved
