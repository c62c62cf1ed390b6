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
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile
from tenants.organisations import logos
from tenants.organisations.access import require
from tenants.organisations.domain.settings_page import change_settings
from tenants.organisations.forms import SettingsForm
from tenants.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def settings(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    organisation = Organisation.objects.get(pk=request.organisation.id)
    data = conflicts.chosen(request, SettingsForm(instance=organisation), organisation)
    form = SettingsForm(data, request.FILES or None, instance=organisation)
    if form.is_valid():
        try:
            change_settings(
                settings=form.settings(), logo=form.logo(), seen_version=form.cleaned_data["seen_version"], by=seat
            )
        except EditedMeanwhile:
            note = _("The logo has to be chosen once more.") if form.logo() else ""
            saved = Organisation.objects.get(pk=organisation.pk)
            return conflicts.page(request, form, saved, back=request.path, name=_("Settings"), note=note)
        messages.success(request, _("The settings are saved."))
        return redirect("settings")
    status = 400 if form.is_bound else 200
    return render(request, "organisations/settings.html", {"form": form, "saved": organisation}, status=status)


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
