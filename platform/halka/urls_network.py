"""The network site: sign-in, the directory, published knowledge."""

from django.urls import include, path

urlpatterns = [
    path("", include("halka.accounts.urls_network")),
]
