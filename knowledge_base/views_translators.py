"""Texts side by side in two languages: on the network's host, in plain pages beside the CMS."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base import views_translated_curricula
from knowledge_base.access import editor
from knowledge_base.domain import languages, translating
from knowledge_base.enums import Work
from knowledge_base.models import Curriculum, Translation
from knowledge_base.rich_text import INNER
from knowledge_base.segments import segments_of
from knowledge_base.sheets import Row, rows_of, typed_in


@never_cache
@require_safe
def translations(request: Any) -> HttpResponse:
    editor(request)
    language, work = _language_of(request.GET.get("to", "")), request.GET.get("work", "")
    work = work if work in Work.values else ""
    page = page_of(request, languages.to_translate(language, work=work), keys=["title", "id"])
    context = {
        "spoken": [(one, get_language_info(one.code)) for one in languages.overview()],
        "language": get_language_info(language),
        "work": work,
        "works": [("", _("Everything")), *Work.choices],
        "page": page,
        "rows": [(row, languages.work_of(row)) for row in page.items],
    }
    return render(request, "knowledge_base/translations.html", context)


def _language_of(code: str) -> str:
    """One of the network's; the reader's own where another is not asked for, English being what is most written in."""
    if code in languages.LANGUAGES:
        return code
    own = get_language() or ""
    return own if own in languages.LANGUAGES and own != settings.LANGUAGE_CODE else languages.LANGUAGES[1]


@never_cache
@require_http_methods(["GET", "POST"])
def translation(request: Any, pk: int, language: str) -> HttpResponse:
    """The whole sheet: saved, or published. Script sends single parts while they are written."""
    editor(request)
    source = get_object_or_404(languages.originals().exclude(locale__language_code=language), pk=pk).specific
    if language not in languages.LANGUAGES:
        raise Http404
    if isinstance(source, Curriculum):
        return views_translated_curricula.overview(request, source, language)
    if request.method == "POST":
        return _written(request, source, language)
    there = Translation.objects.select_related("page").filter(source=pk, language=language).first()
    return _sheet(request, source, there or Translation(source=source, language=language), rows_of(source, there))


def _written(request: Any, source: Any, language: str) -> HttpResponse:
    sheet = translating.begin(source=source, language=language, by=request.user)
    typed = typed_in(request.POST)
    contested = translating.save_parts(translation=sheet, typed=typed, by=request.user)
    rows = rows_of(source, sheet, contested={one.key: one for one in typed if one.key in contested})
    if request.htmx:
        row = next((row for row in rows if row.key == request.GET.get("one")), None)
        return render(request, "knowledge_base/_translated_part.html", {"row": row, "is_answer": True})
    sheet.refresh_from_db()
    if contested:
        messages.error(request, _("Somebody else has written some parts meanwhile. Look at both."))
        return _sheet(request, source, sheet, rows, status=409)
    if request.POST.get("act") != "publish":
        messages.success(request, _("Saved."))
        return redirect("translation", source.pk, language)
    try:
        page = translating.publish(translation=sheet, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _sheet(request, source, sheet, rows, status=400)
    messages.success(request, _("Published: “%(title)s”.") % {"title": page.title})
    return redirect(f"{reverse('translations')}?to={language}")


def _sheet(request: Any, source: Any, sheet: Translation, rows: list[Row], *, status: int = 200) -> HttpResponse:
    context = {
        "source": source,
        "sheet": sheet,
        "rows": rows,
        "count": len(segments_of(source)),
        "has_inner_lists": any(INNER.search(row.pair.segment.text) for row in rows),
        "done": sum(row.state == translating.PartState.DONE for row in rows),
        "page": sheet.page.specific if sheet.page and sheet.page.live else None,
    }
    return render(request, "knowledge_base/translation.html", context, status=status)
