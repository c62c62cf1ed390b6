"""Opening a record that is in somebody else's care, and looking at who did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.caseloads.domain.emergencies import break_glass, review_emergency
from tenants.caseloads.domain.queries.emergencies import acts_during
from tenants.caseloads.forms.cases import EmergencyForm
from tenants.caseloads.models import Client, EmergencyAccess
from tenants.organisations.access import require


@require_POST
def emergency(request: Any, pk: UUID) -> HttpResponse:
    """The one page of a client for those whose client it is not."""
    seat = require(request, Permission.CLIENT_EDIT)
    client = get_object_or_404(Client.objects.present().with_people().with_reach(seat), pk=pk)
    if client.is_reachable:  # type: ignore[attr-defined]  # annotated
        return redirect("client", pk)
    form = EmergencyForm(request.POST)
    if form.is_valid():
        try:
            break_glass(client=client, reason=form.cleaned_data["reason"], by=seat)
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.warning(request, _("The record is open to you. Supervisors have been told."))
            return redirect("client", pk)
    return closed_page(request, client, form)


def closed_page(request: Any, client: Client, form: EmergencyForm | None = None) -> HttpResponse:
    """Says who is responsible, and offers emergency access to those who work with clients. Never who the person is."""
    seat = request.seat
    may_ask = seat.can(Permission.CLIENT_EDIT) and seat.membership_id is not None
    context = {
        "responsible": client.assigned_to if client.assigned_to_id else None,
        "key": client.pk,
        "form": (form or EmergencyForm()) if may_ask else None,
    }
    return render(request, "caseloads/cases_not_yours.html", context, status=403)


@require_GET
def emergencies(request: Any) -> HttpResponse:
    """Who opened whose record, why, and what they did there; those that nobody has looked at yet, or all."""
    seat = require(request, Permission.CASE_SUPERVISE)
    with_all = request.GET.get("show") == "all"
    accesses = EmergencyAccess.objects.filter(client__held_at=None)
    accesses = accesses.select_related("client__assigned_to", "colleague", "reviewed_by")
    accesses = accesses if seat.can(Permission.RIGHTS_MANAGE) else accesses.filter(client__restricted_at=None)
    page = page_of(request, accesses if with_all else accesses.filter(reviewed_at=None), keys=["-id"])
    acts = acts_during(page.items)
    context = {
        "page": page,
        "rows": [
            {"access": access, "acts": acts[access], "is_own": access.colleague_id == seat.membership_id}
            for access in page.items
        ],
        "with_all": with_all,
    }
    return render(request, "caseloads/cases_emergencies.html", context)


@require_POST
def emergency_review(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.CASE_SUPERVISE)
    try:
        review_emergency(access=get_object_or_404(EmergencyAccess, pk=pk), by=seat)
        messages.success(request, _("Marked as looked at."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("emergencies")
