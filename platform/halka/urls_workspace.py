"""An organisation's workspace, on its own host."""

from django.urls import include, path

from halka.common import errors
from halka.common.styleguide import styleguide

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.our_fault

urlpatterns = [
    path("api/", include("api.urls")),  # one comparison for a page; partners' software asks most often
    path("", include("tenants.referrals.today")),
    path("", include("halka.accounts.urls_workspace")),
    path("", include("tenants.organisations.urls_workspace")),
    path("", include("tenants.referrals.ending.urls")),  # before the address of links to own pages
    path("", include("tenants.learning.urls")),  # likewise
    path("", include("tenants.caseloads.urls")),
    path("", include("tenants.contributions.urls")),
    path("", include("knowledge_base.urls_workspace")),
    path("", include("tenants.integrations.urls")),
    path("", include("tenants.referrals.elsewhere.urls")),
    path("", include("tenants.relocations.urls")),
    path("", include("tenants.referrals.urls")),
    path("", include("tenants.referrals.services.urls")),
    path("", include("tenants.referrals.held.urls")),
    path("", include("network_registry.exchange.urls_workspace")),
    path("", include("tenants.referrals.talking.urls")),
    path("", include("tenants.referrals.by_link.urls")),
    path("", include("network_registry.directory.urls_workspace")),
    path("", include("tenants.mergers.urls")),
    path("", include("network_registry.membership.urls_workspace")),
    path("", include("network_registry.status.urls_workspace")),
    path("", include("network_registry.working_groups.urls_workspace")),
    path("-/styleguide", styleguide, name="styleguide"),
]
