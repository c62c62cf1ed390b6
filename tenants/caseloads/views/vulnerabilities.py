"""The organisation's list of what makes it hard for people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from tenants.caseloads.domain.vulnerabilities import LineUsed, change_list, lines, mark_of, remove_line
from tenants.caseloads.forms.vulnerabilities import ListForm
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def vulnerabilities(request: Any) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    saved = lines()
    form = ListForm(saved, request.POST or None)
    problem = ""
    if form.is_valid():
        try:
            change_list(wanted=form.wanted(), add=form.added(), seen_mark=form.cleaned_data["mark"], by=seat)
            if form.removed():
                remove_line(key=form.removed(), by=seat)
        except LineUsed as refusal:
            messages.warning(request, str(refusal))
            return redirect("vulnerabilities")
        except Refused as refusal:
            problem = str(refusal)
            form = form.again(lines())
        else:
            messages.success(request, _("The list is saved."))
            return redirect("vulnerabilities")
    context = {"form": form, "rows": form.rows(), "mark": mark_of(form.lines), "problem": problem}
    return render(request, "caseloads/vulnerabilities.html", context, status=409 if problem else 200)
