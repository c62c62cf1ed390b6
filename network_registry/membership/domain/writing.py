"""E-mails about an application: to whoever sent it, and to those who decide. They name the organisation, and nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from halka.authorization.roles import ROLES, Permission, Role
from halka.common.addresses import network_url, origin, workspace_host, workspace_url
from network_registry.membership.domain.links import make_link
from network_registry.membership.enums import ApplicationState
from network_registry.membership.models import Application, Licence
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Membership

REVIEWERS = [role for role in Role if Permission.MEMBERSHIP_REVIEW in ROLES[role].permissions]


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
            "address": origin(workspace_host(application.short_name)) if application.organisation else "",
        }
        message = _message(about, context, application.contact_email)
    message.send()


def _conditions(application: Application) -> str:
    licence = Licence.objects.filter(application=application).first()
    return licence.conditions if licence else ""


def tell_reviewers(application_id: UUID, about: str) -> int:
    """To the people of the secretariat and of the province's branch who decide; appeals to the secretariat alone."""
    application = Application.objects.get(pk=application_id)
    where = Q(organisation__kind=Kind.SECRETARIAT)
    if application.province and about != "appealed":
        where |= Q(organisation__kind=Kind.BRANCH, organisation__province=application.province)
    found = Membership.objects.active().filter(where, role__in=REVIEWERS).exclude(organisation__state=State.CLOSED)
    messages = []
    for membership in found.select_related("user", "organisation").defer("organisation__logo"):
        with translation.override(membership.user.language):
            context = {
                "name": membership.user.name,
                "organisation": application.name(membership.user.language),
                "reference": application.reference,
                "address": workspace_url(membership.organisation.schema_name, "application-review", application.pk),
            }
            messages.append(_message(f"reviewer_{about}", context, membership.user.email))
    return get_connection().send_messages(messages) or 0


def _message(name: str, context: dict[str, Any], address: str) -> EmailMessage:
    subject = " ".join(render_to_string(f"membership/mail/{name}_subject.txt", context).split())
    body = render_to_string(f"membership/mail/{name}.txt", context).strip()
    return EmailMessage(subject, body + "\n", to=[address])
