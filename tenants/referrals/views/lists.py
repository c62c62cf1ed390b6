"""Lists of referrals: sent to us, sent by us, drafts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from halka.authorization.roles import Permission
from halka.common.paging import page_of
from network_registry.exchange.enums import State
from tenants.organisations.access import require
from tenants.referrals.access import with_naming
from tenants.referrals.enums import Direction
from tenants.referrals.forms.lists import ListForm
from tenants.referrals.models import Referral
from tenants.referrals.standing import standing
from tenants.referrals.turns import Turn


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_VIEW)
    side = request.GET.get("side")
    direction = Direction.OUT if side in ("out", "drafts") else Direction.IN
    referrals = with_naming(Referral.objects.for_list().filter(direction=direction), seat)
    form = ListForm(request.GET, direction=direction)
    if side == "drafts":
        referrals = referrals.in_state(State.DRAFT)
    else:
        referrals = form.narrowed(referrals, seat).exclude(envelope__state=State.DRAFT)
    page = page_of(request, referrals, keys=["-id"])
    context: dict[str, Any] = {
        "page": page,
        "rows": [(referral, standing(referral)) for referral in page.items],
        "side": side if side in ("out", "drafts") else "in",
        "form": form,
        "turns": Turn.choices,
        "turn": form.cleaned_data.get("turn", "") if form.is_bound and form.is_valid() else "",
        "may_send": seat.can(Permission.REFERRAL_SEND),
    }
    return render(request, "referrals/list.html", context)
