"""Background work that people watch: thin, primitives in."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from tenants.caseloads.domain import jobs
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.models import Organisation
from tenants.organisations.tasks import OrganisationTask

LONGEST = 3 * 3600  # seconds; a job shows by its signs of life that it is not stuck


@shared_task(name="caseloads.run_job", base=OrganisationTask, time_limit=LONGEST)
def run_job(job_id: str) -> bool:
    return jobs.run(UUID(job_id))


@shared_task(name="caseloads.look_after_jobs")
def look_after_jobs() -> int:
    """In every organisation: removes what is over, takes up what no worker is at."""
    count = 0
    for organisation in Organisation.objects.exclude(state=State.CLOSED):
        try:
            with inside(organisation.ref()):
                count += jobs.remove_expired() + jobs.take_up_abandoned()
        except OrganisationUnavailable:  # being migrated: the next time
            continue
    return count
