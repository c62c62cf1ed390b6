"""Addresses of a record's history."""

from django.urls import path

from tenants.caseloads.views import history

urlpatterns = [
    path("clients/<uuid:pk>/history/", history.client_history, name="client-history"),
]
