"""Two records of one person: choosing the other one, comparing, merging, and taking apart again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.access import client_for, require_care
from tenants.caseloads.domain.merging import (
    MergeImpossible,
    UnmergeImpossible,
    merge_clients,
    obstacle,
    undo_until,
    unmerge,
    what_moves,
)
from tenants.caseloads.forms.merging import MergeForm
from tenants.caseloads.models import Client, Merge
from tenants.caseloads.views.clients import reads_health

SHOWN = 8


@require_GET
def merge_choose(request: Any, pk: UUID) -> HttpResponse:
    """Who may be the same person, or whoever is looked for by name."""
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    search = request.GET.get("q", "").strip()
    others = Client.objects.with_people().with_reach(request.seat).exclude(pk=pk)
    if search:
        found = others.present().search(search).order_by("sort_key", "id")
    else:
        found = others.similar_to(
            record.given_name,
            record.family_name,
            number=record.national_number,
            phone=record.phone,
            born_on=record.born_on,
            birth_year=record.birth_year,
        )
    context = {"client": record, "found": found[:SHOWN], "search": search}
    return render(request, "caseloads/merge_choose.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: Any, pk: UUID, other: UUID) -> HttpResponse:
    """Side by side: which value stays, and what goes over."""
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    absorbed = client_for(request, other, Permission.CLIENT_EDIT)
    require_care(record, request.seat)
    require_care(absorbed, request.seat)
    if not (reads_health(request.seat, record) and reads_health(request.seat, absorbed)):
        raise PermissionDenied(_("Both records are shown in full here: that is for professionals of the team."))
    form = MergeForm(record, absorbed, request.POST or None)
    problem = obstacle(record, absorbed)
    if not problem and form.is_valid():
        try:
            merge_clients(
                keep=record, absorb=absorbed, result=form.result(), seen_versions=form.seen_versions(), by=request.seat
            )
        except EditedMeanwhile as refusal:
            problem, form = str(refusal), MergeForm(record, absorbed)
        except MergeImpossible as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The two records are one now. You can undo this for 30 days."))
            return redirect("client", record.pk)
    context = {"client": record, "other": absorbed, "form": form, "problem": problem, "moving": what_moves(absorbed)}
    return render(request, "caseloads/merge.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "POST"])
def merge_undo(request: Any, pk: UUID, merge: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    saved = get_object_or_404(Merge.objects.select_related("absorbed", "by"), pk=merge, kept=record)
    problem = ""
    if request.method == "POST":
        try:
            restored = unmerge(merge=saved, by=request.seat)
        except UnmergeImpossible as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("%(name)s has a record of their own again.") % {"name": restored})
            return redirect("client", record.pk)
    context = {"client": record, "merge": saved, "problem": problem, "until": undo_until(saved)}
    return render(request, "caseloads/merge_undo.html", context, status=409 if problem else 200)
