"""The network site: sign-in, the directory, published knowledge."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
