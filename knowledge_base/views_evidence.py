"""What teaching from a curriculum did in all organisations together: for editors, in a plain page beside the CMS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from halka.common.calendars import localise_digits
from halka.common.charts import signed
from knowledge_base.access import editor
from knowledge_base.curricula_reading import organisations_following, organisations_teaching
from knowledge_base.domain.evidence import Figure, Sums, evidence_on
from knowledge_base.models import Curriculum, CurriculumVersion, Unit


@dataclass(frozen=True)
class Row:
    """A line of the table, in words."""

    label: str
    cells: tuple[tuple[str, str], ...]
    language: str = ""
    query: str = ""


@never_cache
@require_safe
def evidence(request: Any, pk: int) -> HttpResponse:
    """The whole, each version in each language, and the units of one of them or of all together."""
    editor(request)
    page = get_object_or_404(Curriculum.objects.select_related("locale"), pk=pk)
    sums, versions = evidence_on(page.key, units=True), _versions(page)
    chosen = _chosen(request, versions)
    shown = chosen or next((one for one in versions if one.curriculum_id == page.pk), None)
    adopted = organisations_following(page.key)
    context = {
        "page": page,
        "chosen": chosen,
        "whole": row_of(_("All versions"), sums.get((None, "")), adopted=organisations_teaching(page.key)),
        "rows": [_version_row(one, sums, adopted) for one in versions],
        "units": [row_of(unit.title, sums.get((chosen.pk if chosen else None, unit.key))) for unit in _units(shown)],
        "unit_language": shown.curriculum.locale.language_code if shown else "",
    }
    return render(request, "knowledge_base/evidence.html", context)


def row_of(label: str, sums: Sums | None, *, adopted: int | None = None, **more: str) -> Row:
    """`adopted` None: not said of it."""
    found = sums or Sums(None, "")
    cells = () if adopted is None else ((_("Taught by"), localise_digits(adopted)),)
    return Row(
        label,
        (
            *cells,
            (_("Delivered by"), localise_digits(found.groups.organisations)),
            (_("Groups"), _said(found.groups)),
            (_("People there"), _said(found.people)),
            (_("Completed"), _said(found.completed)),
            (_("How far they came"), _said(found.rated, average=True)),
        ),
        **more,
    )


def _said(figure: Figure, *, average: bool = False) -> str:
    if not figure.organisations:
        return "–"
    if figure.is_hidden:
        return _("too few")
    return signed(figure.average or 0) if average else localise_digits(figure.amount)


def _version_row(version: CurriculumVersion, sums: dict[Any, Sums], adopted: dict[UUID, int]) -> Row:
    language = version.curriculum.locale.language_code
    label = _("Version %(number)s, %(language)s") % {
        "number": localise_digits(version.number),
        "language": version.curriculum.locale.get_display_name(),
    }
    found = sums.get((version.pk, ""))
    return row_of(label, found, adopted=adopted.get(version.pk, 0), language=language, query=str(version.pk))


def _versions(page: Curriculum) -> list[CurriculumVersion]:
    """In every language, the newest first."""
    found = CurriculumVersion.objects.published().filter(curriculum__key=page.key)
    return list(found.select_related("curriculum__locale").order_by("curriculum__locale__language_code", "-number"))


def _chosen(request: Any, versions: Iterable[CurriculumVersion]) -> CurriculumVersion | None:
    wanted = request.GET.get("version", "")
    return next((one for one in versions if str(one.pk) == wanted), None)


def _units(version: CurriculumVersion | None) -> list[Unit]:
    if version is None:
        return []
    return list(version.units.only("key", "title", "version").order_by("module__position", "position", "id"))
