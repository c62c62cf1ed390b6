"""The status page, for everybody; and where the secretariat writes what stands on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.public import public_view
from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.status.domain import incidents as verbs
from network_registry.status.domain.standing import standings
from network_registry.status.forms import IncidentForm, UpdateForm
from network_registry.status.models import Incident
from tenants.organisations.access import require
from tenants.organisations.enums import Kind

SHOWN = 20


@public_view("whether the network works is for everybody to know; no organisation is named")
@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    now = standings()
    context = {"standings": now, "all_works": all(standing.works for standing in now), "at": timezone.now()}
    return render(request, "status/status.html", {**context, **_told()})


def _told() -> dict[str, Any]:
    """What was written about it, as far as it can be read."""
    written = Incident.objects.prefetch_related("updates")
    try:
        return {
            "open": list(written.open().order_by("-started_at", "-id")[:SHOWN]),
            "recent": list(written.recent().order_by("-ended_at", "-id")[:SHOWN]),
        }
    except DatabaseError:
        return {"open": [], "recent": []}


@require_safe
def incidents(request: Any) -> HttpResponse:
    """All of them, the latest first."""
    _secretary(request)
    return render(
        request,
        "status/incidents.html",
        {"page": page_of(request, Incident.objects.all(), keys=("-started_at", "-id"))},
    )


def _secretary(request: Any) -> Seat:
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


@require_http_methods(["GET", "POST"])
def incident_add(request: Any) -> HttpResponse:
    seat = _secretary(request)
    form = IncidentForm(request.POST or None)
    if form.is_valid():
        try:
            made = verbs.open_incident(incident=form.incident(), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the status page."))
            return redirect("incident", made.pk)
    return render(request, "status/incident_add.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def incident(request: Any, pk: UUID) -> HttpResponse:
    seat = _secretary(request)
    found = get_object_or_404(Incident, pk=pk)
    form = UpdateForm(request.POST or None, incident=found)
    if form.is_valid():
        data = form.cleaned_data
        try:
            verbs.write_on(
                incident=pk, texts=form.texts(), gravity=data["gravity"], is_over=data["is_over"],
                seen_version=data["seen_version"], by=seat,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.see(found := Incident.objects.get(pk=pk))
        else:
            messages.success(request, _("It is on the status page."))
            return redirect("incident", pk)
    context = {"incident": found, "updates": found.updates.all(), "form": form}
    return render(request, "status/incident.html", context, status=400 if form.is_bound else 200)
