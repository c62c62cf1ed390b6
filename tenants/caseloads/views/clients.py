"""Pages of a client's record."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.audit.domain import record as write_down
from halka.authorization.roles import Permission, Seat
from halka.common import conflicts, sections
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads import policies
from tenants.caseloads.access import client_for, reads_sealed
from tenants.caseloads.domain import merging, vulnerabilities
from tenants.caseloads.domain.clients import ReferenceTaken, add_client, change_client
from tenants.caseloads.domain.experiences import experiences_of
from tenants.caseloads.domain.sharing import may_give
from tenants.caseloads.domain.teams import give
from tenants.caseloads.forms.clients import AddClientForm, AssignForm, EditClientForm
from tenants.caseloads.forms.similar import SimilarForm
from tenants.caseloads.models import Client
from tenants.organisations.access import require

SIMILAR = 5


@require_GET
def client(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_VIEW)
    return overview(request, record)


@require_POST
def client_number(request: Any, pk: UUID) -> HttpResponse:
    """The national number in full, for those who asked for it; that they did is written down."""
    record = client_for(request, pk, Permission.CLIENT_VIEW)
    if not reads_health(request.seat, record):
        return redirect("client", pk)
    write_down(action="client.number_shown", on=record, by=request.seat)
    if request.htmx:
        return render(request, "caseloads/_number.html", {"client": record, "number": record.national_number})
    return overview(request, record, number=record.national_number)


def overview(request: Any, record: Client, number: str = "") -> HttpResponse:
    may_edit = request.seat.can(Permission.CLIENT_EDIT)
    context = {
        "client": record,
        "parts": sections.rendered("client", request, client=record),
        "may_edit": may_edit,
        "hard": vulnerabilities.labels_of(record.vulnerabilities),
        "experiences": experiences_of(record),
        "merges": merging.merges_of(record) if may_edit else [],
        "reads_sealed": reads_sealed(request.seat),
        "reads_health": reads_health(request.seat, record),
        "number": number,
    }
    context["may_take"] = may_edit and record.assigned_to_id is None
    if may_give(record, request.seat):
        context["assign_form"] = AssignForm(initial={"to": record.assigned_to_id})
    return render(request, "caseloads/client.html", context)


def reads_health(seat: Seat, record: Client) -> bool:
    """Health and the national number are for professionals."""
    return reads_sealed(seat) and policies.counts_as_professional(seat, policies.professions_of(seat, record))


@require_http_methods(["GET", "POST"])
def client_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.CLIENT_EDIT)
    form = AddClientForm(request.POST or None, initial={"assigned_to": seat.membership_id})
    if form.is_valid():
        responsible = form.cleaned_data["assigned_to"]
        try:
            record = add_client(details=form.details(), assigned_to=responsible and responsible.pk, by=seat)
        except ReferenceTaken as refusal:
            form.add_error("reference", str(refusal))
        else:
            messages.success(request, _("%(name)s is in your caseload now.") % {"name": record})
            return redirect("client", record.pk)
    return render(request, "caseloads/client_add.html", {"form": form})


@require_POST
def client_similar(request: Any) -> HttpResponse:
    """Clients who may be the person that is being typed; of those in a colleague's care the name alone."""
    seat = require(request, Permission.CLIENT_EDIT)
    form = SimilarForm(request.POST)
    found = form.found(Client.objects.with_people().with_reach(seat)) if form.is_valid() else Client.objects.none()
    return render(request, "caseloads/_similar.html", {"similar": found[:SIMILAR]})


@require_http_methods(["GET", "POST"])
def client_edit(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    form_of = partial(EditClientForm.of, record, reads_health=reads_health(request.seat, record))
    form = form_of(conflicts.chosen(request, form_of(), record))
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            change_client(client=record, details=form.details(), seen_version=seen, by=request.seat)
        except EditedMeanwhile:
            saved = Client.objects.with_people().get(pk=pk)
            at, back = saved.changed_at, reverse("client", args=[pk])
            return conflicts.page(request, form, saved, whose=saved.changed_by, at=at, back=back)
        except ReferenceTaken as refusal:
            form.add_error("reference", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("client", record.pk)
    return render(request, "caseloads/client_edit.html", {"client": record, "form": form})


@require_POST
def client_assign(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    form = AssignForm(request.POST)
    if form.is_valid():
        colleague = form.cleaned_data["to"]
        try:
            give(client=record, to=colleague, by=request.seat)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("%(name)s is responsible now.") % {"name": colleague}
            messages.success(request, told if colleague else _("Nobody is responsible now."))
    return redirect("client", record.pk)
