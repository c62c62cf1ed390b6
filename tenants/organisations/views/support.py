"""Letting network support in, and seeing who was in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.domain.support import end_support, let_support_in
from tenants.organisations.forms import SupportForm
from tenants.organisations.models import SupportGrant


@require_http_methods(["GET", "POST"])
def support(request: Any) -> HttpResponse:
    seat = require(request, Permission.SUPPORT_GRANT)
    form = SupportForm(request.POST or None)
    if form.is_valid():
        try:
            grant = let_support_in(**form.cleaned_data, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s can read here now.") % {"name": grant.user_name})
            return redirect("support")
    grants = SupportGrant.objects.filter(organisation_id=request.organisation.id)
    context = {
        "form": form,
        "has_supporters": bool(form.fields["user_id"].choices),
        "page": page_of(request, grants, keys=("-starts_at", "-id")),
        "now": timezone.now(),
    }
    return render(request, "organisations/support.html", context, status=400 if form.is_bound else 200)


@require_POST
def support_end(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.SUPPORT_GRANT)
    try:
        end_support(grant=pk, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The access is ended."))
    return redirect("support")
