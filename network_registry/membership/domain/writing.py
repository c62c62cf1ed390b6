"""E-mails about an application: to whoever sent it, and to those who decide. They name the organisation, and nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import Permission, roles_with
from halka.common.addresses import network_url, origin, workspace_url
from halka.common.current import required_organisation
from network_registry.membership.domain.links import make_link
from network_registry.membership.enums import ApplicationState, ChangeKind, ChangeState
from network_registry.membership.models import Application, ChangeRequest, Licence
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Colleague, Membership

REVIEWERS = roles_with(Permission.MEMBERSHIP_REVIEW)
DECIDERS = roles_with(Permission.NETWORK_MANAGE)
MANAGING = roles_with(Permission.ORGANISATION_MANAGE)


def reviewers_of(province: str) -> QuerySet[Membership]:
    """Those of the secretariat who decide, and those of the province's branch; with their account and organisation."""
    where = Q(organisation__kind=Kind.SECRETARIAT)
    if province:
        where |= Q(organisation__kind=Kind.BRANCH, organisation__province=province)
    found = Membership.objects.active().filter(where, role__in=REVIEWERS).exclude(organisation__state=State.CLOSED)
    return found.select_related("user", "organisation").defer("organisation__logo")


def write_applicant(application_id: UUID, about: str) -> None:
    """With a link of its own. `about`: begun, again, or the state it came to."""
    application = Application.objects.select_related("organisation").get(pk=application_id)
    event = application.events.filter(state=about).last() if about in ApplicationState.values else None
    with translation.override(application.language):
        context: dict[str, Any] = {
            "organisation": application.name(application.language),
            "reference": application.reference,
            "text": event.text if event else "",
            "conditions": _conditions(application),
            "reason": event.get_reason_display() if event else "",
            "link": network_url("application", make_link(application)),
            "address": origin(application.organisation.host) if application.organisation else "",
        }
        message = message_of(about, context, application.contact_email)
    message.send()


def _conditions(application: Application) -> str:
    licence = Licence.objects.filter(application=application).first()
    return licence.conditions if licence else ""


def tell_reviewers(application_id: UUID, about: str) -> int:
    """To the people of the secretariat and of the province's branch who decide; appeals to the secretariat alone."""
    application = Application.objects.get(pk=application_id)
    messages = []
    for membership in reviewers_of(application.province if about != "appealed" else ""):
        with translation.override(membership.user.language):
            context = {
                "name": membership.user.name,
                "organisation": application.name(membership.user.language),
                "reference": application.reference,
                "address": workspace_url(membership.organisation, "application-review", application.pk),
            }
            messages.append(message_of(f"reviewer_{about}", context, membership.user.email))
    return get_connection().send_messages(messages) or 0


def tell_change_asked(request_id: UUID) -> int:
    """To the secretariat's people who decide."""
    request = ChangeRequest.objects.select_related("organisation").get(pk=request_id)
    found = Membership.objects.active().filter(organisation__kind=Kind.SECRETARIAT, role__in=DECIDERS)
    messages = []
    for membership in found.select_related("user", "organisation").defer("organisation__logo"):
        with translation.override(membership.user.language):
            context = {
                "name": membership.user.name,
                "organisation": str(request.organisation),
                "what": request.get_kind_display(),
                "address": workspace_url(membership.organisation, "change-requests"),
            }
            messages.append(message_of("change_asked", context, membership.user.email))
    return get_connection().send_messages(messages) or 0


def tell_change_decided(request_id: UUID) -> int:
    """To those who look after the organisation that we are inside of."""
    request = ChangeRequest.objects.get(pk=request_id)
    messages = []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=MANAGING):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "what": request.get_kind_display(),
                "state": request.state_now.label,
                "answer": request.answer,
                "moved": request.kind == ChangeKind.ADDRESS and request.state_now == ChangeState.GRANTED,
                "address": workspace_url(required_organisation(), "own-membership"),
            }
            messages.append(message_of("change_decided", context, colleague.email))
    return get_connection().send_messages(messages) or 0


def message_of(name: str, context: dict[str, Any], address: str) -> EmailMessage:
    subject = " ".join(render_to_string(f"membership/mail/{name}_subject.txt", context).split())
    body = render_to_string(f"membership/mail/{name}.txt", context).strip()
    return EmailMessage(subject, body + "\n", to=[address])
