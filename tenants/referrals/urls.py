from django.urls import path

from tenants.referrals.acts import ACTS
from tenants.referrals.views import lists, pages, sending

urlpatterns = [
    path("referrals/", lists.referral_list, name="referrals"),
    path("referrals/<uuid:pk>/", pages.referral_page, name="referral"),
    path("referrals/<uuid:pk>/client/", pages.referral_client, name="referral-client"),
    path("referrals/<uuid:pk>/edit/", sending.draft_edit, name="referral-draft-edit"),
    path("referrals/<uuid:pk>/send/", sending.draft_send, name="referral-draft-send"),
    path("referrals/<uuid:pk>/discard/", sending.draft_discard, name="referral-draft-discard"),
    path("clients/<uuid:pk>/refer/", sending.referral_send, name="referral-send"),
    *(
        path(f"referrals/<uuid:pk>/{act.slug}/", pages.referral_act, {"act": act}, name=f"referral-{act.slug}")
        for act in ACTS
    ),
]
