from django.urls import path

from tenants.referrals.services import views

urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/<uuid:pk>/", views.service_offer, name="service-offer"),
]
