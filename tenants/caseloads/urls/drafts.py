"""Addresses of what is typed and not yet sent."""

from django.urls import path

from tenants.caseloads.views import drafts

urlpatterns = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/discard/", drafts.draft_discard, name="draft-discard"),
]
