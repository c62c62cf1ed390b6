"""A copy of everything about a person, erasing a person, and how long records are kept."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.audit.domain import record
from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.caseloads.access import client_for
from tenants.caseloads.domain import retention as periods
from tenants.caseloads.domain.erasure import erase_client, looked_up, preview
from tenants.caseloads.domain.takeouts import start_takeout
from tenants.caseloads.enums.consents import RetentionScope
from tenants.caseloads.forms.rights import ConfirmRetentionForm, EraseForm, LookUpForm, PeriodForm
from tenants.caseloads.models import Erasure, RetentionRule
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def takeout(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.RIGHTS_MANAGE)
    if request.method == "POST":
        return redirect("job", start_takeout(client=client, by=request.seat).pk)
    return render(request, "caseloads/takeout.html", {"client": client})


@require_http_methods(["GET", "POST"])
def erase(request: Any, pk: UUID) -> HttpResponse:
    """What goes and what stays; nothing happens until the name is typed."""
    client = client_for(request, pk, Permission.RIGHTS_MANAGE)
    form = EraseForm(request.POST or None, client=client)
    if form.is_valid():
        try:
            erase_client(client=client, reason=form.cleaned_data["reason"], by=request.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The record is erased."))
            return redirect("clients")
    return render(request, "caseloads/erase.html", {"client": client, "form": form, "preview": preview(client)})


@require_http_methods(["GET", "POST"])
def erasures(request: Any) -> HttpResponse:
    """What was erased, and whether somebody who asks again was among them."""
    seat = require(request, Permission.RIGHTS_MANAGE)
    form = LookUpForm(request.POST or None)
    found = looked_up(**form.cleaned_data, by=seat) if form.is_valid() else None
    page = page_of(request, Erasure.objects.select_related("by"), keys=("-id",))
    return render(request, "caseloads/erasures.html", {"form": form, "found": found, "page": page})


@require_http_methods(["GET", "POST"])
def retention(request: Any) -> HttpResponse:
    seat = require(request, Permission.RIGHTS_MANAGE)
    rules = {rule.scope: rule for rule in RetentionRule.objects.select_related("changed_by")}
    asked = request.POST.get("scope", "")
    forms = {
        scope: PeriodForm.of(scope, rules.get(scope), request.POST if asked == scope else None) for scope in _SCOPES
    }
    if asked in forms and forms[asked].is_valid():
        try:
            periods.set_rule(scope=asked, **forms[asked].cleaned_data, by=seat)
        except EditedMeanwhile as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved. Nothing is removed until you have looked at it and confirmed."))
        return redirect("retention")
    rows = [
        (RetentionScope(scope), forms[scope], rule, periods.amount(scope, periods.cutoff_of(rule)) if rule else None)
        for scope in _SCOPES
        for rule in [rules.get(scope)]
    ]
    return render(request, "caseloads/retention.html", {"rows": rows})


_SCOPES = [str(scope) for scope in RetentionScope]


@require_http_methods(["GET", "POST"])
def retention_preview(request: Any, scope: str) -> HttpResponse:
    """Whom and what a period would remove today; confirming it starts the work."""
    seat = require(request, Permission.RIGHTS_MANAGE)
    rule = RetentionRule.objects.filter(scope=scope).first()
    if rule is None:
        raise Http404
    before = periods.cutoff_of(rule)
    form = ConfirmRetentionForm(request.POST or None)
    if form.is_valid():
        seen = periods.Amount(form.cleaned_data["people"], form.cleaned_data["rows"])
        try:
            job = periods.start_retention(scope=scope, before=form.cleaned_data["before"], seen=seen, by=seat)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("retention-preview", scope)
        return redirect("job", job.pk)
    return _previewed(request, rule, before, form)


def _previewed(request: Any, rule: RetentionRule, before: date, form: ConfirmRetentionForm) -> HttpResponse:
    how_much = periods.amount(rule.scope, before)
    page = page_of(request, periods.people_past(rule.scope, before), keys=("sort_key", "id"))
    record(action="retention.previewed", detail={"scope": rule.scope, "shown": len(page.items)}, by=request.seat)
    initial = {"people": how_much.people, "rows": how_much.rows, "before": before.isoformat()}
    context = {
        "rule": rule,
        "scope": RetentionScope(rule.scope),
        "before": before,
        "amount": how_much,
        "page": page,
        "form": form if form.is_bound else ConfirmRetentionForm(initial=initial),
        "seen": initial,
    }
    return render(request, "caseloads/retention_preview.html", context)
