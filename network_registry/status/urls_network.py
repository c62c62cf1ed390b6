"""Whether the network works, for everybody."""

from django.urls import path

from network_registry.status import views

urlpatterns = [path("status/", views.status, name="status")]
