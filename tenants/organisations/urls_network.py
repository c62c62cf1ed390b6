"""The front page, and the link of an invitation."""

from django.urls import path

from tenants.organisations.views.front import home
from tenants.organisations.views.joining import join_by_link

urlpatterns = [
    path("", home, name="home"),
    path("join/<str:token>/", join_by_link, name="join"),
]
