"""Exports of lists of clients."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common.paging import PARAMETER
from halka.common.sheets import Format
from tenants.caseloads import columns
from tenants.caseloads.domain.exports import start_export
from tenants.caseloads.domain.queries.lists import settled
from tenants.caseloads.forms.lists import ExportForm, FilterForm, kept
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def client_export(request: Any) -> HttpResponse:
    """The list of the query string as a sheet: which columns, which kind of file."""
    seat = require(request, Permission.DATA_EXPORT)
    filters = FilterForm(request.GET, full=True)
    wanted = settled(filters.wanted, seat)
    form = ExportForm(request.POST or None, initial={"columns": columns.EXPORTED, "format": Format.XLSX})
    if form.is_valid():
        chosen = form.cleaned_data["columns"] + form.cleaned_data["sealed"]
        job = start_export(filters=wanted, columns=chosen, kind=form.cleaned_data["format"], by=seat)
        return redirect("job", job.pk)
    back = f"{reverse('clients')}?{kept(request.GET, PARAMETER)}"
    context = {"form": form, "chips": list(filters.chips()), "wanted": wanted, "back": back}
    return render(request, "caseloads/client_export.html", context)
