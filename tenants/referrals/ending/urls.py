from django.urls import path

from tenants.referrals.ending import views

urlpatterns = [
    path("referrals/<uuid:pk>/settle/", views.referral_settle, name="referral-settle"),
    path("me/referrals/", views.me_referrals, name="me-referrals"),
    path("me/referrals/<uuid:pk>/withdraw/", views.me_referral_withdraw, name="me-referral-withdraw"),
]
