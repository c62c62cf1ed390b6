"""An organisation's own services, and questions for a place. The search is beside referrals, which know clients."""

from django.urls import path

from network_registry.directory.views import own, questions

urlpatterns = [
    path("services/own/", own.own_services, name="own-services"),
    path("services/own/capacity/", own.own_capacity, name="own-capacity"),
    path("services/own/add/", own.service_add, name="own-service-add"),
    path("services/own/<uuid:pk>/", own.service_change, name="own-service"),
    path("services/own/<uuid:pk>/places/", own.offer_add, name="own-offer-add"),
    path("services/own/offers/<uuid:pk>/", own.offer_change, name="own-offer"),
    path("services/own/places/add/", own.place_add, name="own-place-add"),
    path("services/own/places/<uuid:pk>/", own.place_change, name="own-place"),
    path("services/own/places/<uuid:pk>/closed/", own.place_closures, name="own-place-closed"),
    path("services/questions/", questions.questions, name="service-questions"),
    path("services/questions/<uuid:pk>/answer/", questions.answer, name="service-answer"),
    path("services/<uuid:pk>/ask/", questions.ask, name="service-ask"),
]
