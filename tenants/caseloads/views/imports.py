"""Import of clients from a sheet: bring it, say which column is which, see what would happen, take it over."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from tenants.caseloads.domain import imports as domain
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.forms.imports import ColumnsForm, KnownForm, SheetForm
from tenants.caseloads.models import Client, Job
from tenants.caseloads.views.jobs import own_job
from tenants.organisations.access import require

PROBLEMS = 100  # rows on a page


@require_http_methods(["GET", "POST"])
def client_import(request: Any) -> HttpResponse:
    seat = require(request, Permission.DATA_IMPORT)
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name, content = form.cleaned_data["sheet"]
        job = domain.bring_sheet(content=content, name=name, by=seat)
        return redirect("client-import-columns", job.pk)
    return render(request, "caseloads/import.html", {"form": form})


@require_http_methods(["GET", "POST"])
def client_import_columns(request: Any, pk: UUID) -> HttpResponse:
    """Which column is which."""
    job = _draft(request, pk)
    if not isinstance(job, Job):
        return job
    sheet, samples = domain.preview(job)
    form = ColumnsForm(request.POST or None, sheet=sheet, mapping=domain.mapping_of(job), samples=samples)
    if form.is_valid():
        domain.check_sheet(job=job, mapping=form.mapping, by=request.seat)
        return redirect("job", pk)
    return render(request, "caseloads/import_columns.html", {"form": form, "job": job})


@require_http_methods(["GET", "POST"])
def client_import_check(request: Any, pk: UUID) -> HttpResponse:
    """What is wrong with which row, who is here already, and what is to happen to them."""
    job = _draft(request, pk)
    if not isinstance(job, Job):
        return job
    if not job.told.get("checked"):
        return redirect("client-import-columns", pk)
    form = KnownForm(request.POST or None)
    if form.is_valid():
        domain.take_sheet(job=job, **form.cleaned_data, by=request.seat)
        return redirect("job", pk)
    after = request.GET.get("after", "")
    rows = list(islice(_after(job, int(after) if after.isdecimal() and len(after) < 10 else 0), PROBLEMS + 1))
    context = {
        "form": form,
        "job": job,
        "told": job.told,
        "good": job.told["rows"] - job.told["refused"],
        "rows": _shown(rows[:PROBLEMS], domain.sheet_of(job).headings, request.seat),
        "next_url": f"?after={rows[PROBLEMS - 1]['row']}" if len(rows) > PROBLEMS else "",
        "previous_url": reverse("client-import-check", args=[pk]) if after else "",
    }
    return render(request, "caseloads/import_check.html", context)


def _draft(request: Any, pk: UUID) -> Job | HttpResponse:
    """One's own import that waits for a decision; where it does not wait, the way to where it is."""
    require(request, Permission.DATA_IMPORT)
    job = own_job(request, pk)
    if job.kind != JobKind.IMPORT:
        raise Http404
    return job if job.state == JobState.DRAFT else redirect("job", pk)


def _after(job: Job, number: int) -> Any:
    return (row for row in domain.findings(job) if row["row"] > number)


def _shown(rows: list[dict[str, Any]], headings: list[str], seat: Any) -> list[dict[str, Any]]:
    """With the columns' headings, and the records that are here, for those who may open them."""
    keys = {row["client"] for row in rows if row["client"]}
    clients = {str(c.pk): c for c in Client.objects.reachable_by(seat).filter(pk__in=keys)} if keys else {}
    return [
        {
            "number": row["row"],
            "problems": [("" if column is None else headings[column], words) for column, words in row["problems"]],
            "client": clients.get(row["client"]),
            "way": row["known"],
        }
        for row in rows
    ]
