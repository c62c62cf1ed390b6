"""How long the organisation lets a referral wait."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile
from network_registry.exchange.domain.deadlines import own_deadlines, set_deadlines
from network_registry.exchange.forms import DeadlinesForm
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def deadlines(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    saved = own_deadlines()
    data = conflicts.chosen(request, DeadlinesForm(saved=saved), saved)
    form = DeadlinesForm(data, saved=saved)
    if form.is_valid():
        try:
            set_deadlines(days=form.days(), seen_version=form.cleaned_data["seen_version"], by=seat)
        except EditedMeanwhile:
            return conflicts.page(request, form, own_deadlines(), back=request.path, name=_("Deadlines"))
        messages.success(request, _("The deadlines are saved. They count for what is sent from now on."))
        return redirect("deadlines")
    return render(request, "exchange/deadlines.html", {"form": form}, status=400 if form.is_bound else 200)
