"""Addresses of messages and documents of a referral."""

from django.urls import path

from tenants.referrals.talking import views

urlpatterns = [
    path("referrals/<uuid:pk>/messages/", views.message_write, name="referral-message"),
    path("referrals/<uuid:pk>/documents/", views.document_enclose, name="referral-document-add"),
    path("referrals/<uuid:pk>/documents/<uuid:document>/", views.document_open, name="referral-document"),
    path(
        "referrals/<uuid:pk>/documents/<uuid:document>/take-back/",
        views.document_take_back,
        name="referral-document-take-back",
    ),
    path("referrals/<uuid:pk>/link/", views.link_again, name="referral-link-again"),
]
