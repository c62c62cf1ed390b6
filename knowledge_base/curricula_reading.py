"""Reading a curriculum: its outline, its units, their sheets, and how it was in an earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch
from django.http import Http404
from django.template.response import TemplateResponse

from knowledge_base.models import Curriculum, CurriculumVersion, Unit
from knowledge_base.models.base import KnowledgePage
from knowledge_base.reading import lessons_about

# What the outline does not show is not fetched.
LONG: Final = ("introduction", "guide", "exercises", "materials", "sheet_instructions", "sheet_lines")


def current_of(page: Curriculum) -> CurriculumVersion | None:
    """The newest published version."""
    return page.versions.published().order_by("-number").first()


def outline(page: Curriculum, version: CurriculumVersion | None, request: Any) -> dict[str, Any]:
    """Modules with their units and hours, and all published versions. Four queries."""
    modules = list(version.modules.prefetch_related(_short_units())) if version else []
    units = [unit for module in modules for unit in module.units.all()]
    return {
        "version": version,
        "versions": list(page.versions.published().order_by("-number")),
        "modules": [(module, list(module.units.all()), _hours(module.units.all())) for module in modules],
        "unit_count": len(units),
        "theory_hours": sum((unit.theory_hours for unit in units), Decimal()),
        "practice_hours": sum((unit.practice_hours for unit in units), Decimal()),
        "hours": _hours(units),
        "lessons": lessons_about(page.key, language=page.locale.language_code, request=request),
        "below": "",
    }


def _short_units() -> Any:

    return Prefetch("units", Unit.objects.order_by("position", "id").defer(*LONG))


def _hours(units: Any) -> Decimal:
    return sum((unit.hours for unit in units), Decimal())


def answer_below(page: Curriculum, request: Any, below: Sequence[str]) -> TemplateResponse:
    """units/…, units/…/sheet, versions/2, versions/2/units/…, versions/2/units/…/sheet. Raises Http404."""
    version = current_of(page)
    before = ""
    if below[0] == "versions" and len(below) > 1:
        version = _version(page, below[1])
        before, below = f"versions/{version.number}/", below[2:]
        if not below:
            context = page.get_context(request) | outline(page, version, request) | {"below": before}
            return TemplateResponse(request, page.template, context)
    match tuple(below), version:
        case ("units", key), CurriculumVersion():
            return _unit_page(page, request, version, key, before)
        case ("units", key, "sheet"), CurriculumVersion():
            return _sheet_page(page, request, version, key, before)
    raise Http404


def _version(page: Curriculum, number: str) -> CurriculumVersion:
    """Raises Http404."""
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    found = page.versions.published().filter(number=int(number)).first()
    if found is None:
        raise Http404
    return found


def _unit(version: CurriculumVersion, key: str) -> Unit:
    """Raises Http404."""
    found = version.units.select_related("module").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _unit_page(page: Curriculum, request: Any, version: CurriculumVersion, key: str, before: str) -> TemplateResponse:
    unit = _unit(version, key)
    order = list(version.units.only("key", "title", "version", "module").order_by("module__position", "position", "id"))
    keys = [other.key for other in order]
    place = keys.index(unit.key)
    return _answer(
        page,
        request,
        "knowledge_base/unit.html",
        unit,
        before,
        version=version,
        prerequisites=[other for other in order if other.key in unit.prerequisites],
        previous=order[place - 1] if place else None,
        next=order[place + 1] if place + 1 < len(order) else None,
        lessons=lessons_about(unit.key, language=page.locale.language_code, request=request),
    )


def _sheet_page(page: Curriculum, request: Any, version: CurriculumVersion, key: str, before: str) -> TemplateResponse:
    unit = _unit(version, key)
    if not unit.sheet_title:
        raise Http404
    return _answer(page, request, "knowledge_base/sheet.html", unit, before, version=version)


def _answer(page: Curriculum, request: Any, template: str, unit: Unit, before: str, **values: Any) -> TemplateResponse:

    context = KnowledgePage.get_context(page, request) | {"unit": unit, "below": before} | values
    return TemplateResponse(request, template, context)
