"""The network's directory as HSDS 3.1, for everybody: read only, no person in it, organisations that are active."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.hsds import documents
from api.hsds.description import openapi
from api.hsds.taxonomies import TAXONOMIES, TERMS, having_any, having_term
from api.limits import use
from api.views import valid
from halka.common.addresses import network_url
from halka.common.folding import folded
from network_registry.directory.enums import OFFERING
from network_registry.directory.models import Entry, Location, Offer, Service
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation

VERSION: Final = "3.1"
PROFILE: Final = "https://docs.openreferral.org/en/latest/hsds/"
KEPT: Final = "public, max-age=300"
SIZE: Final = 50
MOST: Final = 500
MOST_MINIMAL: Final = 10_000


class PerAddress(BaseThrottle):
    """Nobody has to say who they are, so the address counts."""

    def allow_request(self, request: Any, view: Any) -> bool:
        address = get_adapter().get_client_ip(request._request)
        self.usage = request._request.api_usage = use({f"hsds {address}": settings.API_READS_PER_MINUTE})
        return not self.usage.is_over

    def wait(self) -> float:
        return self.usage.seconds


class PublicView(APIView):
    http_method_names = ("get", "head", "options")
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (PerAddress,)
    renderer_classes = (JSONRenderer,)
    schema = None

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Always JSON: `format` is HSDS's own parameter, and is looked at with the others."""
        return JSONRenderer(), JSONRenderer.media_type

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response.headers.setdefault("Cache-Control", "no-store")
        response["Access-Control-Allow-Origin"] = "*"
        if usage := getattr(request, "api_usage", None):
            usage.tell(response)
        return super().finalize_response(request, response, *args, **kwargs)


def told(request: Request, body: Any) -> HttpResponse:
    """The body with its ETag; 304 for a caller who has it."""
    response: HttpResponse = JsonResponse(body, safe=False, json_dumps_params={"ensure_ascii": False})
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = KEPT
    patch_vary_headers(response, ["Accept-Language"])
    return get_conditional_response(request, etag=response["ETag"], response=response)  # type: ignore[return-value]


class ListQuery(serializers.Serializer[Any]):
    """Parameters of every list, as HSDS names them."""

    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=1_000_000)
    per_page = serializers.IntegerField(required=False, default=SIZE, min_value=1, max_value=MOST)
    search = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    format = serializers.ChoiceField(required=False, choices=["json"])


class TaxonomyTermsQuery(ListQuery):
    taxonomy_id = serializers.UUIDField(required=False)
    parent_id = serializers.UUIDField(required=False)
    top_only = serializers.BooleanField(required=False, default=False)


class OrganizationsQuery(ListQuery):
    taxonomy_term_id = serializers.UUIDField(required=False)
    taxonomy_id = serializers.UUIDField(required=False)
    full = serializers.BooleanField(required=False, default=False)
    full_service = serializers.BooleanField(required=False, default=False)


class OrganizationQuery(serializers.Serializer[Any]):
    full_service = serializers.BooleanField(required=False, default=False)


class AtLocationsQuery(ListQuery):
    taxonomy_term_id = serializers.UUIDField(required=False)
    taxonomy_id = serializers.UUIDField(required=False)
    organization_id = serializers.UUIDField(required=False)
    modified_after = serializers.DateTimeField(required=False)
    full = serializers.BooleanField(required=False, default=False)
    postcode = serializers.CharField(required=False, default="", max_length=12)


class ServicesQuery(ListQuery):
    taxonomy_term_id = serializers.UUIDField(required=False)
    taxonomy_id = serializers.UUIDField(required=False)
    organization_id = serializers.UUIDField(required=False)
    modified_after = serializers.DateTimeField(required=False)
    full = serializers.BooleanField(required=False, default=False)
    minimal = serializers.BooleanField(required=False, default=False)


def page_of(rows: Any, query: dict[str, Any], body: Callable[[Any], Any], *, size: int = 0) -> dict[str, Any]:
    """The page as HSDS wants it: counted, by number. `rows` is a list or a queryset that has an order."""
    size = size or query["per_page"]
    total = len(rows) if isinstance(rows, list) else rows.count()
    number, last = query["page"], max(1, math.ceil(total / size))
    found = _cut(rows, (number - 1) * size, size)
    return {
        "total_items": total,
        "total_pages": last,
        "page_number": number,
        "size": len(found),
        "first_page": number == 1,
        "last_page": number >= last,
        "empty": not found,
        "contents": [body(row) for row in found],
    }


def _cut(rows: Any, first: int, size: int) -> list[Any]:
    """The keys are skipped over in the index alone; then whole rows are fetched for this page only."""
    if isinstance(rows, list):
        return rows[first : first + size]
    keys = list(rows.values_list("pk", flat=True)[first : first + size])
    found = rows.in_bulk(keys)
    return [found[pk] for pk in keys]


def active(of: str = "") -> dict[str, Any]:
    return {f"{of}state": State.ACTIVE, f"{of}kind__in": OFFERING}


def organizations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(**active()).order_by("id")


def services() -> QuerySet[Service]:
    offers = Offer.objects.filter(is_offered=True).select_related("location").order_by("id")
    offers = offers.prefetch_related("hours", "location__closures")
    shown = Service.objects.filter(is_published=True, **active("organisation__"))
    return shown.select_related("organisation").prefetch_related(Prefetch("offers", offers)).order_by("id")


def locations() -> QuerySet[Location]:
    used = Offer.objects.filter(location=OuterRef("pk"), is_offered=True, service__is_published=True)
    return Location.objects.filter(Exists(used), **active("organisation__")).order_by("id")


def at_locations() -> QuerySet[Offer]:
    shown = Offer.objects.filter(is_offered=True, service__is_published=True, **active("organisation__"))
    beside = Offer.objects.filter(is_offered=True).order_by("id")
    return (
        shown.select_related("service__organisation", "location")
        .prefetch_related(Prefetch("service__offers", beside), "hours", "location__closures")
        .order_by("id")
    )


def _of_taxonomies(query: dict[str, Any]) -> Q:
    """On services. An unknown term or taxonomy: none."""
    wanted = Q()
    if term_id := query.get("taxonomy_term_id"):
        term = next((term for term in TERMS if term.id == term_id), None)
        wanted &= Q(**having_term(term)) if term else Q(pk__in=[])
    if taxonomy_id := query.get("taxonomy_id"):
        taxonomy = next((taxonomy for taxonomy in TAXONOMIES if taxonomy.id == taxonomy_id), None)
        wanted &= Q(**having_any(taxonomy)) if taxonomy else Q(pk__in=[])
    return wanted


def _with_words(text: str) -> Q:
    """On entries of the search."""
    return Q(*(Q(search_key__contains=word) for word in folded(text).split()))


def _matching(query: dict[str, Any]) -> QuerySet[Service]:
    """Services that fulfil all of the parameters."""
    found = services().filter(_of_taxonomies(query))
    if organization_id := query.get("organization_id"):
        found = found.filter(organisation=organization_id)
    if since := query.get("modified_after"):
        offers = Offer.objects.filter(service=OuterRef("pk"), changed_at__gte=since)
        found = found.filter(Q(changed_at__gte=since) | Exists(offers))
    if query["search"]:
        found = found.filter(pk__in=Entry.objects.filter(_with_words(query["search"])).values("offer__service"))
    return found


def _one(rows: QuerySet[Any], pk: UUID) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class AboutView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        about = {
            "version": VERSION,
            "profile": PROFILE,
            "openapi_url": network_url("hsds-openapi"),
            "description": _("Services of the member organisations of the employment network."),
        }
        return told(request, about)


class OpenApiView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        return told(request, openapi())


class ServicesView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        query = valid(ServicesQuery(data=request.query_params))
        found = _matching(query)
        if query["minimal"]:
            return told(request, page_of(found, query, documents.service_minimal, size=MOST_MINIMAL))
        return told(request, page_of(found, query, documents.service_in_full if query["full"] else documents.service))


class ServiceView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return told(request, documents.service_in_full(_one(services(), pk)))


class AtLocationsView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        query = valid(AtLocationsQuery(data=request.query_params))
        found = at_locations().filter(service__in=services().filter(_of_taxonomies(query)).values("pk"))
        if organization_id := query.get("organization_id"):
            found = found.filter(organisation=organization_id)
        if since := query.get("modified_after"):
            found = found.filter(Q(changed_at__gte=since) | Q(service__changed_at__gte=since))
        if postcode := query["postcode"]:
            found = found.filter(location__postal_code=postcode)
        if query["search"]:
            found = found.filter(pk__in=Entry.objects.filter(_with_words(query["search"])).values("offer"))
        return told(request, page_of(found, query, _at_location_in_full if query["full"] else documents.at_location))


def _at_location_in_full(offer: Offer) -> documents.Body:
    return documents.at_location_in_full(offer, offer.service) | {"service": documents.service(offer.service)}


class AtLocationView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return told(request, _at_location_in_full(_one(at_locations(), pk)))


class LocationsView(PublicView):
    """Not an endpoint of HSDS 3, but of what people ask for."""

    def get(self, request: Request) -> HttpResponse:
        query = valid(ListQuery(data=request.query_params))
        found = locations()
        for word in query["search"].split():
            found = found.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(province__icontains=word))
        return told(request, page_of(found, query, documents.location_in_full))


class LocationView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return told(request, documents.location_in_full(_one(locations(), pk)))


class OrganizationsView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        query = valid(OrganizationsQuery(data=request.query_params))
        found = organizations()
        if query.get("taxonomy_term_id") or query.get("taxonomy_id"):
            found = found.filter(pk__in=services().filter(_of_taxonomies(query)).values("organisation"))
        for word in query["search"].split():
            found = found.annotate(all_names=Cast("names", TextField())).filter(all_names__icontains=word)
        if query["full"] or query["full_service"]:
            found = _with_all(found)
        in_full = query["full"] or query["full_service"]
        return told(request, page_of(found, query, _told_organization(query) if in_full else documents.organization))


class OrganizationView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = valid(OrganizationQuery(data=request.query_params))
        return told(request, _told_organization(query)(_one(_with_all(organizations()), pk)))


def _with_all(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return rows.prefetch_related(Prefetch("locations", locations()), Prefetch("services", services()))


def _told_organization(query: dict[str, Any]) -> Callable[[Organisation], documents.Body]:
    of_service = documents.service_in_full if query["full_service"] else documents.service_in_short

    def body(row: Organisation) -> documents.Body:
        return documents.organization_in_full(row, row.locations.all(), map(of_service, row.services.all()))

    return body


class TaxonomiesView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        query = valid(ListQuery(data=request.query_params))
        return told(request, page_of(_named(TAXONOMIES, query["search"]), query, _body))


class TaxonomyView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return told(request, _known(TAXONOMIES, pk))


class TermsView(PublicView):
    """No term stands below another, so all are at the top, and none has a parent."""

    def get(self, request: Request) -> HttpResponse:
        query = valid(TaxonomyTermsQuery(data=request.query_params))
        found = [] if query.get("parent_id") else _named(TERMS, query["search"])
        if taxonomy_id := query.get("taxonomy_id"):
            found = [term for term in found if term.taxonomy.id == taxonomy_id]
        return told(request, page_of(found, query, _body))


class TermView(PublicView):
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return told(request, _known(TERMS, pk))


def _body(row: Any) -> documents.Body:
    body: documents.Body = row.body()
    return body


def _named(rows: tuple[Any, ...], text: str) -> list[Any]:
    words = folded(text).split()
    return [row for row in rows if all(word in folded(row.body()["name"]) for word in words)]


def _known(rows: tuple[Any, ...], pk: UUID) -> documents.Body:
    found = next((row for row in rows if row.id == pk), None)
    if found is None:
        raise Http404
    return _body(found)
