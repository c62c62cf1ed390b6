"""Founding groups, for the secretariat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile
from halka.common.paging import page_of
from network_registry.working_groups.domain import founding
from network_registry.working_groups.errors import CannotFound
from network_registry.working_groups.forms.groups import GroupForm
from network_registry.working_groups.views.acting import done
from tenants.organisations.access import require
from tenants.organisations.enums import Kind
from tenants.organisations.models import WorkingGroup


def secretary(request: Any) -> Seat:
    """Raises Http404, PermissionDenied."""
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


@require_safe
def founded(request: Any) -> HttpResponse:
    """All groups, those that are an audience alone among them."""
    secretary(request)
    rows = WorkingGroup.objects.select_related("charter__convener").defer("charter__convener__logo")
    page = page_of(request, rows.annotate(count=Count("organisations")), keys=("name", "id"))
    return render(request, "working_groups/founded.html", {"page": page})


@require_http_methods(["GET", "POST"])
def found(request: Any) -> HttpResponse:
    return _edit(request, secretary(request), None)


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: UUID) -> HttpResponse:
    seat = secretary(request)
    return _edit(request, seat, get_object_or_404(WorkingGroup.objects.select_related("charter"), pk=pk))


def _edit(request: Any, seat: Seat, group: WorkingGroup | None) -> HttpResponse:
    data = request.POST or None
    if group is not None:
        data = conflicts.chosen(request, GroupForm(group=group), group)
    form = GroupForm(data, group=group)
    if form.is_valid():
        try:
            founding.save_group(group=group.pk if group else None, **form.values(), by=seat)
        except EditedMeanwhile:
            assert group is not None
            saved = WorkingGroup.objects.get(pk=group.pk)
            return conflicts.page(request, form, saved, back=reverse("wg-change", args=[group.pk]))
        except CannotFound as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), "wg-founded")
    context = {"form": form, "working_group": group, "charter": getattr(group, "charter", None)}
    return render(request, "working_groups/found.html", context, status=400 if form.is_bound else 200)


@require_POST
def close(request: Any, pk: UUID) -> HttpResponse:
    """Closes a group, or opens it again."""
    seat = secretary(request)
    group = get_object_or_404(WorkingGroup.objects.exclude(charter=None), pk=pk)
    if "open" in request.POST:
        return done(request, lambda: founding.reopen_group(group=group.pk, by=seat), _("Opened again."), "wg-founded")
    return done(request, lambda: founding.close_group(group=group.pk, by=seat), _("Closed."), "wg-founded")
