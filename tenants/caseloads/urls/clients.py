"""Addresses of a client's record."""

from django.urls import path

from tenants.caseloads.views import clients

urlpatterns = [
    path("clients/add/", clients.client_add, name="client-add"),
    path("clients/similar/", clients.client_similar, name="client-similar"),
    path("clients/<uuid:pk>/", clients.client, name="client"),
    path("clients/<uuid:pk>/edit/", clients.client_edit, name="client-edit"),
    path("clients/<uuid:pk>/assign/", clients.client_assign, name="client-assign"),
]
