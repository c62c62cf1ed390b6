"""Health and figures of the installation, on the network's host."""

from django.urls import path

from halka.operating import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("metrics", views.metrics, name="metrics"),
]
