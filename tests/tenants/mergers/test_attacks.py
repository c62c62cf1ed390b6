"""What somebody tried who wanted a merger to count, lose or show what it should not."""

from __future__ import annotations

from datetime import date

from tenants.caseloads.models import Client, KeptFigure, Programme
from tenants.organisations.isolation import inside

from .conftest import Both


def test_parting_leaves_no_figures_behind(both: Both, person: Client) -> None:
    """A programme that both ran counts here for whom it counted before, and nobody who went back."""
    with inside(both.beta):
        steps = Programme.objects.create(name="Steps", starts_on=date(2026, 1, 1))
    merged = both.merge()
    both.look(merged)
    assert both.undo(merged).state == "undone"
    with inside(both.beta):
        assert Programme.objects.get().pk == steps.pk
        assert not KeptFigure.objects.exists()
