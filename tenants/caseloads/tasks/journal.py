"""E-mails about mentions, and files that nothing names."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from tenants.caseloads.domain import documents
from tenants.caseloads.models import Mention
from tenants.organisations.enums import State
from tenants.organisations.models import Colleague, Organisation
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="caseloads.send_mentions", base=OrganisationTask)
def send_mentions(entry_id: str, colleague_ids: list[str]) -> int:
    """A link for each who was asked to read, in their own language, and nothing about whom it is."""
    organisation = required_organisation()
    waiting = Mention.objects.filter(entry=UUID(entry_id), colleague__in=map(UUID, colleague_ids), seen_at=None)
    client_ids = dict(waiting.values_list("colleague", "entry__client"))
    messages = []
    for colleague in Colleague.objects.filter(pk__in=client_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "address": workspace_url(organisation, "journal-entry", client_ids[colleague.pk], entry_id),
            }
            subject = render_to_string("caseloads/mail/mention_subject.txt", context).strip()
            body = render_to_string("caseloads/mail/mention.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0


@shared_task(name="caseloads.clean_files", base=OrganisationTask)
def clean_files() -> int:
    """Files of documents whose transaction was undone."""
    return documents.remove_orphans()


@shared_task(name="caseloads.clean_files_everywhere")
def clean_files_everywhere() -> int:
    """Asks every organisation to; how many there are."""
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        clean_files.delay(short_name)
    return len(names)
