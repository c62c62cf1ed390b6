"""A curriculum side by side in two languages: how far each unit is, a sheet for each, and publishing a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halka.common.errors import Refused
from knowledge_base.access import editor
from knowledge_base.domain import languages
from knowledge_base.domain.taking_in import begin_curriculum
from knowledge_base.domain.translating import PartState, save_parts
from knowledge_base.domain.translating_curricula import Standing, publish_curriculum, segments_about, standing
from knowledge_base.domain.versions import discard_version
from knowledge_base.forms import PublishTranslationForm
from knowledge_base.models import Curriculum, CurriculumVersion, Translation
from knowledge_base.segments import segments_of
from knowledge_base.sheets import Row, rows_about, typed_in
from knowledge_base.taught_segments import newest_version, one_taught, scopes_in

PAGE = "page"


def overview(request: Any, source: Curriculum, language: str) -> HttpResponse:
    """Whoever comes here has been asked for already. Publishes, or throws a draft of the CMS away."""
    if request.method == "POST":
        return _acted(request, source, language)
    there = _there(source, language)
    first = not (there.page_id and CurriculumVersion.objects.published().filter(curriculum=there.page_id).exists())
    with override(language):
        start = _("First version.") if first else ""
    return _overview(request, source, there, PublishTranslationForm(initial={"changes": start}))


def _acted(request: Any, source: Curriculum, language: str) -> HttpResponse:
    sheet = begin_curriculum(source=source, language=language, by=request.user)
    if request.POST.get("act") == "discard":
        draft = get_object_or_404(CurriculumVersion, curriculum=sheet.page_id, published_at=None)
        discard_version(version=draft, by=request.user)
        messages.success(request, _("The draft is thrown away."))
        return redirect("translation", source.pk, language)
    form = PublishTranslationForm(request.POST)
    if form.is_valid():
        try:
            page = publish_curriculum(translation=sheet, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Published: “%(title)s”.") % {"title": page.title})
            return redirect("translation", source.pk, language)
    return _overview(request, source, _there(source, language), form, status=400)


def _overview(
    request: Any, source: Curriculum, sheet: Translation, form: PublishTranslationForm, *, status: int = 200
) -> HttpResponse:
    now = standing(source, sheet)
    versions = list(CurriculumVersion.objects.filter(curriculum=sheet.page_id).order_by("-number")[:2])
    context = {
        "source": source,
        "sheet": sheet,
        "now": now,
        "form": form,
        "page": sheet.page.specific if sheet.page and sheet.page.live else None,
        "draft": next((one for one in versions if not one.is_published), None),
        "last": next((one for one in versions if one.is_published), None),
        "can_publish": _can_publish(now),
        "next_address": _address(source, sheet.language, *now.next.scope) if now.next else "",
    }
    return render(request, "knowledge_base/translated_curriculum.html", context, status=status)


def _can_publish(now: Standing) -> bool:
    return now.page.is_ready and (now.version is None or len(now.left_out) < len(now.units))


@never_cache
@require_http_methods(["GET", "POST"])
def step(request: Any, pk: int, language: str, kind: str, key: str = "") -> HttpResponse:
    """The sheet of a module, a unit or the curriculum's own page."""
    editor(request)
    source = get_object_or_404(languages.originals().exclude(locale__language_code=language), pk=pk).specific
    if language not in languages.LANGUAGES or not isinstance(source, Curriculum):
        raise Http404
    about = segments_of if kind == PAGE else segments_about(kind, key)
    segments = about(source)
    if not segments:
        raise Http404
    if request.method == "POST":
        return _written(request, source, language, kind, key)
    there = _there(source, language)
    return _step(request, source, there, kind, key, rows_about(segments, there))


def _written(request: Any, source: Curriculum, language: str, kind: str, key: str) -> HttpResponse:
    about = segments_of if kind == PAGE else segments_about(kind, key)
    sheet = begin_curriculum(source=source, language=language, by=request.user)
    typed = typed_in(request.POST)
    contested = save_parts(translation=sheet, typed=typed, segments=about, by=request.user)
    rows = rows_about(about(source), sheet, contested={one.key: one for one in typed if one.key in contested})
    if request.htmx:
        row = next((row for row in rows if row.key == request.GET.get("one")), None)
        return render(
            request, "knowledge_base/_translated_part.html", {"row": row, "source": source, "is_answer": True}
        )
    if contested:
        messages.error(request, _("Somebody else has written some parts meanwhile. Look at both."))
        return _step(request, source, _there(source, language), kind, key, rows, status=409)
    messages.success(request, _("Saved."))
    scope = _next(source, kind, key) if request.POST.get("act") == "next" else (kind, key)
    return redirect(_address(source, language, *scope) if scope else _address(source, language))


def _address(source: Curriculum, language: str, kind: str = "", key: str = "") -> str:
    """Of a sheet; of the whole without a `kind`."""
    if not kind:
        return reverse("translation", args=[source.pk, language])
    if kind == PAGE:
        return reverse("translation-page", args=[source.pk, language])
    return reverse("translation-step", args=[source.pk, language, kind, key])


def _next(source: Curriculum, kind: str, key: str) -> tuple[str, str] | None:
    scopes = [(PAGE, ""), *scopes_in(newest_version(source))]
    at = scopes.index((kind, key)) + 1
    return scopes[at] if at < len(scopes) else None


def _there(source: Curriculum, language: str) -> Translation:
    found = Translation.objects.select_related("page").filter(source=source.pk, language=language).first()
    return found or Translation(source=source, language=language)


def _step(
    request: Any, source: Curriculum, sheet: Translation, kind: str, key: str, rows: list[Row], *, status: int = 200
) -> HttpResponse:
    version = newest_version(source)
    taught = None if kind == PAGE else one_taught(version, kind=kind, key=key)
    context = {
        "source": source,
        "sheet": sheet,
        "taught": taught,
        "version": version,
        "rows": rows,
        "count": len(rows),
        "done": sum(row.state == PartState.DONE for row in rows),
        "has_next": _next(source, kind, key) is not None,
    }
    return render(request, "knowledge_base/translation_step.html", context, status=status)
