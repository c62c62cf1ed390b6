"""The public directory, on the network's host. Addresses end without a slash, as HSDS has them."""

from __future__ import annotations

from typing import Any

from django.urls import path

from api.hsds import views
from halka.authorization.public import public_view


def _open(view: Any) -> Any:
    return public_view("services of member organisations are public facts")(view.as_view())


urlpatterns = [
    path("", _open(views.AboutView), name="hsds"),
    path("openapi.json", _open(views.OpenApiView), name="hsds-openapi"),
    path("services", _open(views.ServicesView), name="hsds-services"),
    path("services/<uuid:pk>", _open(views.ServiceView), name="hsds-service"),
    path("service_at_locations", _open(views.AtLocationsView), name="hsds-at-locations"),
    path("service_at_locations/<uuid:pk>", _open(views.AtLocationView), name="hsds-at-location"),
    path("locations", _open(views.LocationsView), name="hsds-locations"),
    path("locations/<uuid:pk>", _open(views.LocationView), name="hsds-location"),
    path("organizations", _open(views.OrganizationsView), name="hsds-organizations"),
    path("organizations/<uuid:pk>", _open(views.OrganizationView), name="hsds-organization"),
    path("taxonomies", _open(views.TaxonomiesView), name="hsds-taxonomies"),
    path("taxonomies/<uuid:pk>", _open(views.TaxonomyView), name="hsds-taxonomy"),
    path("taxonomy_terms", _open(views.TermsView), name="hsds-terms"),
    path("taxonomy_terms/<uuid:pk>", _open(views.TermView), name="hsds-term"),
]
