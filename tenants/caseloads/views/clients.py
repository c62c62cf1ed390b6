"""Pages of a client's record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common import sections
from halka.common.errors import EditedMeanwhile
from tenants.caseloads import conflicts
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.clients import add_client, assign_client, change_client
from tenants.caseloads.forms.clients import AddClientForm, AssignForm, EditClientForm
from tenants.caseloads.models import Client
from tenants.organisations.access import require

SIMILAR = 4
ENOUGH = 3  # letters before similar names are looked for


@require_GET
def client(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_VIEW)
    parts = sections.rendered("client", request, client=record)
    context = {"client": record, "parts": parts, "may_edit": request.seat.can(Permission.CLIENT_EDIT)}
    if context["may_edit"]:
        context["assign_form"] = AssignForm(initial={"to": record.assigned_to_id})
    return render(request, "caseloads/client.html", context)


@require_http_methods(["GET", "POST"])
def client_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.CLIENT_EDIT)
    form = AddClientForm(request.POST or None, initial={"assigned_to": seat.membership_id})
    if form.is_valid():
        responsible = form.cleaned_data["assigned_to"]
        record = add_client(details=form.details(), assigned_to=responsible and responsible.pk, by=seat)
        messages.success(request, _("%(name)s is in your caseload now.") % {"name": record})
        return redirect("client", record.pk)
    return render(request, "caseloads/client_add.html", {"form": form})


@require_POST
def client_similar(request: Any) -> HttpResponse:
    """Clients whose names are near the one that is being typed."""
    require(request, Permission.CLIENT_EDIT)
    names = request.POST.get("given_name", "").strip(), request.POST.get("family_name", "").strip()
    found = Client.objects.similar_to(*names).select_related("assigned_to")
    similar = found[:SIMILAR] if len("".join(names)) >= ENOUGH else []
    return render(request, "caseloads/_similar.html", {"similar": similar})


@require_http_methods(["GET", "POST"])
def client_edit(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    if request.method == "GET":
        return _edit_page(request, record, EditClientForm.of(record))
    form = EditClientForm.of(record, conflicts.chosen(request.POST, record))
    if not form.is_valid():
        return _edit_page(request, record, form)
    try:
        change_client(
            client=record, details=form.details(), seen_version=form.cleaned_data["seen_version"], by=request.seat
        )
    except EditedMeanwhile:
        return _conflict_page(request, Client.objects.with_people().get(pk=pk), form)
    messages.success(request, _("Saved."))
    return redirect("client", record.pk)


def _edit_page(request: Any, record: Client, form: EditClientForm) -> HttpResponse:
    return render(request, "caseloads/client_edit.html", {"client": record, "form": form})


def _conflict_page(request: Any, record: Client, form: EditClientForm) -> HttpResponse:
    """The second to save chooses, field by field; when both wrote the same there is nothing to choose."""
    rows = conflicts.differences(record, form)
    if not rows:
        messages.success(request, _("Somebody else has saved the same just before you."))
        return redirect("client", record.pk)
    context: dict[str, Any] = {"client": record, "rows": rows, "carried": conflicts.hidden_inputs(record, form)}
    return render(request, "caseloads/client_conflict.html", context, status=409)


@require_POST
def client_assign(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    form = AssignForm(request.POST)
    if form.is_valid():
        colleague = form.cleaned_data["to"]
        assign_client(client=record, to=colleague and colleague.pk, by=request.seat)
        messages.success(
            request,
            _("%(name)s is responsible now.") % {"name": colleague} if colleague else _("Nobody is responsible now."),
        )
    return redirect("client", record.pk)
