"""Who works on a case, and who is responsible for whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.calendars import localise_digits
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.caseloads.access import case_for, client_for, require_care
from tenants.caseloads.domain import teams as verbs
from tenants.caseloads.domain.queries.balance import is_unseen, loads, people_of
from tenants.caseloads.domain.sharing import may_give
from tenants.caseloads.forms.cases import ColleagueForm, HandOverForm, MoveForm, OutsiderForm
from tenants.caseloads.models import Client
from tenants.caseloads.views.cases import case_page
from tenants.organisations.access import require
from tenants.organisations.models import Colleague

LIST = ("sort_key", "id")
AT_ONCE = 100  # people on a page of the caseload, so that many can be moved together


@require_POST
def member_add(request: Any, pk: UUID) -> HttpResponse:
    """A colleague, or with `outsider` in the query string somebody of an institution."""
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    require_care(shown.client, request.seat)
    is_outsider = "outsider" in request.GET
    form: Any = (
        OutsiderForm(request.POST, prefix="outsider") if is_outsider else ColleagueForm(request.POST, case=shown)
    )
    if not form.is_valid():
        return case_page(request, shown, **{"outsider_form" if is_outsider else "colleague_form": form})
    add = verbs.add_outsider if is_outsider else verbs.add_colleague
    try:
        member = add(case=shown, by=request.seat, **form.cleaned_data)
        messages.success(request, _("%(name)s is on the team now.") % {"name": member.name or member.colleague})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("case", pk)


@require_POST
def member_end(request: Any, pk: UUID, member: UUID) -> HttpResponse:
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    place = get_object_or_404(shown.team.all(), pk=member)
    try:
        verbs.end_member(member=place, by=request.seat)
        messages.success(request, _("%(name)s is off the team.") % {"name": place.name or place.colleague})
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("client-cases", shown.client_id) if _lost(request, shown.client) else redirect("case", pk)


def _lost(request: Any, client: Client) -> bool:
    """Whoever takes themselves off the team may have no way back to the page."""
    return not Client.objects.reachable_by(request.seat).filter(pk=client.pk).exists()


@require_http_methods(["GET", "POST"])
def hand_over(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    if not may_give(client, request.seat):
        raise PermissionDenied(_("Only the person responsible, or a supervisor, can hand this record over."))
    form = HandOverForm(request.POST or None, client=client)
    if form.is_valid():
        data = form.cleaned_data
        try:
            verbs.hand_over(client=client, to=data["to"], note=data["note"], stay=data["stay"], by=request.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is responsible now, and is told.") % {"name": data["to"]})
            return redirect("clients") if _lost(request, client) else redirect("client", pk)
    return render(request, "caseloads/cases_hand_over.html", {"client": client, "form": form})


@require_GET
def caseload(request: Any) -> HttpResponse:
    require(request, Permission.CASE_SUPERVISE)
    return render(request, "caseloads/cases_caseload.html", {"loads": loads()})


@require_http_methods(["GET", "POST"])
def caseload_of(request: Any, pk: UUID | None = None) -> HttpResponse:
    """The people of one colleague, or without `pk` of nobody; several can be moved at once."""
    seat = require(request, Permission.CASE_SUPERVISE)
    colleague = get_object_or_404(Colleague, pk=pk) if pk else None
    form = MoveForm(request.POST or None, of=colleague)
    if form.is_valid():
        chosen, to = list(form.cleaned_data["client"]), form.cleaned_data["to"]
        verbs.hand_over_many(clients=chosen, to=to, note=form.cleaned_data["note"], by=seat)
        messages.success(request, _moved(len(chosen), to))
        return redirect(request.get_full_path())
    page = page_of(request, people_of(colleague), keys=LIST, size=AT_ONCE)
    context = {
        "colleague": colleague,
        "page": page,
        "unseen": {client.pk for client in page.items if is_unseen(client)},
        "chosen": request.POST.getlist("client"),
        "form": form,
    }
    return render(request, "caseloads/cases_caseload_of.html", context)


def _moved(number: int, to: Colleague) -> str:
    words = ngettext(
        "%(number)s person is in the care of %(name)s now.",
        "%(number)s people are in the care of %(name)s now.",
        number,
    )
    return words % {"number": localise_digits(number), "name": to}
