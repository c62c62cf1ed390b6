"""Addresses of work in the background."""

from django.urls import path

from tenants.caseloads.views import jobs

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/file/", jobs.job_file, name="job-file"),
    path("jobs/<uuid:pk>/again/", jobs.job_again, name="job-again"),
    path("jobs/<uuid:pk>/remove/", jobs.job_remove, name="job-remove"),
]
