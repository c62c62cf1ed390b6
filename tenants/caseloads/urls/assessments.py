"""Addresses of progress and of scales."""

from django.urls import path

from tenants.caseloads.views import assessments, scales

urlpatterns = [
    path("clients/<uuid:pk>/progress/", assessments.progress, name="client-progress"),
    path("clients/<uuid:pk>/progress/rate/", assessments.rate, name="client-rate"),
    path("clients/<uuid:pk>/progress/own/", assessments.rate_self, name="client-rate-self"),
    path("clients/<uuid:pk>/progress/<uuid:assessment>/", assessments.assessment, name="client-assessment"),
    path("clients/<uuid:pk>/findings/", assessments.finding_add, name="client-finding-add"),
    path("clients/<uuid:pk>/findings/<uuid:finding>/end/", assessments.finding_end, name="client-finding-end"),
    path("scales/", scales.scales, name="scales"),
    path("scales/add/", scales.scale_add, name="scale-add"),
    path("scales/<uuid:pk>/", scales.scale, name="scale"),
    path("scales/<uuid:pk>/edit/", scales.scale_edit, name="scale-edit"),
    path("scales/<uuid:pk>/next/", scales.scale_next, name="scale-next"),
    path("scales/<uuid:pk>/state/", scales.scale_state, name="scale-state"),
]
