"""Version 1 of the API, on each organisation's own host."""

from django.urls import path, re_path

from api.v1.me.views import MeView
from api.v1.nothing import NothingView
from api.v1.referrals import views as referrals
from api.v1.schema import SchemaView

urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path("referrals/", referrals.ReferralsView.as_view(), name="api-referrals"),
    path("referrals/<uuid:pk>/", referrals.ReferralView.as_view(), name="api-referral"),
    path("referrals/<uuid:pk>/open/", referrals.OpenView.as_view(), name="api-referral-open"),
    path("referrals/<uuid:pk>/accept/", referrals.AcceptView.as_view(), name="api-referral-accept"),
    path("referrals/<uuid:pk>/decline/", referrals.DeclineView.as_view(), name="api-referral-decline"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    re_path("", NothingView.as_view(), name="api-nothing"),
]
