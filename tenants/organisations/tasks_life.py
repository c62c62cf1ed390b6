"""Background work of organisations' lives."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.organisations.models import Colleague, StateChange
from tenants.organisations.tasks import OrganisationTask

MANAGING = roles_with(Permission.ORGANISATION_MANAGE)


@shared_task(
    name="states.tell",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def tell_state(change_id: str) -> int:
    """Writes to whoever looks after the organisation that its state has changed; to how many."""
    organisation = required_organisation()
    change = StateChange.objects.filter(pk=change_id, organisation_id=organisation.id).first()
    if change is None:
        return 0
    messages = []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=MANAGING):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "change": change,
                "link": workspace_url(organisation, "today"),
            }
            subject = " ".join(render_to_string("organisations/mail/state_subject.txt", context).split())
            body = render_to_string("organisations/mail/state.txt", context).strip()
        messages.append(EmailMessage(subject, body + "\n", to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
