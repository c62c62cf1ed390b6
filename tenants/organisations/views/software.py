"""The organisation's own software: what may call the API, its secrets, and how to begin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.roles import Permission
from halka.common.addresses import origin
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.domain import software as verbs
from tenants.organisations.forms_software import SecretForm, SoftwareForm
from tenants.organisations.models import Software


@require_GET
def software_list(request: Any) -> HttpResponse:
    require(request, Permission.ORGANISATION_MANAGE)
    own = Software.objects.filter(organisation_id=request.organisation.id).select_related("client")
    context = {"page": page_of(request, own, keys=("-created_at", "-id")), "has_room": verbs.has_room()}
    return render(request, "organisations/software/list.html", context)


@require_http_methods(["GET", "POST"])
def software_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    form = SoftwareForm(request.POST or None)
    if form.is_valid():
        try:
            added, secret = verbs.add_software(**form.cleaned_data, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _secret_page(request, added, secret, is_new=True)
    status = 400 if form.is_bound else 200
    return render(request, "organisations/software/add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def software_change(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    software = _own(request, pk)
    form = SoftwareForm(request.POST or None, initial={"name": str(software), "scopes": software.scopes})
    if form.is_valid():
        try:
            verbs.change_software(software=pk, **form.cleaned_data, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("software")
    context = {"form": form, "software": software}
    return render(request, "organisations/software/change.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def software_secret(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    software = _own(request, pk)
    form = SecretForm(request.POST or None)
    if form.is_valid():
        try:
            changed, secret = verbs.rotate_secret(software=pk, hours=form.cleaned_data["hours"], by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _secret_page(request, changed, secret, is_new=False)
    context = {"form": form, "software": software}
    return render(request, "organisations/software/secret.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def software_revoke(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    software = _own(request, pk)
    if request.method == "GET":
        return render(request, "organisations/software/revoke.html", {"software": software})
    try:
        verbs.revoke_software(software=pk, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s may do nothing any more.") % {"name": software})
    return redirect("software")


def _own(request: Any, pk: UUID) -> Software:
    own = Software.objects.filter(organisation_id=request.organisation.id).select_related("client")
    found = own.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _secret_page(request: Any, software: Software, secret: str, *, is_new: bool) -> HttpResponse:
    """The secret is on this page and nowhere else."""
    calls = {"origin": origin(request.organisation.host), "software": software, "secret": secret}
    context = {
        "software": software,
        "secret": secret,
        "is_new": is_new,
        "calls": render_to_string("organisations/software/_calls.txt", calls).strip(),
    }
    return render(request, "organisations/software/secret_made.html", context)
