"""Reading and writing one unit or module of the organisation's own copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile
from knowledge_base.models import PublishedUnit
from tenants.learning.access import curriculum_for, module_for, unit_for
from tenants.learning.domain.arranging import add_module, add_unit, change_module, change_unit
from tenants.learning.domain.comparing import difference_of
from tenants.learning.domain.contents import content_of
from tenants.learning.forms.units import ModuleForm, UnitEditor
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit


@require_GET
def unit_page(request: Any, pk: UUID) -> HttpResponse:
    """To teach from: what happens, exercises, the sheet; below, how it differs from the standard."""
    unit = unit_for(request, pk, Permission.LEARNING_VIEW)
    base = PublishedUnit.objects.filter(pk=unit.base).first() if unit.base and unit.is_rewritten else None
    order = list(unit.curriculum.units.taught().in_order().only("title", "key", "module", "curriculum"))
    place = next((at for at, each in enumerate(order) if each.pk == unit.pk), None)
    context = {
        "unit": unit,
        "curriculum": unit.curriculum,
        "differences": difference_of(unit, content_of(base), content_of(unit)) if base else [],
        "prerequisites": [each for each in order if each.key in unit.prerequisites],
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place is not None and place + 1 < len(order) else None,
        "may_adapt": request.seat.can(Permission.LEARNING_ADAPT) and unit.curriculum.ended_at is None,
    }
    return render(request, "learning/unit.html", context)


@require_GET
def sheet(request: Any, pk: UUID) -> HttpResponse:
    """One page to print, for those who take part."""
    unit = unit_for(request, pk, Permission.LEARNING_VIEW)
    if not unit.sheet_title:
        raise Http404
    return render(request, "learning/sheet.html", {"unit": unit, "curriculum": unit.curriculum})


@require_http_methods(["GET", "POST"])
def unit_add(request: Any, pk: UUID) -> HttpResponse:
    module = module_for(request, pk, Permission.LEARNING_ADAPT)
    data = request.POST if request.method == "POST" else None
    editor = UnitEditor(AdoptedUnit(curriculum=module.curriculum, module=module), module.curriculum, data)
    if data is None or not editor.is_valid():
        return _unit_form(request, module.curriculum, editor, module=module)
    made = add_unit(module=module, content=editor.content(), by=request.seat)
    messages.success(request, _("The unit is in your curriculum."))
    return redirect("learning-unit", made.pk)


@require_http_methods(["GET", "POST"])
def unit_edit(request: Any, pk: UUID) -> HttpResponse:
    unit = unit_for(request, pk, Permission.LEARNING_ADAPT)
    data = request.POST if request.method == "POST" else None
    editor = UnitEditor(unit, unit.curriculum, data)
    if data is None or not editor.is_valid():
        return _unit_form(request, unit.curriculum, editor)
    seen = editor.form.cleaned_data["seen_version"] or 0
    try:
        change_unit(unit=unit, content=editor.content(), seen_version=seen, by=request.seat)
    except EditedMeanwhile:
        return _both_shown(request, unit_for(request, pk, Permission.LEARNING_ADAPT), editor)
    messages.success(request, _("Saved."))
    return redirect("learning-unit", pk)


def _both_shown(request: Any, saved: AdoptedUnit, typed: UnitEditor) -> HttpResponse:
    """What was typed stays in the form, what is saved now stands above it: saving once more means it was read."""
    differences = typed.differences_to(saved)
    if not differences:
        messages.success(request, _("Somebody else has saved the same just before you."))
        return redirect("learning-unit", saved.pk)
    data = request.POST.copy()
    data["seen_version"] = str(saved.version)
    editor = UnitEditor(saved, saved.curriculum, data)
    return _unit_form(request, saved.curriculum, editor, 409, differences=differences, whose=saved.changed_by)


def _unit_form(
    request: Any, curriculum: AdoptedCurriculum, editor: UnitEditor, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"curriculum": curriculum, "editor": editor, "form": editor.form, "unit": editor.unit, **more}
    return render(request, "learning/unit_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def module_add(request: Any, pk: UUID) -> HttpResponse:
    curriculum = curriculum_for(request, pk, Permission.LEARNING_ADAPT)
    form = ModuleForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _module_form(request, curriculum, form)
    add_module(curriculum=curriculum, content=form.content(), by=request.seat)
    messages.success(request, _("The module is at the end. Move it to its place, and add units."))
    return redirect("adopted", curriculum.pk)


@require_http_methods(["GET", "POST"])
def module_edit(request: Any, pk: UUID) -> HttpResponse:
    module = module_for(request, pk, Permission.LEARNING_ADAPT)
    data = request.POST if request.method == "POST" else None
    form = ModuleForm(data, instance=module, initial={"seen_version": module.version})
    if not form.is_valid():
        return _module_form(request, module.curriculum, form, module=module)
    seen = form.cleaned_data["seen_version"] or 0
    try:
        change_module(module=module, content=form.content(), seen_version=seen, by=request.seat)
    except EditedMeanwhile:
        return _module_both(request, module_for(request, pk, Permission.LEARNING_ADAPT), form)
    messages.success(request, _("Saved."))
    return redirect("adopted", module.curriculum_id)


def _module_both(request: Any, saved: AdoptedModule, typed: ModuleForm) -> HttpResponse:
    differences = difference_of(saved, content_of(saved), typed.content())
    if not differences:
        messages.success(request, _("Somebody else has saved the same just before you."))
        return redirect("adopted", saved.curriculum_id)
    data = request.POST.copy()
    data["seen_version"] = str(saved.version)
    form = ModuleForm(data, instance=saved)
    return _module_form(request, saved.curriculum, form, 409, module=saved, differences=differences)


def _module_form(
    request: Any, curriculum: AdoptedCurriculum, form: ModuleForm, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "learning/module_form.html", {"curriculum": curriculum, "form": form, **more}, status=status)
