"""The public knowledge base, on the network's host: the same addresses as an organisation's software has on its own."""

from __future__ import annotations

from typing import Any

from django.urls import path

from api.open import views
from halka.authorization.public import public_view


def _open(view: Any) -> Any:
    return public_view("texts that are published for everybody; others are not among the rows")(view.as_view())


urlpatterns = [
    path("openapi.json", _open(views.OpenApiView), name="open-openapi"),
    path("knowledge/lessons/", _open(views.LessonsView), name="open-lessons"),
    path("knowledge/lessons/<int:pk>/", _open(views.LessonView), name="open-lesson"),
    path("knowledge/practices/", _open(views.PracticesView), name="open-practices"),
    path("knowledge/practices/<int:pk>/", _open(views.PracticeView), name="open-practice"),
    path("knowledge/curricula/", _open(views.CurriculaView), name="open-curricula"),
    path("knowledge/curricula/<int:pk>/", _open(views.CurriculumView), name="open-curriculum"),
    path("knowledge/curricula/<int:pk>/versions/<int:number>/", _open(views.VersionView), name="open-version"),
    path("knowledge/changes/", _open(views.ChangesView), name="open-changes"),
]
