"""The end of organisations, for the network's secretariat."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.domain.closing import announce_closing, call_off_closing, preview
from tenants.organisations.enums import Kind, State
from tenants.organisations.forms_leaving import ClosingForm
from tenants.organisations.models import Closing, Organisation


def _require(request: Any) -> Seat:
    """Of the secretariat: branches see the network's organisations too, and end none of them."""
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


@require_GET
def closings(request: Any) -> HttpResponse:
    _require(request)
    found = Closing.objects.select_related("organisation").defer("organisation__logo", "proof")
    context = {"page": page_of(request, found, keys=("-asked_at", "-id"))}
    return render(request, "organisations/leaving/closings.html", context)


@require_http_methods(["GET", "POST"])
def organisation_close(request: Any, pk: UUID) -> HttpResponse:
    """What goes and what stays; nothing is announced until the short name is typed."""
    seat = _require(request)
    found = Organisation.objects.exclude(kind=Kind.SECRETARIAT).exclude(state=State.CLOSED).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = ClosingForm(request.POST or None, organisation=found)
    if form.is_valid():
        try:
            announced = announce_closing(organisation=pk, **form.values(), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is announced, and its managers are told."))
            return redirect("closing", announced.pk)
    context = {"found": found, "form": form, "preview": preview(found)}
    return render(request, "organisations/leaving/close.html", context, status=400 if form.is_bound else 200)


@require_GET
def closing(request: Any, pk: UUID) -> HttpResponse:
    seat = _require(request)
    found = _found(pk)
    proof = json.dumps(found.proof, indent=1, sort_keys=True, ensure_ascii=False) if found.proof else ""
    context = {"closing": found, "proof": proof, "may_manage": seat.can(Permission.NETWORK_MANAGE)}
    return render(request, "organisations/leaving/closing.html", context)


@require_POST
def closing_call_off(request: Any, pk: UUID) -> HttpResponse:
    seat = _require(request)
    found = _found(pk)
    try:
        call_off_closing(closing=found.pk, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is called off, and its managers are told."))
    return redirect("closing", found.pk)


def _found(pk: UUID) -> Closing:
    found = Closing.objects.select_related("organisation").defer("organisation__logo").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
