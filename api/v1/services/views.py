"""Own services, for the systems that know how many places are free."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import State, answer, hold
from api.description import describe
from api.errors import INVALID_FIELDS
from api.paging import page_of
from api.v1.services.serializers import (
    CapacitySerializer,
    OfferSerializer,
    OwnServiceSerializer,
    OwnServicesSerializer,
    ServicesQuery,
)
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from network_registry.directory.domain.capacity import Capacity, confirm_capacities
from network_registry.directory.models import Offer, Service
from tenants.organisations.access import require


def state_of(offer: Offer) -> State:
    return (offer.pk, offer.version, offer.confirmed_at)


class ServicesView(ApiView):
    """What the organisation offers, also what is not published yet, the newest first."""

    @describe(
        "services_list", query=ServicesQuery, answer=OwnServicesSerializer, permission=Permission.DIRECTORY_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        require(request, Permission.DIRECTORY_VIEW)
        query = valid(ServicesQuery(data=request.query_params))
        return Response(page_of(request, _services(request), OwnServiceSerializer, query))


class ServiceView(ApiView):
    """One service with the places where it is given."""

    @describe("services_read", answer=OwnServiceSerializer, permission=Permission.DIRECTORY_VIEW, etag=True)
    def get(self, request: Request, pk: UUID) -> Response:
        require(request, Permission.DIRECTORY_VIEW)
        service = _services(request).filter(pk=pk).first()
        if service is None:
            raise Http404
        data = OwnServiceSerializer(service, context={"request": request}).data
        return answer(request, data, state=(service.pk, service.version, *map(state_of, service.offers.all())))


class OfferView(ApiView):
    """A service at one place: how many places are free, and how long one waits."""

    @describe("offers_read", answer=OfferSerializer, permission=Permission.DIRECTORY_VIEW, etag=True)
    def get(self, request: Request, pk: UUID) -> Response:
        require(request, Permission.DIRECTORY_VIEW)
        return _answer(request, pk)

    @describe(
        "offers_confirm", body=CapacitySerializer, answer=OfferSerializer, permission=Permission.CAPACITY_CONFIRM,
        etag=True, problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def patch(self, request: Request, pk: UUID) -> Response:
        """Confirms what is true now; the network's search finds it at once."""
        seat = require(request, Permission.CAPACITY_CONFIRM)
        offer = hold(request, _offers(request).filter(pk=pk), state_of)
        told = valid(CapacitySerializer(data=request.data))
        now = Capacity(
            offer.pk,
            told.get("free_places", offer.free_places),
            told.get("waiting_weeks", offer.waiting_weeks),
            offer.version,
        )
        confirm_capacities(rows=[now], by=seat)
        return _answer(request, pk)


def _services(request: Request) -> QuerySet[Service]:
    own = Service.objects.filter(organisation=request.organisation.id).select_related("organisation")
    return own.prefetch_related(Prefetch("offers", Offer.objects.select_related("location").order_by("id")))


def _offers(request: Request) -> QuerySet[Offer]:
    return Offer.objects.filter(organisation=request.organisation.id)


def _answer(request: Request, pk: UUID) -> Response:
    """The offer as it is now."""
    offer = _offers(request).select_related("location").filter(pk=pk).first()
    if offer is None:
        raise Http404
    return answer(request, OfferSerializer(offer, context={"request": request}).data, state=state_of(offer))
