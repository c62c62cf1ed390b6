"""E-mails about a licence that runs out."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.mail import get_connection
from django.utils import timezone, translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.membership.domain.writing import MANAGING, message_of, reviewers_of
from network_registry.membership.models import Licence
from tenants.organisations.models import Colleague


def _context(licence: Licence, name: str, address: str) -> dict[str, Any]:
    return {
        "name": name,
        "organisation": licence.holder,
        "number": licence.number,
        "valid_until": licence.valid_until,
        "days": _left(licence.valid_until),
        "address": address,
    }


def _left(day: date) -> int:
    return max(0, (day - timezone.localdate()).days)


def tell_holder(licence_id: UUID) -> int:
    """To those who look after the organisation that we are inside of."""
    licence = Licence.objects.select_related("organisation").defer("organisation__logo").get(pk=licence_id)
    address = workspace_url(required_organisation(), "own-membership")
    messages = []
    for colleague in Colleague.objects.filter(ended_at=None, role__in=MANAGING):
        with translation.override(colleague.language):
            context = {**_context(licence, colleague.name, address), "organisation": str(licence.organisation)}
            messages.append(message_of("licence_ends", context, colleague.email))
    return get_connection().send_messages(messages) or 0


def tell_reviewers(licence_id: UUID) -> int:
    """To those of the secretariat and of the province's branch who renew it."""
    found = Licence.objects.select_related("application", "organisation").defer("organisation__logo")
    licence = found.get(pk=licence_id)
    messages = []
    for membership in reviewers_of(licence.organisation.province if licence.organisation else ""):
        address = workspace_url(membership.organisation, "licence-renew", licence.pk)
        with translation.override(membership.user.language):
            context = _context(licence, membership.user.name, address)
            messages.append(message_of("reviewer_licence_ends", context, membership.user.email))
    return get_connection().send_messages(messages) or 0
