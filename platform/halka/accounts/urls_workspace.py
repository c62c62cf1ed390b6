"""What of the person's account every host has."""

from django.urls import path

from halka.accounts import views
from halka.accounts.middleware import STATE_PATH

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path(STATE_PATH.removeprefix("/"), views.session_state, name="session-state"),
    path("session/touch/", views.session_touch, name="session-touch"),
    path("sign-out/", views.sign_out, name="account_logout"),
]
