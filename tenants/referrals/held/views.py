"""What waits for the secretariat: no person, and not what is needed; only who sends what to whom, and since when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.exchange.domain.holding import reject_held, release_held
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.organisations.access import require
from tenants.organisations.enums import Kind
from tenants.referrals.domain.moving import deliver_soon
from tenants.referrals.held.forms import RejectForm


def _secretariat(request: Any) -> Seat:
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


def _envelopes() -> Any:
    whole = Envelope.objects.select_related("sender", "target")
    return whole.defer("sender__logo", "target__logo").exclude(held_at=None)


@require_safe
def held(request: Any) -> HttpResponse:
    _secretariat(request)
    is_past = request.GET.get("show") == "decided"
    found = _envelopes().exclude(state=State.HELD) if is_past else _envelopes().in_state(State.HELD)
    page = page_of(request, found, keys=["-id"] if is_past else ["id"])
    return render(request, "referrals/held.html", {"page": page, "is_past": is_past})


@require_POST
def held_release(request: Any, pk: UUID) -> HttpResponse:
    seat = _secretariat(request)
    envelope = get_object_or_404(_envelopes(), pk=pk)
    try:
        with transaction.atomic():
            release_held(envelope=envelope, by=seat)
            deliver_soon(envelope.pk)
    except Refused:
        messages.info(request, _("A colleague has decided about it already."))
        return redirect("held")
    messages.success(request, _("%(reference)s goes out now.") % {"reference": envelope.reference})
    return redirect("held")


@require_http_methods(["GET", "POST"])
def held_reject(request: Any, pk: UUID) -> HttpResponse:
    seat = _secretariat(request)
    envelope = get_object_or_404(_envelopes(), pk=pk)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                reject_held(envelope=envelope, reason=form.cleaned_data["reason"], by=seat)
                deliver_soon(envelope.pk)
        except Refused:
            messages.info(request, _("A colleague has decided about it already."))
            return redirect("held")
        messages.success(request, _("Rejected. The sender reads why."))
        return redirect("held")
    context = {"envelope": envelope, "form": form}
    return render(request, "referrals/held_reject.html", context, status=400 if form.is_bound else 200)
