"""Drafts that nobody takes up any more."""

from __future__ import annotations

from celery import shared_task

from tenants.caseloads.domain.drafts import remove_old_drafts
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="drafts.remove_old_everywhere")
def remove_old_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        remove_old.delay(short_name)
    return len(names)


@shared_task(name="drafts.remove_old", base=OrganisationTask)
def remove_old() -> int:
    return remove_old_drafts()
