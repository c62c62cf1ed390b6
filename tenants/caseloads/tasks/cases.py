"""E-mails about cases. They say that something happened, never about whom."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import ROLES, Permission, Role
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask


@shared_task(
    name="caseloads.send_notices",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_notices(kind: str, client_id: str, colleague_ids: list[str]) -> int:
    """To colleagues, each in their own language: `kind` names the template, "handed_over" or "emergency".

    The link leads to the client, to the list of emergencies for those who look at them, or to Today.
    """
    organisation = required_organisation()
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "address": workspace_url(organisation, *_page(kind, client_id, colleague)),
            }
            subject = " ".join(render_to_string(f"caseloads/mail/{kind}_subject.txt", context).split())
            body = render_to_string(f"caseloads/mail/{kind}.txt", context).strip()
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0


def _page(kind: str, client_id: str, colleague: Colleague) -> tuple[str, ...]:
    if kind == "emergency" and Permission.CASE_SUPERVISE in ROLES[Role(colleague.role)].permissions:
        return ("emergencies",)
    return ("client", client_id) if client_id else ("today",)
