"""The caseload's pages in a workspace."""

from django.urls import path

from tenants.caseloads import views

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/mine/", views.clients, {"mine": True}, name="clients-mine"),
    path("clients/add/", views.client_add, name="client-add"),
    path("clients/similar/", views.client_similar, name="client-similar"),
    path("clients/<uuid:pk>/", views.client, name="client"),
    path("clients/<uuid:pk>/edit/", views.client_edit, name="client-edit"),
    path("clients/<uuid:pk>/assign/", views.client_assign, name="client-assign"),
]
