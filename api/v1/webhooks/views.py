"""Webhooks. The verbs are those that the pages call."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import State, answer, hold
from api.description import describe
from api.errors import INVALID_FIELDS, REFUSED
from api.paging import PageQuery, page_of
from api.v1.webhooks.serializers import (
    AttemptSerializer,
    AttemptsSerializer,
    NewWebhookSerializer,
    RedeliveredSerializer,
    RedeliverSerializer,
    RotateSerializer,
    SecretSerializer,
    TestSerializer,
    UndeliveredListSerializer,
    UndeliveredSerializer,
    WebhookSerializer,
    WebhooksSerializer,
    WebhookWriteSerializer,
)
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from tenants.integrations.access import endpoint_for
from tenants.integrations.domain import endpoints as verbs
from tenants.integrations.models import Attempt, Delivery, Endpoint
from tenants.organisations.access import require

MANAGE = Permission.WEBHOOK_MANAGE


def state_of(endpoint: Endpoint) -> State:
    return (endpoint.pk, endpoint.version)


class WebhooksView(ApiView):
    """Where this organisation's software is told of events."""

    @describe(
        "webhooks_list", query=PageQuery, answer=WebhooksSerializer, permission=MANAGE, problems=(INVALID_FIELDS,)
    )
    def get(self, request: Request) -> Response:
        require(request, MANAGE)
        query = valid(PageQuery(data=request.query_params))
        return Response(page_of(request, Endpoint.objects.kept(), WebhookSerializer, query))

    @describe(
        "webhooks_add", body=WebhookWriteSerializer, answer=NewWebhookSerializer, permission=MANAGE, status=201,
        etag=True, problems=(INVALID_FIELDS, REFUSED),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Adds one. The answer alone holds its secret."""
        seat = require(request, MANAGE)
        asked = WebhookWriteSerializer(data=request.data)
        valid(asked)
        endpoint, secret = verbs.add_endpoint(new=asked.settings(), by=seat)
        data = {**WebhookSerializer(endpoint).data, "secret": secret}
        location = reverse("api-webhook", args=[endpoint.pk])
        return answer(request, data, state=state_of(endpoint), status=201, location=location)


class WebhookView(ApiView):
    """One webhook."""

    @describe("webhooks_read", answer=WebhookSerializer, permission=MANAGE, etag=True)
    def get(self, request: Request, pk: UUID) -> Response:
        endpoint, _seat = endpoint_for(request, pk)
        return _answer(request, endpoint)

    @describe(
        "webhooks_change", body=WebhookWriteSerializer, answer=WebhookSerializer, permission=MANAGE, etag=True,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes what is sent, and leaves the rest as it is."""
        endpoint, seat = endpoint_for(request, pk)
        endpoint = hold(request, Endpoint.objects.kept().filter(pk=pk), state_of)
        asked = WebhookWriteSerializer(data=request.data, before=endpoint)
        valid(asked)
        saved = verbs.change_endpoint(endpoint=endpoint, new=asked.settings(), seen_version=endpoint.version, by=seat)
        return _answer(request, saved)

    @describe("webhooks_remove", answer=None, permission=MANAGE, status=204, etag=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Nothing more is sent there, also not what waits."""
        endpoint, seat = endpoint_for(request, pk)
        hold(request, Endpoint.objects.kept().filter(pk=pk), state_of)
        verbs.remove_endpoint(endpoint=endpoint, by=seat)
        return Response(status=204)


class PauseView(ApiView):
    """Sends nothing until it goes on. What happens meanwhile waits, for three days at most."""

    @describe("webhooks_pause", answer=WebhookSerializer, permission=MANAGE, etag=True)
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint, seat = endpoint_for(request, pk)
        verbs.pause_endpoint(endpoint=endpoint, by=seat)
        return _answer(request, Endpoint.objects.get(pk=pk))


class ResumeView(ApiView):
    """Goes on, also after it was switched off. What waited is sent."""

    @describe("webhooks_resume", answer=WebhookSerializer, permission=MANAGE, etag=True)
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint, seat = endpoint_for(request, pk)
        verbs.resume_endpoint(endpoint=endpoint, by=seat)
        return _answer(request, Endpoint.objects.get(pk=pk))


class SecretView(ApiView):
    """A new secret. For `overlap_hours` each event carries a signature of the old one too."""

    @describe(
        "webhooks_rotate", body=RotateSerializer, answer=SecretSerializer, permission=MANAGE, problems=(INVALID_FIELDS,)
    )
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint, seat = endpoint_for(request, pk)
        asked = RotateSerializer(data=request.data)
        valid(asked)
        return Response({"secret": verbs.rotate_secret(endpoint=endpoint, overlap=asked.overlap(), by=seat)})


class TestView(ApiView):
    """Sends an event of the type `test`, to this webhook alone."""

    @describe("webhooks_test", answer=TestSerializer, permission=MANAGE, status=202)
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint, seat = endpoint_for(request, pk)
        return Response({"event": verbs.send_test(endpoint=endpoint, by=seat).pk}, status=202)


class AttemptsView(ApiView):
    """What was sent and what came of it, the newest first; never what was in it."""

    @describe(
        "webhooks_attempts", query=PageQuery, answer=AttemptsSerializer, permission=MANAGE, problems=(INVALID_FIELDS,)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        endpoint, _seat = endpoint_for(request, pk)
        query = valid(PageQuery(data=request.query_params))
        attempts = Attempt.objects.filter(endpoint=endpoint).select_related("delivery__event")
        return Response(page_of(request, attempts, AttemptSerializer, query))


class UndeliveredView(ApiView):
    """What was given up after three days; kept for 30 days."""

    @describe(
        "webhooks_undelivered", query=PageQuery, answer=UndeliveredListSerializer, permission=MANAGE,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        endpoint, _seat = endpoint_for(request, pk)
        query = valid(PageQuery(data=request.query_params))
        dead = Delivery.objects.dead().filter(endpoint=endpoint).select_related("event")
        return Response(page_of(request, dead, UndeliveredSerializer, query))


class RedeliverView(ApiView):
    """Tries again for three days what was given up: one delivery, or all."""

    @describe(
        "webhooks_redeliver", body=RedeliverSerializer, answer=RedeliveredSerializer, permission=MANAGE,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint, seat = endpoint_for(request, pk)
        wanted = valid(RedeliverSerializer(data=request.data)).get("id")
        return Response({"count": verbs.redeliver(endpoint=endpoint, delivery_id=wanted, by=seat)})


def _answer(request: Request, endpoint: Endpoint) -> Response:
    return answer(request, WebhookSerializer(endpoint).data, state=state_of(endpoint))
