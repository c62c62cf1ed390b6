"""Reading a curriculum: its outline, its units, their sheets, and how it was in an earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from halka.common.charts import signed
from knowledge_base.access import reader_of
from knowledge_base.cartridge import FOR_MOODLE, NEWEST, Profile, write_cartridge
from knowledge_base.domain.evidence import evidence_on
from knowledge_base.models import Adoption, Curriculum, CurriculumVersion, Unit
from knowledge_base.models.base import KnowledgePage
from knowledge_base.reading import lessons_about

# What the outline does not show is not fetched.
LONG: Final = ("introduction", "guide", "exercises", "materials", "sheet_instructions", "sheet_lines")
IN_MEMORY: Final = 2**21  # bytes of a cartridge; a larger one waits on the disk


def outline(page: Curriculum, request: Any, number: int | None = None) -> dict[str, Any]:
    """Modules with their units and hours, and all published versions. Five queries. Raises Http404 for a version that
    is not there; without a number it is the newest.
    """
    versions = list(page.versions.published().order_by("-number").annotate(adopted_by=_teaching(page.key)))
    version = next((one for one in versions if number in (None, one.number)), None)
    if version is None and number is not None:
        raise Http404
    modules = list(version.modules.prefetch_related(_short_units())) if version else []
    units = [unit for module in modules for unit in module.units.all()]
    return {
        "version": version,
        "versions": versions,
        "modules": [(module, list(module.units.all()), _hours(module.units.all())) for module in modules],
        "unit_count": len(units),
        "theory_hours": sum((unit.theory_hours for unit in units), Decimal()),
        "practice_hours": sum((unit.practice_hours for unit in units), Decimal()),
        "hours": _hours(units),
        "lessons": lessons_about(page.key, language=page.locale.language_code, request=request),
        "adopted_by": versions[0].adopted_by if versions else 0,
        "evidence": (evidence := evidence_on(page.key).get((None, ""))),
        "far": signed(evidence.rated.average) if evidence and evidence.rated.average is not None else "",
        "below": "",
    }


def organisations_teaching(key: str) -> int:
    """How many organisations teach from the curriculum, in whichever language."""
    return Adoption.objects.filter(curriculum__key=key).aggregate(count=Count("organisation", distinct=True))["count"]


def _teaching(key: str) -> Any:
    """The same beside rows of another query."""
    rows = Adoption.objects.filter(curriculum__key=key).order_by().values("curriculum__key")
    return Coalesce(Subquery(rows.annotate(count=Count("organisation", distinct=True)).values("count")), 0)


def organisations_following(key: str) -> dict[UUID, int]:
    """How many follow each version of the curriculum now."""
    rows = Adoption.objects.filter(curriculum__key=key).values_list("version").annotate(count=Count("organisation"))
    return dict(rows)


def _short_units() -> Any:
    return Prefetch("units", Unit.objects.order_by("position", "id").defer(*LONG))


def _hours(units: Any) -> Decimal:
    return sum((unit.hours for unit in units), Decimal())


def answer_below(page: Curriculum, request: Any, below: Sequence[str]) -> HttpResponseBase:
    """units/…, units/…/sheet, cartridge, cartridge/moodle, and all of them, or nothing, after versions/2. Raises
    Http404.
    """
    number, before = None, ""
    if below[0] == "versions" and len(below) > 1:
        number, below = _number(below[1]), below[2:]
        before = f"versions/{number}/"
    match tuple(below):
        case () if number:
            context = KnowledgePage.get_context(page, request) | outline(page, request, number) | {"below": before}
            return TemplateResponse(request, page.template, context)
        case ("units", key):
            return _unit_page(page, request, _version(page, number), key, before)
        case ("units", key, "sheet"):
            return _sheet_page(page, request, _version(page, number), key, before)
        case ("cartridge",):
            return _cartridge(page, _version(page, number), NEWEST)
        case ("cartridge", "moodle"):
            return _cartridge(page, _version(page, number), FOR_MOODLE)
    raise Http404


def _number(text: str) -> int:
    """Raises Http404."""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Http404
    return int(text)


def _version(page: Curriculum, number: int | None) -> CurriculumVersion:
    """Published; the newest without a number. Raises Http404."""
    published = page.versions.published().order_by("-number")
    found = (published if number is None else published.filter(number=number)).first()
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
        handle=f"{page.pk}:{unit.key}",
        may_keep=reader_of(request).is_member,
    )


def _sheet_page(page: Curriculum, request: Any, version: CurriculumVersion, key: str, before: str) -> TemplateResponse:
    unit = _unit(version, key)
    if not unit.sheet_title:
        raise Http404
    return _answer(page, request, "knowledge_base/sheet.html", unit, before, version=version)


def _cartridge(page: Curriculum, version: CurriculumVersion, profile: Profile) -> FileResponse:
    """As a download that no page can embed, sent piece by piece."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the response closes it
    write_cartridge(page=page, version=version, to=file, profile=profile)
    file.seek(0)
    name = f"{page.key}-{page.locale.language_code}-{version.number}-cc{profile.number}.imscc"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=profile.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _answer(page: Curriculum, request: Any, template: str, unit: Unit, before: str, **values: Any) -> TemplateResponse:

    context = KnowledgePage.get_context(page, request) | {"unit": unit, "below": before} | values
    return TemplateResponse(request, template, context)
