from django.urls import path

from network_registry.exchange.views import deadlines, fairness

urlpatterns = [
    path("settings/deadlines/", deadlines.deadlines, name="deadlines"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness/export/", fairness.fairness_export, name="fairness-export"),
    path("fairness/renew/", fairness.fairness_renew, name="fairness-renew"),
    path("fairness/province/", fairness.fairness_province, name="fairness-province"),
    path("fairness/own/", fairness.fairness_own, name="fairness-own"),
]
