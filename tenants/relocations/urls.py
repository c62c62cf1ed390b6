"""Addresses of moves of records."""

from django.urls import path

from tenants.relocations.access import ACTS
from tenants.relocations.views import asking, moves

urlpatterns = [
    path("moves/", moves.move_list, name="relocations"),
    path("moves/<uuid:pk>/", moves.move, name="relocation"),
    path("moves/<uuid:pk>/progress/", moves.progress, name="relocation-progress"),
    path("clients/<uuid:pk>/move/", asking.ask, name="relocation-ask"),
    *(path(f"moves/<uuid:pk>/{name}/", moves.move_act, {"name": name}, name=f"relocation-{name}") for name in ACTS),
]
