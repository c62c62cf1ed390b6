"""The network site: sign-in, the directory, published knowledge."""

from django.urls import include, path

from halka.common import errors
from halka.common.styleguide import styleguide

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.our_fault

urlpatterns = [
    path("", include("halka.accounts.urls_network")),
    path("", include("halka.operating.urls_network")),
    path("", include("tenants.organisations.urls_network")),
    path("", include("knowledge_base.urls_network")),
    path("", include("network_registry.membership.urls_network")),
    path("", include("network_registry.status.urls_network")),
    path("hsds/v3/", include("api.hsds.urls")),
    path("open/v1/", include("api.open.urls")),
    path("-/styleguide", styleguide, name="styleguide"),
]
