"""The front page, the link of an invitation, and the proxy's question."""

from django.urls import path

from tenants.organisations.views.front import home
from tenants.organisations.views.hosts import tls_check
from tenants.organisations.views.joining import join_by_link

urlpatterns = [
    path("", home, name="home"),
    path("join/<str:token>/", join_by_link, name="join"),
    path("-/tls-check/", tls_check, name="tls-check"),
]
