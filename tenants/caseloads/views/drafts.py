"""What is typed into a form is kept until it is sent. Asked by static/js/drafts.js."""

from __future__ import annotations

import base64
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Seat
from halka.common.calendars import format_moment, format_time
from tenants.caseloads.domain.drafts import device_key, discard_draft, find_draft, save_draft, was_sent
from tenants.caseloads.forms.drafts import MOST_BYTES, BadDraft, form_address, page_mark, read_draft
from tenants.caseloads.models import Draft


@require_http_methods(["GET", "POST"])
def drafts(request: Any) -> HttpResponse:
    """GET: the own draft of the `form` of the query string, and the key for this device. POST: keeps a draft."""
    seat = colleague(request)
    try:
        return _keep(request, seat) if request.method == "POST" else _found(request, seat)
    except BadDraft:
        return HttpResponse(status=400)


@require_POST
def draft_discard(request: Any) -> HttpResponse:
    seat = colleague(request)
    try:
        discard_draft(form=form_address(request.POST.get("form"), request.urlconf), by=seat)
    except BadDraft:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def colleague(request: Any) -> Seat:
    """The seat of somebody who works here. Raises Http404 for network support, which types nothing."""
    seat: Seat | None = request.seat
    if seat is None or seat.membership_id is None:
        raise Http404
    return seat


def _keep(request: Any, seat: Seat) -> HttpResponse:
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    draft = save_draft(new=read_draft(request.body, request.urlconf), by=seat)
    return JsonResponse({"said": _said(draft), "offer": _offer(draft)})


def _found(request: Any, seat: Seat) -> HttpResponse:
    draft = find_draft(form=form_address(request.GET.get("form"), request.urlconf), by=seat)
    found = {
        "key": base64.b64encode(device_key(seat)).decode(),
        "sent": was_sent(page=page_mark(request.GET.get("page", "")), by=seat),
        "draft": draft
        and {"values": draft.values, "seen_version": draft.seen_version, "saved_at": draft.saved_at.isoformat()},
        "said": _said(draft),
        "offer": _offer(draft),
    }
    return JsonResponse(found)


def _said(draft: Draft | None) -> str:
    if draft is None:
        return ""
    return _("Kept as a draft at %(time)s.") % {"time": format_time(draft.saved_at)}


def _offer(draft: Draft | None) -> str:
    if draft is None:
        return ""
    return _("You had begun to fill this in: %(moment)s.") % {"moment": format_moment(draft.saved_at)}
