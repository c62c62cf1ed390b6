"""A referral's page, and what is done there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common import sections
from halka.common.errors import Refused
from tenants.caseloads.access import client_for
from tenants.referrals import policies
from tenants.referrals.access import referral_for
from tenants.referrals.acts import Act, possible
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.enums import Direction
from tenants.referrals.errors import NotTakenOn, SaysWho
from tenants.referrals.models import Referral
from tenants.referrals.showing import show


@require_safe
def referral_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    parts = sections.rendered("referral", request, referral=referral)
    context = {
        "referral": referral,
        "envelope": referral.envelope,
        "shown": show(referral, seat),
        **_acts(referral, seat),
        "now": [part.html for part in sections.rendered("referral-now", request, referral=referral)],
        "main": [part.html for part in parts if not part.aside],
        "side": [part.html for part in parts if part.aside],
    }
    return render(request, "referrals/page.html", context)


def _acts(referral: Referral, seat: Seat) -> dict[str, Any]:
    """The thing to do next, and everything else."""
    offered = [{"act": act, "form": act.form_for(referral, seat)} for act in possible(referral, seat)]
    lead = next((one for one in offered if referral.envelope.state in one["act"].leads), None)
    return {"lead": lead, "others": [one for one in offered if one is not lead]}


@require_http_methods(["GET", "POST"])
def referral_act(request: HttpRequest, pk: UUID, act: Act) -> HttpResponse:
    """One act on a page of its own: what the forms of the referral's page lead to."""
    referral, seat = referral_for(request, pk, act.permission)
    if act.side not in (None, policies.side_of(referral)):
        raise Http404
    form = act.form_for(referral, seat, request.POST if request.method == "POST" else None)
    if not form.is_bound and act not in possible(referral, seat):
        return redirect("referral", pk)
    if not form.is_valid():
        return _act_page(request, referral, act, form)
    try:
        act.run(referral, form.cleaned_data, seat)
    except SaysWho as refusal:
        form.add_error(refusal.field, str(refusal))
        return _act_page(request, referral, act, form)
    except Refused as refusal:
        return _too_late(request, referral, act, form, refusal)
    messages.success(request, str(act.done))
    return redirect("referral", pk)


def _act_page(request: Any, referral: Referral, act: Act, form: Any, *, is_late: bool = False) -> HttpResponse:
    context = {
        "referral": referral,
        "act": act,
        "form": form,
        "shown": show(referral, request.seat),
        "is_late": is_late,
    }
    return render(request, "referrals/act.html", context, status=409 if is_late else 200)


def _too_late(request: HttpRequest, referral: Referral, act: Act, form: Any, refusal: Refused) -> HttpResponse:
    """Somebody was faster: says so, says where it stands now, and keeps what was typed."""
    referral.envelope.refresh_from_db()
    if not form.fields:
        messages.info(request, _("Somebody was faster: a colleague, or the other side."))
        return redirect("referral", referral.pk)
    words = str(refusal) if isinstance(refusal, NotTakenOn) else ""
    form.add_error(None, words or _("Somebody was faster: a colleague, or the other side. Nothing was changed."))
    return _act_page(request, referral, act, form, is_late=True)


@require_POST
def referral_client(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether the person is here already, or is somebody new."""
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    if referral.direction != Direction.IN:
        raise Http404
    link_to = None
    if chosen := request.POST.get("client"):
        link_to = client_for(request, _uuid(chosen), Permission.CLIENT_EDIT)
    try:
        client = take_on(referral=referral, link_to=link_to, by=seat)
    except Refused:
        messages.info(request, _("A colleague has done that already."))
        return redirect("referral", pk)
    messages.success(request, _("%(name)s is a client of yours now.") % {"name": client})
    return redirect("referral", pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
