"""An organisation's workspace, on its own host."""

from django.urls import include, path

urlpatterns = [
    path("", include("halka.accounts.urls_workspace")),
]
