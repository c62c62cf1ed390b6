"""The organisation's settings and its logo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.public import public_view
from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile
from tenants.organisations import logos
from tenants.organisations.access import require
from tenants.organisations.conflicts import differences
from tenants.organisations.domain.settings_page import change_settings
from tenants.organisations.forms import SettingsForm
from tenants.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def settings(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    organisation = Organisation.objects.get(pk=request.organisation.id)
    form = SettingsForm(request.POST or None, request.FILES or None, instance=organisation)
    context: dict[str, Any] = {"form": form, "saved": organisation}
    if form.is_valid():
        try:
            change_settings(
                settings=form.settings(),
                logo=form.logo(),
                seen_version=form.cleaned_data["seen_version"],
                by=seat,
            )
        except EditedMeanwhile as refusal:
            context |= {
                "conflict": str(refusal),
                "differences": differences(organisation, form),
                "form": SettingsForm(instance=organisation, initial=form.own_changes()),
            }
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("settings")
    status = 409 if "conflict" in context else 400 if form.is_bound else 200
    return render(request, "organisations/settings.html", context, status=status)


@public_view("an organisation's logo stands on pages that everybody reads")
@require_GET
def logo(request: Any) -> HttpResponse:
    organisation = Organisation.objects.only("logo", "logo_type").get(pk=request.organisation.id)
    if not organisation.logo or organisation.logo_type not in logos.CONTENT_TYPES:
        raise Http404
    return HttpResponse(
        bytes(organisation.logo),
        content_type=organisation.logo_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "public, max-age=3600",
        },
    )
