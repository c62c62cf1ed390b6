"""Background work of webhooks: thin, primitives in."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.integrations.domain import rounds, sweeping
from tenants.integrations.models import Endpoint
from tenants.organisations.directory import organisation_named
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Colleague, Organisation
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="integrations.deliver")
def deliver(short_name: str) -> int:
    """What is due of one organisation, which is left while something is sent."""
    try:
        sent, is_unfinished = rounds.deliver_due(organisation_named(short_name))
    except OrganisationUnavailable:  # being migrated: what is due is found again
        return 0
    if is_unfinished:
        deliver.delay(short_name)
    return sent


@shared_task(name="integrations.deliver_outstanding")
def deliver_outstanding() -> int:
    """Whatever is due anywhere: next attempts, and what lost tasks and dead workers left behind."""
    names = rounds.whose_turn()
    for short_name in names:
        deliver.delay(short_name)
    return len(names)


@shared_task(name="integrations.sweep_everywhere")
def sweep_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        sweep.delay(short_name)
    return len(names)


@shared_task(name="integrations.sweep", base=OrganisationTask)
def sweep() -> int:
    return sweeping.sweep()


@shared_task(
    name="integrations.send_notices",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_notices(endpoint_id: str, colleague_ids: list[str]) -> int:
    """To managers, each in their own language: a webhook was switched off."""
    organisation = required_organisation()
    endpoint = Endpoint.objects.get(pk=endpoint_id)
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "webhook": str(endpoint),
                "address": workspace_url(organisation, "webhook", endpoint.pk),
            }
            subject = " ".join(render_to_string("integrations/mail/switched_off_subject.txt", context).split())
            body = render_to_string("integrations/mail/switched_off.txt", context).strip()
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
