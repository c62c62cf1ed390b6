"""Background work of what organisations take along."""

from __future__ import annotations

from smtplib import SMTPException
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.authorization.roles import Role
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.organisations.domain.takeouts import remove_expired
from tenants.organisations.enums import State
from tenants.organisations.enums_leaving import ClosingState, TakeoutState
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.leaving.erasing import erase_outstanding
from tenants.organisations.leaving.making import STALE, make
from tenants.organisations.models import Closing, Colleague, Organisation, Takeout
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


@shared_task(name="organisations.erase_outstanding", time_limit=LONGEST)
def erase_outstanding_organisations() -> int:
    """Those whose time to object has passed: how many are erased."""
    return len(erase_outstanding())


@shared_task(
    name="closings.tell",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def tell_closing(closing_id: str) -> int:
    """Writes to the organisation's managers that its end is announced, or called off; how many."""
    organisation = required_organisation()
    closing = Closing.objects.filter(pk=closing_id, organisation_id=organisation.id).first()
    if closing is None:
        return 0
    managers = Colleague.objects.filter(role=Role.MANAGER, ended_at=None)
    for manager in managers:
        with translation.override(manager.language or organisation.language):
            context = {
                "name": manager.name,
                "organisation": organisation.name(translation.get_language() or "en"),
                "closing": closing,
                "is_off": closing.state == ClosingState.CALLED_OFF,
                "link": workspace_url(organisation, "takeout"),
            }
            subject = " ".join(render_to_string("organisations/leaving/closing_subject.txt", context).split())
            body = render_to_string("organisations/leaving/closing.txt", context).strip()
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [manager.email]).send()
    return len(managers)
