from django.urls import path

from tenants.referrals.held import views

urlpatterns = [
    path("held/", views.held, name="held"),
    path("held/<uuid:pk>/release/", views.held_release, name="held-release"),
    path("held/<uuid:pk>/reject/", views.held_reject, name="held-reject"),
]
