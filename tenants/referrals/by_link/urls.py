"""Addresses of signed links. Each purpose has its own: a link of one opens no other."""

from django.urls import path

from tenants.referrals.by_link import views
from tenants.referrals.enums import LinkPurpose

urlpatterns = [
    path("link/answer/<str:token>/", views.answer, name="link-answer"),
    path("link/told/<str:token>/", views.told, name="link-told"),
    path("link/told/<str:token>/documents/<uuid:document>/", views.told_document, name="link-told-document"),
    path("link/result/<str:token>/", views.result, name="link-result"),
    *(
        path(f"link/{purpose.value}/<str:token>/another/", views.another(purpose), name=f"link-{purpose.value}-another")
        for purpose in LinkPurpose
    ),
]
