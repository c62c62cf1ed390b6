"""Who may open which client; that somebody did is written down here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from halka.audit.domain import record
from halka.authorization.roles import Permission
from tenants.caseloads.models import Client
from tenants.organisations.access import require


def client_for(request: HttpRequest, pk: UUID, permission: Permission) -> Client:
    """The client with the people around it. Reading it is audited.

    Raises Http404 where there is no such client here, PermissionDenied for a role without the permission.
    """
    seat = require(request, permission)
    try:
        client: Client = Client.objects.with_people().get(pk=pk)
    except Client.DoesNotExist as error:
        raise Http404 from error
    if request.method == "GET":
        record(action="client.viewed", on=client, by=seat)
    return client
