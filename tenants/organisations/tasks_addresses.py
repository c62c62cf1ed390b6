"""Background work of domains of organisations' own."""

from __future__ import annotations

from smtplib import SMTPException
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.organisations.domain import own_domains
from tenants.organisations.enums_addresses import OwnDomainState
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Colleague, OwnDomain
from tenants.organisations.tasks import OrganisationTask
from tenants.organisations.tasks_life import MANAGING


@shared_task(name="addresses.look_at")
def look_at_domain(domain_id: str) -> str:
    """The state it has then; empty where nothing was learned."""
    try:
        found = own_domains.look_at(UUID(domain_id))
    except OrganisationUnavailable:  # being migrated, or closed: later, or never
        return ""
    return found.state_now.value if found else ""


@shared_task(name="addresses.look_at_due")
def look_at_due() -> int:
    """A task for each domain whose turn it is; how many."""
    own_domains.settle()
    keys = own_domains.due(timezone.now())
    for key in keys:
        look_at_domain.delay(str(key))
    return len(keys)


@shared_task(
    name="addresses.tell",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def tell_domain(domain_id: str, state: str) -> int:
    """Writes to whoever looks after the organisation what became of the domain; to how many."""
    organisation = required_organisation()
    domain = OwnDomain.objects.filter(pk=domain_id, organisation_id=organisation.id).first()
    if domain is None:
        return 0
    messages = []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=MANAGING):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "domain": domain,
                "host": organisation.host,
                "state": OwnDomainState(state),
                "patience": own_domains.PATIENCE.days,
                "link": workspace_url(organisation, "own-domains"),
            }
            subject = " ".join(render_to_string("organisations/mail/domain_subject.txt", context).split())
            body = render_to_string("organisations/mail/domain.txt", context).strip()
        messages.append(EmailMessage(subject, body + "\n", to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
