"""Applying to join, on the network's host. What is behind a token is the applicant's own."""

from django.urls import path

from network_registry.membership.views import applying, following

urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("apply/again/", applying.again, name="apply-again"),
    path("apply/<str:token>/", following.application, name="application"),
    path("apply/<str:token>/send/", following.send, name="application-send"),
    path("apply/<str:token>/answer/", following.answer, name="application-answer"),
    path("apply/<str:token>/appeal/", following.appeal, name="application-appeal"),
    path("apply/<str:token>/withdraw/", following.withdraw, name="application-withdraw"),
    path("apply/<str:token>/progress/", following.progress, name="application-progress"),
    path("apply/<str:token>/framework/", following.framework, name="application-framework"),
    path("apply/<str:token>/papers/<uuid:paper>/", applying.paper, name="application-paper"),
    path("apply/<str:token>/papers/<uuid:paper>/remove/", applying.paper_remove, name="application-paper-remove"),
    path("apply/<str:token>/<slug:part>/", applying.part, name="application-part"),
    path("apply/<str:token>/<slug:part>/keep/", applying.keep_typed, name="application-keep"),
]
