"""Mergers, for the secretariat and for the managers of both."""

from django.urls import path

from tenants.mergers.views import own, secretariat

urlpatterns = [
    path("mergers/", secretariat.mergers, name="mergers"),
    path("mergers/propose/", secretariat.propose, name="merger-propose"),
    path("mergers/<uuid:pk>/", secretariat.merger, name="merger"),
    path("mergers/<uuid:pk>/withdraw/", secretariat.withdraw, name="merger-withdraw"),
    path("mergers/<uuid:pk>/merge/", secretariat.merge, name="merger-merge"),
    path("mergers/<uuid:pk>/look/", secretariat.look, name="merger-look"),
    path("mergers/<uuid:pk>/undo/", secretariat.undo, name="merger-undo"),
    path("mergers/<uuid:pk>/progress/", secretariat.progress, name="merger-progress"),
    path("membership/mergers/<uuid:pk>/", own.merger, name="own-merger"),
    path("membership/mergers/<uuid:pk>/confirm/", own.confirm, name="own-merger-confirm"),
    path("membership/mergers/<uuid:pk>/progress/", own.progress, name="own-merger-progress"),
]
