"""Everything under /api/ on an organisation's own host."""

from django.urls import include, path

from api import oauth

urlpatterns = [
    path("oauth/token", oauth.token, name="api-token"),
    path("v1/", include("api.v1.urls")),
]
