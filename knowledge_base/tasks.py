"""Background work of the knowledge base: thin, primitives in."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.calendars import calendar_in_use, format_day
from halka.common.current import required_organisation
from knowledge_base.domain import indexing, moving
from knowledge_base.domain.readers import READING_ROLES
from knowledge_base.models import Review
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="knowledge.renew")
def renew_search() -> int:
    return indexing.renew_all()


@shared_task(name="knowledge.take_in")
def take_in(submission_id: str) -> bool:
    return moving.take_in(UUID(submission_id))


@shared_task(name="knowledge.settle_round")
def settle_round(submission_id: str) -> bool:
    return moving.settle_round(UUID(submission_id))


@shared_task(name="knowledge.look_after")
def look_after() -> int:
    """Deadlines of readers, and what was left lying."""
    return moving.look_after()


@shared_task(name="knowledge.tell_readers", base=OrganisationTask)
def tell_readers(review_id: str, kind: str) -> int:
    """To everybody here who reads others' texts, while it is still to be read; `kind`: "asked" or "reminded"."""
    review = Review.objects.asked().select_related("text").filter(pk=review_id).first()
    if review is None:
        return 0
    here, messages = required_organisation(), []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=READING_ROLES):
        with translation.override(colleague.language), calendar_in_use(here.calendar):
            context = {
                "name": colleague.name,
                "title": str(review.text),
                "until": format_day(review.due_at),
                "address": workspace_url(here.short_name, "reading", review.pk),
            }
            subject = " ".join(render_to_string(f"knowledge_base/mail/{kind}_subject.txt", context).split())
            body = render_to_string(f"knowledge_base/mail/{kind}.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
