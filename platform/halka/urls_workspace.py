"""An organisation's workspace, on its own host."""

from django.urls import include, path

urlpatterns = [
    path("", include("tenants.referrals.today")),
    path("", include("halka.accounts.urls_workspace")),
    path("", include("tenants.caseloads.urls")),
    path("", include("tenants.referrals.urls")),
]
