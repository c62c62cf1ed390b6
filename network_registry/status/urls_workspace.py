"""Where the secretariat writes what stands on the status page."""

from django.urls import path

from network_registry.status import views

urlpatterns = [
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/add/", views.incident_add, name="incident-add"),
    path("incidents/<uuid:pk>/", views.incident, name="incident"),
]
