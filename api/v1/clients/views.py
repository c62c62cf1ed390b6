"""Clients, for the organisation's own systems. The verbs are those that the pages call."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import State, answer, hold
from api.description import describe
from api.errors import INVALID_FIELDS, MERGED, REFUSED
from api.paging import page_of
from api.v1.clients.serializers import (
    ClientReadSerializer,
    ClientRowSerializer,
    ClientsQuery,
    ClientsSerializer,
    ClientWriteSerializer,
)
from api.views import ApiView, valid
from halka.audit.domain import record_list
from halka.authorization.roles import Permission, Seat
from tenants.caseloads import policies
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.clients import ReferenceTaken, add_client, change_client, details_of
from tenants.caseloads.domain.teams import give
from tenants.caseloads.models import Client
from tenants.organisations.access import require


def state_of(client: Client) -> State:
    return (client.pk, client.version)


class ClientsView(ApiView):
    """Clients whose records the caller may open: software all of them, the newest first."""

    @describe(
        "clients_list", query=ClientsQuery, answer=ClientsSerializer, permission=Permission.CLIENT_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        seat = require(request, Permission.CLIENT_VIEW)
        query = valid(ClientsQuery(data=request.query_params))
        clients = Client.objects.present().reachable_by(seat).select_related("assigned_to")
        keys: tuple[str, ...] = ("-id",)
        if reference := query.get("reference"):
            clients = clients.filter(reference=reference)
        if since := query.get("updated_since"):
            clients, keys = clients.filter(changed_at__gte=since), ("changed_at", "id")
        page = page_of(request, clients, ClientRowSerializer, query, keys=keys)
        filters = [name for name in ("reference", "updated_since") if query.get(name)]
        record_list(action="client.listed", count=len(page["results"]), filters=filters, by=seat)
        return Response(page)

    @describe(
        "clients_add", body=ClientWriteSerializer, answer=ClientReadSerializer, permission=Permission.CLIENT_EDIT,
        status=201, etag=True, problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """A new client. Whoever adds one is not made responsible by that."""
        seat = require(request, Permission.CLIENT_EDIT)
        asked = ClientWriteSerializer(data=request.data)
        responsible = valid(asked).get("assigned_to")
        try:
            client = add_client(details=asked.details(), assigned_to=responsible and responsible.pk, by=seat)
        except ReferenceTaken as refusal:
            raise _taken(refusal) from refusal
        return _answer(request, client.pk, status=201, location=reverse("api-client", args=[client.pk]))


class ClientView(ApiView):
    """One client. Reading it is written into the organisation's audit."""

    @describe(
        "clients_read", answer=ClientReadSerializer, permission=Permission.CLIENT_VIEW, etag=True, problems=(MERGED,)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        client_for(request._request, pk, Permission.CLIENT_VIEW)
        return _answer(request, pk)

    @describe(
        "clients_change", body=ClientWriteSerializer, answer=ClientReadSerializer, permission=Permission.CLIENT_EDIT,
        etag=True, problems=(INVALID_FIELDS, MERGED, REFUSED),
    )  # fmt: skip
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes what is sent, and leaves the rest as it is."""
        client = client_for(request._request, pk, Permission.CLIENT_EDIT)
        client = hold(request, Client.objects.filter(pk=client.pk), state_of)
        asked = ClientWriteSerializer(data=request.data, before=details_of(client))
        values = valid(asked)
        if "national_number" in values and not reads_numbers(request.seat, client):
            raise PermissionDenied(_("The national number is for those who work with the person by profession."))
        try:
            client = change_client(client=client, details=asked.details(), seen_version=client.version, by=request.seat)
        except ReferenceTaken as refusal:
            raise _taken(refusal) from refusal
        if "assigned_to" in values and (values["assigned_to"] and values["assigned_to"].pk) != client.assigned_to_id:
            give(client=client, to=values["assigned_to"], by=request.seat)
        return _answer(request, pk)


def reads_numbers(seat: Seat, client: Client) -> bool:
    return policies.counts_as_professional(seat, policies.professions_of(seat, client))


def _taken(refusal: ReferenceTaken) -> serializers.ValidationError:
    return serializers.ValidationError({"reference": [serializers.ErrorDetail(str(refusal), code="unique")]})


def _answer(request: Request, pk: UUID, *, status: int = 200, location: str = "") -> Response:
    """The client as it is now."""
    client = Client.objects.select_related("assigned_to").get(pk=pk)
    data = ClientReadSerializer(client, context={"request": request}).data
    return answer(request, data, state=state_of(client), status=status, location=location)
