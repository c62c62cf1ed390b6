"""Background work of learning: thin, primitives in."""

from __future__ import annotations

from celery import shared_task

from tenants.learning.domain.evidence import renew_evidence
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="learning.renew_evidence_everywhere")
def renew_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        renew.delay(short_name)
    return len(names)


@shared_task(name="learning.renew_evidence", base=OrganisationTask)
def renew() -> int:
    return renew_evidence()
