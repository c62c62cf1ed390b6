"""Background work of what organisations take along."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from tenants.organisations.domain.takeouts import remove_expired
from tenants.organisations.enums import State
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.leaving.making import STALE, make
from tenants.organisations.models import Organisation, Takeout
from tenants.organisations.tasks import OrganisationTask

LONGEST = 6 * 3600  # seconds


# A second delivery, while the first is at it, finds that it is and ends.
@shared_task(name="takeouts.make", base=OrganisationTask, time_limit=LONGEST)
def make_takeout(takeout_id: str) -> bool:
    return make(UUID(takeout_id))


@shared_task(name="takeouts.carry_on")
def carry_on_takeouts() -> int:
    """Those whose process has not been heard of: how many were sent again."""
    silent = Q(beat_at=None, asked_at__lt=timezone.now() - STALE) | Q(beat_at__lt=timezone.now() - STALE)
    stopped = Takeout.objects.unfinished().filter(silent).exclude(organisation__state=State.CLOSED)
    found = list(stopped.values_list("organisation__schema_name", "pk"))
    for short_name, takeout_id in found:
        make_takeout.delay(short_name, str(takeout_id))
    return len(found)


@shared_task(name="takeouts.remove_expired")
def remove_expired_takeouts() -> int:
    """In every organisation that has one whose time has passed; how many."""
    expired = Takeout.objects.filter(state=TakeoutState.READY, expires_at__lte=timezone.now())
    removed = 0
    for organisation in Organisation.objects.exclude(state=State.CLOSED).filter(
        pk__in=expired.values("organisation_id")
    ):
        try:
            with inside(organisation.ref()):
                removed += remove_expired()
        except OrganisationUnavailable:
            continue
    return removed
