"""Pages of scales: the network's, and those of one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain import scales as verbs
from tenants.caseloads.enums.assessments import ScaleState
from tenants.caseloads.forms.assessments import AnswersForm
from tenants.caseloads.forms.scales import ScaleEditor, StartForm
from tenants.caseloads.models import Scale
from tenants.caseloads.scales.network import is_networks
from tenants.caseloads.scales.words import name_of, parts_of
from tenants.organisations.access import require


@require_GET
def scales(request: Any) -> HttpResponse:
    require(request, Permission.PROGRAMME_MANAGE)
    found = verbs.all_scales()
    context = {
        "networks": [scale for scale in found if is_networks(scale)],
        "own": [scale for scale in found if not is_networks(scale) and scale.state != ScaleState.RETIRED],
        "retired": [scale for scale in found if not is_networks(scale) and scale.state == ScaleState.RETIRED],
    }
    return render(request, "caseloads/scales.html", context)


@require_http_methods(["GET", "POST"])
def scale_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    sources = {str(scale.pk): scale for scale in verbs.scales_in_use()}
    choices = [(pk, name_of(scale)) for pk, scale in sources.items()]
    form = StartForm(request.POST or None, scales=choices, initial={"start": request.GET.get("start", "")})
    if form.is_valid():
        name, start = form.cleaned_data["name"], form.cleaned_data["start"]
        if start:
            draft = verbs.scale_from(scale=sources[start], name=name, by=seat)
        else:
            draft = verbs.new_scale(name=name, by=seat)
        return redirect("scale-edit", draft.pk)
    return render(request, "caseloads/scales_add.html", {"form": form})


@require_GET
def scale(request: Any, pk: UUID) -> HttpResponse:
    """As somebody who rates sees it."""
    require(request, Permission.PROGRAMME_MANAGE)
    found = _scale(pk)
    context = {
        "scale": found,
        "name": name_of(found),
        "is_networks": is_networks(found),
        "form": AnswersForm(scale=found),
        "parts": parts_of(found),
        "versions": Scale.objects.filter(family=found.family).exclude(pk=found.pk).order_by("-number"),
    }
    return render(request, "caseloads/scales_scale.html", context)


@require_http_methods(["GET", "POST"])
def scale_edit(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    found = _scale(pk)
    if found.state != ScaleState.DRAFT:
        return redirect("scale", found.pk)
    editor = ScaleEditor(found, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not editor.is_valid():
        return _editor_page(request, found, editor)
    try:
        saved = verbs.change_draft(scale=found, **editor.values(), by=seat)
        if editor.is_publishing:
            verbs.publish(scale=saved, seen_version=saved.version, by=seat)
    except EditedMeanwhile:
        now = Scale.objects.select_related("changed_by").get(pk=pk)
        editor.show_beside(now)
        return _editor_page(request, found, editor, theirs=now)
    messages.success(request, _("In use now.") if editor.is_publishing else _("The draft is saved."))
    return redirect("scale", saved.pk)


def _editor_page(request: Any, scale: Scale, editor: ScaleEditor, theirs: Scale | None = None) -> HttpResponse:
    context = {"scale": scale, "editor": editor, "theirs": theirs, "their_parts": parts_of(theirs) if theirs else []}
    return render(request, "caseloads/scales_edit.html", context, status=409 if theirs else 200)


@require_POST
def scale_next(request: Any, pk: UUID) -> HttpResponse:
    """The draft of the next version; for one of the network's, the page that makes one's own from it."""
    seat = require(request, Permission.PROGRAMME_MANAGE)
    found = _scale(pk)
    if is_networks(found):
        return redirect(f"{reverse('scale-add')}?start={found.pk}")
    return redirect("scale-edit", verbs.next_version(scale=found, by=seat).pk)


STATES = {"retire": verbs.retire, "again": verbs.use_again, "discard": verbs.discard_draft}


@require_POST
def scale_state(request: Any, pk: UUID) -> HttpResponse:
    """Out of use, back to use, or a draft thrown away."""
    seat = require(request, Permission.PROGRAMME_MANAGE)
    verb = STATES.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    verb(scale=_scale(pk), by=seat)
    messages.success(request, _("Done."))
    return redirect("scales")


def _scale(pk: UUID) -> Scale:
    try:
        return verbs.scale_with(pk)
    except Scale.DoesNotExist as error:
        raise Http404 from error
