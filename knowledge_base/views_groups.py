"""Working groups, for editors: plain pages on the network's host, beside the CMS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from knowledge_base.access import Reader, editor
from knowledge_base.domain.groups import remove_group, save_group
from knowledge_base.forms_groups import GroupForm
from tenants.organisations.models import WorkingGroup


@never_cache
@require_safe
def groups(request: Any) -> HttpResponse:
    editor(request)
    rows = WorkingGroup.objects.annotate(count=Count("organisations"))
    return render(request, "knowledge_base/groups/groups.html", {"page": page_of(request, rows, keys=["name", "id"])})


@never_cache
@require_http_methods(["GET", "POST"])
def add_group(request: Any) -> HttpResponse:
    reader = editor(request)
    return _edit(request, reader, None)


@never_cache
@require_http_methods(["GET", "POST"])
def group(request: Any, pk: UUID) -> HttpResponse:
    reader = editor(request)
    return _edit(request, reader, get_object_or_404(WorkingGroup, pk=pk))


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: Any, pk: UUID) -> HttpResponse:
    reader = editor(request)
    found = get_object_or_404(WorkingGroup, pk=pk)
    if request.method == "POST":
        try:
            remove_group(group=found, by=reader)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("working-group", pk)
        messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
        return redirect("working-groups")
    return render(request, "knowledge_base/groups/remove.html", {"group": found})


def _edit(request: Any, reader: Reader, found: WorkingGroup | None) -> HttpResponse:
    form = GroupForm(request.POST or None, group=found)
    status, saved = 200, None
    if form.is_valid():
        values = form.cleaned_data | {"seen_version": form.cleaned_data["seen_version"] or 0}
        try:
            save_group(group=found, **values, by=reader)
        except EditedMeanwhile:
            status, saved = 409, found
            form.take_version(found.version if found else 0)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("working-groups")
    members = saved.organisations.order_by("schema_name") if saved else []
    context = {"group": found, "form": form, "saved": saved, "members": members}
    return render(request, "knowledge_base/groups/group.html", context, status=400 if form.errors else status)
