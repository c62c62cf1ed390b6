"""Pages of programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.calendars import format_day, localise_digits
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.caseloads.domain.programmes import DETAILS, add_programme, change_programme, end_programme, targets_of
from tenants.caseloads.domain.queries.programmes import counted, progress_of
from tenants.caseloads.enums.cases import ProgrammeState
from tenants.caseloads.forms.programmes import TARGET, ProgrammeForm
from tenants.caseloads.models import Case, Client, Programme
from tenants.organisations.access import require

MANY = 200  # programmes; nobody runs as many


@require_GET
def programmes(request: Any) -> HttpResponse:
    """Those that run and that are prepared first; the ended ones below."""
    seat = require(request, Permission.CLIENT_VIEW)
    found = list(Programme.objects.all()[:MANY])
    reached = counted(found)
    rows = [{"programme": programme, "reached": reached[programme.pk]} for programme in found]
    context = {
        "going": [row for row in rows if row["programme"].state != ProgrammeState.ENDED],
        "ended": [row for row in rows if row["programme"].state == ProgrammeState.ENDED],
        "may_manage": seat.can(Permission.PROGRAMME_MANAGE),
    }
    return render(request, "caseloads/cases_programmes.html", context)


@require_GET
def programme(request: Any, pk: UUID) -> HttpResponse:
    """What it is for and how far it is; by name only people whose records the reader may open."""
    seat = require(request, Permission.CLIENT_VIEW)
    shown = get_object_or_404(Programme, pk=pk)
    reached = counted([shown])[shown.pk]
    cases = Case.objects.filter(programme=shown, client__in=Client.objects.present().reachable_by(seat))
    with_ended = request.GET.get("state") == "ended"
    cases = cases.exclude(closed_on=None) if with_ended else cases.open()
    context = {
        "programme": shown,
        "reached": reached,
        "closed": reached["cases"] - reached["running"],
        "progress": progress_of(shown, reached),
        "with_ended": with_ended,
        "page": page_of(request, cases.select_related("client", "exit"), keys=["-id"]),
        "may_manage": seat.can(Permission.PROGRAMME_MANAGE),
    }
    return render(request, "caseloads/cases_programme.html", context)


@require_http_methods(["GET", "POST"])
def programme_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        made = add_programme(details=form.details(), targets=form.targets(), by=seat)
        messages.success(request, _("%(name)s is set up.") % {"name": made})
        return redirect("programme", made.pk)
    return render(request, "caseloads/cases_programme_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def programme_edit(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    shown = get_object_or_404(Programme, pk=pk)
    if request.method == "GET":
        return _form_page(request, shown, ProgrammeForm.of(shown))
    form = ProgrammeForm.of(shown, request.POST)
    if not form.is_valid():
        return _form_page(request, shown, form)
    seen = form.cleaned_data["seen_version"] or 0
    try:
        change_programme(programme=shown, details=form.details(), targets=form.targets(), seen_version=seen, by=seat)
    except EditedMeanwhile:
        return _conflict_page(request, Programme.objects.get(pk=pk), form)
    messages.success(request, _("Saved."))
    return redirect("programme", pk)


def _form_page(request: Any, shown: Programme, form: ProgrammeForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"programme": shown, "form": form, **more}
    return render(request, "caseloads/cases_programme_form.html", context, status=status)


@dataclass(frozen=True)
class Difference:
    label: str | Promise
    theirs: str
    mine: str


def _conflict_page(request: Any, saved: Programme, typed: ProgrammeForm) -> HttpResponse:
    """What was typed, with what is saved now beside it: saving once more means that this was read."""
    data = request.POST.copy()
    data["seen_version"] = str(saved.version)
    form = ProgrammeForm.of(saved, data)
    now: dict[str, Any] = {name: getattr(saved, name) for name in DETAILS}
    now |= {TARGET + measure: number for measure, number in targets_of(saved).items()}
    differences = [
        Difference(field.label or name, _words(now.get(name)), _words(typed.cleaned_data[name]))
        for name, field in typed.fields.items()
        if name != "seen_version" and (typed.cleaned_data[name] or None) != (now.get(name) or None)
    ]
    if not differences:
        messages.success(request, _("Somebody else has saved the same just before you."))
        return redirect("programme", saved.pk)
    return _form_page(request, saved, form, 409, differences=differences)


def _words(value: Any) -> str:
    if not value:
        return ""
    if value in ProgrammeState.values:
        return str(ProgrammeState(value).label)
    return format_day(value) if hasattr(value, "year") else localise_digits(value)


@require_POST
def programme_end(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.PROGRAMME_MANAGE)
    try:
        end_programme(programme=get_object_or_404(Programme, pk=pk), by=seat)
        messages.success(request, _("The programme has ended. Nobody joins it any more."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("programme", pk)
