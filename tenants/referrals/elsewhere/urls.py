"""Addresses of what goes on with other organisations beside referrals."""

from django.urls import path

from tenants.referrals.elsewhere import views

urlpatterns = [
    path("elsewhere/", views.match_list, name="elsewhere"),
    path("elsewhere/<uuid:pk>/", views.match, name="match"),
    path("clients/<uuid:pk>/elsewhere/", views.of_client, name="client-elsewhere"),
    path("clients/<uuid:pk>/elsewhere/ask/", views.ask, name="elsewhere-ask"),
    path("clients/<uuid:pk>/elsewhere/<uuid:match>/agree/", views.match_answer, {"agreed": True}, name="match-agree"),
    path(
        "clients/<uuid:pk>/elsewhere/<uuid:match>/refuse/", views.match_answer, {"agreed": False}, name="match-refuse"
    ),
    path("settings/elsewhere/", views.settings, name="elsewhere-settings"),
]
