"""Reading what is taught."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from knowledge_base.models import PublishedVersion
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit

TAUGHT = Q(units__is_left_out=False)


def curricula_with_figures() -> list[Any]:
    """With `unit_count`, `hours` and `own_count`: units that were rewritten or added."""
    hours = F("units__theory_hours") + F("units__practice_hours")
    differing = TAUGHT & (Q(units__is_rewritten=True) | Q(units__base=None, units__pk__isnull=False))
    return list(
        AdoptedCurriculum.objects.annotate(
            unit_count=Count("units", filter=TAUGHT),
            hours=Coalesce(Sum(hours, filter=TAUGHT), Decimal()),
            own_count=Count("units", filter=differing),
        )
    )


def newest_versions() -> dict[int, PublishedVersion]:
    """Key of the curriculum -> its newest version, by title."""
    found = PublishedVersion.objects.select_related("curriculum").newest()
    return {one.curriculum_id: one for one in sorted(found, key=lambda one: one.curriculum.title)}


def outline_of(curriculum: AdoptedCurriculum) -> dict[str, Any]:
    """Modules with their units, hours, and what was left out. Two queries."""
    modules = list(curriculum.modules.all())
    units = list(curriculum.units.in_order().short())
    taught = [unit for unit in units if not unit.is_left_out]
    return {
        "modules": [
            {
                "module": module,
                "units": (own := [unit for unit in taught if unit.module_id == module.pk]),
                "left_out": [unit for unit in units if unit.is_left_out and unit.module_id == module.pk],
                "hours": _hours(own),
            }
            for module in modules
        ],
        "unit_count": len(taught),
        "hours": _hours(taught),
        "first": taught[0].pk if taught else None,
        "last": taught[-1].pk if taught else None,
        "counts": {
            "rewritten": sum(unit.is_rewritten for unit in taught),
            "own": sum(unit.is_own for unit in taught),
            "left_out": len(units) - len(taught),
        },
    }


def _hours(units: list[AdoptedUnit]) -> Decimal:
    return sum((unit.hours for unit in units), Decimal())
