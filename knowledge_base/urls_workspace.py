"""Reading others' texts, in an organisation's workspace."""

from django.urls import path

from knowledge_base import views_readers

urlpatterns = [
    path("reading/", views_readers.readings, name="readings"),
    path("reading/<uuid:pk>/", views_readers.reading, name="reading"),
]
