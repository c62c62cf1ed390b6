"""A sheet of organisations: brought, looked at row by row, confirmed, and followed while workspaces are made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_bidi, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from halka.common import sheets
from halka.common.calendars import localise_digits
from halka.common.errors import Refused
from network_registry.membership.domain import batches
from network_registry.membership.enums import StepState
from network_registry.membership.forms.sheets import ConfirmForm, SheetForm
from network_registry.membership.models import Batch, Opening
from network_registry.membership.sheet_rows import COLUMNS
from network_registry.membership.views.reviewing import reviewer

SHOWN = 100  # rows with mistakes on the page


@require_http_methods(["GET", "POST"])
def sheet(request: Any) -> HttpResponse:
    seat = reviewer(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        upload = form.cleaned_data["sheet"]
        try:
            made = batches.read_sheet(content=upload.read(), file_name=upload.name, by=seat)
        except Refused as refusal:
            form.add_error("sheet", str(refusal))
        else:
            return redirect("batch", made.pk)
    context = {
        "form": form,
        "columns": list(COLUMNS.values()),
        "batches": list(_own(request).exclude(confirmed_at=None).defer("rows").order_by("-created_at")[:10]),
    }
    return render(request, "membership/sheet.html", context, status=400 if form.is_bound else 200)


def _own(request: Any) -> Any:
    return Batch.objects.filter(organisation=request.organisation.id)


@require_safe
def example(request: Any) -> HttpResponseBase:
    """A sheet with the headings alone, to be filled in."""
    reviewer(request)
    headings = [str(label) for label in COLUMNS.values()]
    body = sheets.written([headings], sheets.Format.XLSX, right_to_left=get_language_bidi())
    name = f"{request.organisation.short_name}.xlsx"
    return FileResponse(iter(body), as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
def batch(request: Any, pk: UUID) -> HttpResponse:
    """Before it is confirmed: what would be made, and what is wrong. After: how far it is."""
    seat = reviewer(request)
    found = get_object_or_404(_own(request), pk=pk)
    if found.confirmed_at is not None:
        return render(request, "membership/batch_progress.html", {"batch": found, **_progress(found)})
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    if form.is_valid():
        try:
            count = batches.confirm(batch=pk, by=seat, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            told = ngettext("%(count)s workspace is being made.", "%(count)s workspaces are being made.", count)
            messages.success(request, told % {"count": localise_digits(count)})
        return redirect("batch", pk)
    return render(request, "membership/batch.html", {"batch": found, "form": form, **_preview(found)})


def _preview(batch: Batch) -> dict[str, Any]:
    good = batches.good_rows(batch)
    wrong = [
        {"number": row["number"], "name": row["values"].get("name", ""),
         "problems": [(COLUMNS[column], words) for column, words in row["problems"]]}
        for row in batch.rows
        if row["problems"]
    ]  # fmt: skip
    return {"good": good[:SHOWN], "good_count": len(good), "wrong": wrong[:SHOWN], "wrong_count": len(wrong)}


def _progress(batch: Batch) -> dict[str, Any]:
    openings = list(
        Opening.objects.filter(application__batch=batch).select_related("application").order_by("created_at", "id")
    )
    done = sum(opening.finished_at is not None for opening in openings)
    rows = [(opening, _standing(opening)) for opening in openings]
    still = [opening for opening in openings if opening.finished_at is None and opening.due_at is None]
    return {
        "rows": rows,
        "done": done,
        "total": len(openings),
        "under_way": done + len(still) < len(openings),
        "stopped": len(still),
    }


def _standing(opening: Opening) -> StepState:
    if opening.finished_at is not None:
        return StepState.DONE
    if opening.trouble:
        return StepState.FAILED
    return StepState.RUNNING if opening.tries else StepState.WAITING


@require_safe
def progress(request: Any, pk: UUID) -> HttpResponse:
    reviewer(request)
    found = get_object_or_404(_own(request).exclude(confirmed_at=None), pk=pk)
    return render(request, "membership/_batch_progress.html", {"batch": found, **_progress(found)})
