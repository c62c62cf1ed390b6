"""What the organisation teaches: its curricula, the order of their units, and adopting one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from knowledge_base.models import PublishedUnit, PublishedVersion
from tenants.learning.access import curriculum_for
from tenants.learning.domain import arranging
from tenants.learning.domain.adopting import adopt_curriculum, end_adoption
from tenants.learning.domain.queries import curricula_with_figures, newest_versions, outline_of
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit
from tenants.organisations.access import require

Act = Callable[[Any, Seat], Any]


@require_GET
def learning(request: Any) -> HttpResponse:
    """The curricula that are taught, those that were, and what there is to adopt."""
    seat = require(request, Permission.LEARNING_VIEW)
    adopted, newest = curricula_with_figures(), newest_versions()
    taught = [each for each in adopted if each.ended_at is None]
    for each in taught:
        each.newer = each.standard in newest and newest[each.standard].pk != each.base
    held = {each.standard for each in taught}
    context = {
        "taught": taught,
        "ended": [each for each in adopted if each.ended_at is not None],
        "on_offer": [one for one in newest.values() if one.curriculum.is_live and one.curriculum_id not in held],
        "may_adapt": seat.can(Permission.LEARNING_ADAPT),
    }
    return render(request, "learning/curricula.html", context)


@require_http_methods(["GET", "POST"])
def adopt(request: Any, pk: UUID) -> HttpResponse:
    """What is in a version of the standard, and the button that takes it over."""
    seat = require(request, Permission.LEARNING_ADAPT)
    version = get_object_or_404(PublishedVersion.objects.select_related("curriculum"), pk=pk)
    if request.method == "POST":
        try:
            made = adopt_curriculum(version=version, by=seat)
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect("learning")
        messages.success(request, _("This is your own copy now. Change what does not fit the people you work with."))
        return redirect("adopted", made.pk)
    modules = list(version.modules.all())
    units = list(
        PublishedUnit.objects.filter(version=version)
        .in_order()
        .only("title", "module", "theory_hours", "practice_hours", "version")
    )
    rows = [(module, [unit for unit in units if unit.module_id == module.pk]) for module in modules]
    context = {"version": version, "standard": version.curriculum, "modules": rows, "count": len(units)}
    return render(request, "learning/adopt.html", {**context, "hours": sum((u.hours for u in units), Decimal())})


@require_GET
def curriculum(request: Any, pk: UUID) -> HttpResponse:
    """Modules and units in their order, with what may be done to them."""
    shown = curriculum_for(request, pk, Permission.LEARNING_VIEW)
    newest = newest_versions().get(shown.standard)
    context = {
        "curriculum": shown,
        **outline_of(shown),
        "newer": newest if newest and newest.pk != shown.base else None,
        "standard": newest.curriculum if newest else None,
        "may_adapt": request.seat.can(Permission.LEARNING_ADAPT) and shown.ended_at is None,
        "decided": shown.settlements.exists(),
    }
    return render(request, "learning/curriculum.html", context)


# The button of the page -> what it does to the unit or the module that it names.
UNIT_ACTS: Final[dict[str, Act]] = {
    "up": lambda unit, by: arranging.move_unit(unit=unit, way=arranging.UP, by=by),
    "down": lambda unit, by: arranging.move_unit(unit=unit, way=arranging.DOWN, by=by),
    "leave-out": lambda unit, by: arranging.leave_out(unit=unit, by=by),
    "put-back": lambda unit, by: arranging.put_back(unit=unit, by=by),
    "remove": lambda unit, by: arranging.remove_unit(unit=unit, by=by),
}
MODULE_ACTS: Final[dict[str, Act]] = {
    "module-up": lambda module, by: arranging.move_module(module=module, way=arranging.UP, by=by),
    "module-down": lambda module, by: arranging.move_module(module=module, way=arranging.DOWN, by=by),
    "module-remove": lambda module, by: arranging.remove_module(module=module, by=by),
}


@require_POST
def arrange(request: Any, pk: UUID) -> HttpResponse:
    """One press of a button: moving, leaving out, putting back, removing. Comes back to the same place."""
    shown = curriculum_for(request, pk, Permission.LEARNING_ADAPT)
    act, part = _act(request, shown)
    anchor = f"part-{part.pk}"
    try:
        act(part, request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    response = redirect("adopted", shown.pk)
    response["Location"] += f"#{anchor}"
    return response


def _act(request: Any, shown: AdoptedCurriculum) -> tuple[Act, AdoptedUnit | AdoptedModule]:
    """What the button asks for: `do` is the act and the key of the part. Raises Http404."""
    name, _colon, key = request.POST.get("do", "").partition(":")
    try:
        pk = UUID(key)
    except ValueError as error:
        raise Http404 from error
    if name in UNIT_ACTS:
        return UNIT_ACTS[name], get_object_or_404(shown.units.short(), pk=pk)
    if name in MODULE_ACTS:
        return MODULE_ACTS[name], get_object_or_404(shown.modules, pk=pk)
    raise Http404


@require_POST
def end(request: Any, pk: UUID) -> HttpResponse:
    shown = curriculum_for(request, pk, Permission.LEARNING_ADAPT)
    end_adoption(curriculum=shown, by=request.seat)
    messages.success(request, _("You no longer teach from this curriculum. What you wrote can still be read."))
    return redirect("learning")
