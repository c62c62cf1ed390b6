"""E-mails about texts of ours: that something is to be done, never what stands in them."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from knowledge_base.enums import SubmissionState
from tenants.contributions.enums import State
from tenants.contributions.models import Contribution
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask

RELEASING = roles_with(Permission.KNOWLEDGE_RELEASE)
TOLD = (SubmissionState.RETURNED, SubmissionState.PUBLISHED)


@shared_task(name="contributions.tell_releasers", base=OrganisationTask)
def tell_releasers(contribution_id: str) -> int:
    """While it waits."""
    waiting = Contribution.objects.filter(pk=UUID(contribution_id), state=State.OFFERED)
    people = Colleague.objects.filter(ended_at=None, role__in=RELEASING)
    return sum(_send("offered", found, list(people)) for found in waiting)


@shared_task(name="contributions.tell_sent_back", base=OrganisationTask)
def tell_sent_back(contribution_id: str) -> int:
    return sum(
        _send("sent_back", found, _author(found)) for found in Contribution.objects.filter(pk=UUID(contribution_id))
    )


@shared_task(name="contributions.tell_moved", base=OrganisationTask)
def tell_moved(submission_id: str, state: str) -> int:
    """What the network decided about."""
    if state not in TOLD:
        return 0
    return sum(
        _send(state, found, _author(found)) for found in Contribution.objects.filter(submission=UUID(submission_id))
    )


def _author(found: Contribution) -> list[Colleague]:
    return list(Colleague.objects.filter(pk__in=[found.author_id] if found.author_id else [], ended_at=None))


def _send(kind: str, found: Contribution, people: list[Colleague]) -> int:
    here, messages = required_organisation(), []
    for colleague in people:
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "address": workspace_url(here, "learned-text", found.pk),
            }
            subject = " ".join(render_to_string(f"contributions/mail/{kind}_subject.txt", context).split())
            body = render_to_string(f"contributions/mail/{kind}.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
