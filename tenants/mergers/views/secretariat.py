"""Mergers, for the network's secretariat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.membership.domain.mergers import confirmed
from network_registry.membership.enums import MergerState
from network_registry.membership.models import Merger
from network_registry.membership.progress import until_done
from network_registry.membership.views.licensing import secretary
from tenants.mergers import showing
from tenants.mergers.domain import proposing
from tenants.mergers.forms import ProposalForm, ShortNameForm, UndoForm
from tenants.organisations.access import require


def _seat(request: Any) -> Seat:
    require(request, Permission.NETWORK_MANAGE)
    return secretary(request)


def _found(pk: UUID) -> Merger:
    return get_object_or_404(Merger.objects.with_sides(), pk=pk)


@require_GET
def mergers(request: Any) -> HttpResponse:
    _seat(request)
    found = Merger.objects.with_sides()
    return render(request, "mergers/mergers.html", {"page": page_of(request, found, keys=("-proposed_at", "-id"))})


@require_http_methods(["GET", "POST"])
def propose(request: Any) -> HttpResponse:
    seat = _seat(request)
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = proposing.propose(
                absorbed=values["absorbed"].pk, remaining=values["remaining"].pk, reason=values["reason"], by=seat
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. The managers of both are asked by e-mail."))
            return redirect("merger", made.pk)
    return render(request, "mergers/propose.html", {"form": form}, status=400 if form.is_bound else 200)


@require_GET
def merger(request: Any, pk: UUID) -> HttpResponse:
    _seat(request)
    return render(request, "mergers/merger.html", _context(_found(pk)))


def _context(found: Merger) -> dict[str, Any]:
    merged = found.state == MergerState.MERGED
    return {
        "merger": found,
        "sides": showing.sides(found),
        "stood": showing.obstacles_in_words(found.obstacles),
        "against": showing.obstacles_in_words(found.seen.get("obstacles", {})),
        "confirmed": confirmed(found) if merged else None,
        "under_way": showing.is_under_way(found),
        "progress_name": "merger-progress",
    }


@require_POST
def withdraw(request: Any, pk: UUID) -> HttpResponse:
    seat = _seat(request)
    _found(pk)
    try:
        proposing.withdraw(merger=pk, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. The managers of both are told."))
    return redirect("merger", pk)


@require_http_methods(["GET", "POST"])
def merge(request: Any, pk: UUID) -> HttpResponse:
    """The numbers once more; nothing begins until the short name is typed."""
    seat, found = _seat(request), _found(pk)
    form = ShortNameForm(request.POST or None, merger=found)
    if form.is_valid():
        try:
            proposing.begin(merger=pk, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("merger", pk)
    context = {**_context(found), "form": form, "stays": list(showing.stays())}
    return render(request, "mergers/merge.html", context, status=400 if form.is_bound else 200)


@require_POST
def look(request: Any, pk: UUID) -> HttpResponse:
    seat, found = _seat(request), _found(pk)
    proposing.look_again(merger=found.pk, by=seat)
    messages.success(request, _("It is being counted. Load the page anew in a moment."))
    return redirect("merger-undo", pk)


@require_http_methods(["GET", "POST"])
def undo(request: Any, pk: UUID) -> HttpResponse:
    """What would be lost and what stands in the way; nothing begins until the short name is typed."""
    seat, found = _seat(request), _found(pk)
    form = UndoForm(request.POST or None, merger=found)
    if form.is_valid():
        try:
            proposing.ask_undo(merger=pk, reason=form.cleaned_data["reason"], by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("merger", pk)
    context = {**_context(found), "form": form}
    return render(request, "mergers/undo.html", context, status=400 if form.is_bound else 200)


@require_GET
def progress(request: Any, pk: UUID) -> HttpResponse:
    _seat(request)
    context = _context(_found(pk))
    return until_done(render(request, "mergers/_progress.html", context), not context["under_way"])
