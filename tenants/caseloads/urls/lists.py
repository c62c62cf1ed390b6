"""Addresses of the lists of clients."""

from django.urls import path

from tenants.caseloads.views import lists

urlpatterns = [
    path("clients/", lists.clients, name="clients"),
    path("clients/mine/", lists.clients, {"mine": True}, name="clients-mine"),
]
