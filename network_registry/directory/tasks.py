"""Background work of the directory: thin, primitives in."""

from __future__ import annotations

from collections.abc import Iterable

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.audit.models import Entry as AuditEntry
from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.directory.domain import entries
from network_registry.directory.models import CapacityQuestion
from tenants.organisations.models import Colleague
from tenants.organisations.tasks import OrganisationTask


@shared_task(name="directory.renew")
def renew_directory() -> int:
    return entries.renew_all()


@shared_task(name="directory.tell_question", base=OrganisationTask)
def tell_question(question_id: str) -> int:
    """To everybody here who answers referrals; nothing when it is answered already."""
    question = _question(question_id)
    if question is None or question.answer:
        return 0
    roles = roles_with(Permission.REFERRAL_ANSWER)
    return _send("asked", question, Colleague.objects.filter(ended_at=None, role__in=roles))


@shared_task(name="directory.tell_answer", base=OrganisationTask)
def tell_answer(question_id: str) -> int:
    """To whoever asked, as the audit knows."""
    question = _question(question_id)
    if question is None:
        return 0
    askers = AuditEntry.objects.filter(action="capacity.asked", target_id=question_id).values("actor_user_id")
    return _send("answered", question, Colleague.objects.filter(ended_at=None, user_id__in=askers))


def _question(question_id: str) -> CapacityQuestion | None:
    questions = CapacityQuestion.objects.select_related("asker", "target", "offer__service__organisation")
    return questions.filter(pk=question_id).first()


def _send(kind: str, question: CapacityQuestion, colleagues: Iterable[Colleague]) -> int:
    here, messages = required_organisation(), []
    for colleague in colleagues:
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "asker": question.asker.ref().name(colleague.language),
                "target": question.target.ref().name(colleague.language),
                "service": str(question.offer.service),
                "answer": question.get_answer_display(),
                "address": workspace_url(here, "service-questions"),
            }
            subject = " ".join(render_to_string(f"directory/mail/{kind}_subject.txt", context).split())
            body = render_to_string(f"directory/mail/{kind}.txt", context)
        messages.append(EmailMessage(subject, body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
