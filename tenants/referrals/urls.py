from django.urls import path

from tenants.referrals import views

urlpatterns = [
    path("referrals/", views.referral_list, name="referrals"),
    path("referrals/<uuid:pk>/", views.referral_page, name="referral"),
    path("referrals/<uuid:pk>/open/", views.referral_open, name="referral-open"),
    path("referrals/<uuid:pk>/accept/", views.referral_accept, name="referral-accept"),
    path("referrals/<uuid:pk>/decline/", views.referral_decline, name="referral-decline"),
    path("referrals/<uuid:pk>/client/", views.referral_client, name="referral-client"),
    path("clients/<uuid:pk>/refer/", views.referral_send, name="referral-send"),
]
