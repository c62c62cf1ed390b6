"""Fetching a webhook and checking access in one line."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from halka.authorization.roles import Permission, Seat
from tenants.integrations.models import Endpoint
from tenants.organisations.access import require


def endpoint_for(request: HttpRequest, pk: UUID) -> tuple[Endpoint, Seat]:
    """The webhook of this organisation, for those who look after webhooks; 404 where there is none any more, or 403."""
    seat = require(request, Permission.WEBHOOK_MANAGE)
    found: Endpoint | None = Endpoint.objects.kept().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found, seat
