"""Settling what became of a copy, and a person's own page about their referrals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.audit.domain import THEMSELVES
from halka.authorization.roles import Permission
from halka.common.errors import Refused
from network_registry.exchange.enums import Remains
from tenants.caseloads.enums.consents import WithdrawnBy
from tenants.caseloads.models import Client
from tenants.caseloads.views.own_page import back_to_page, opened, shown
from tenants.referrals import policies
from tenants.referrals.access import referral_for
from tenants.referrals.domain.closing import settle_referral, withdraw_referral
from tenants.referrals.ending import own
from tenants.referrals.ending.forms import SettleForm
from tenants.referrals.ending.parts import settling


@require_http_methods(["GET", "POST"])
def referral_settle(request: Any, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    offered = settling(request, referral)
    if offered is None:
        if policies.may_settle(referral, seat):
            return redirect("referral", pk)
        raise Http404
    is_kept = referral.envelope.remains == Remains.RESTRICTED
    form = SettleForm(request.POST if request.method == "POST" else None, is_kept=is_kept)
    if form.is_valid():
        try:
            settle_referral(referral=referral, **form.settled(), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Confirmed. The sender and the person see it."))
            return redirect("referral", pk)
    context = {"referral": referral, **offered, "form": form}
    return render(request, "referrals/settle.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET"])
@opened
def me_referrals(request: Any, client: Client) -> HttpResponse:
    return shown(request, "referrals/me/referrals.html", client, {"lines": own.lines(client)})


@require_http_methods(["GET", "POST"])
@opened
def me_referral_withdraw(request: Any, client: Client, pk: UUID) -> HttpResponse:
    """Taking back at the organisation that one was referred to."""
    referral = get_object_or_404(own.withdrawable(client), pk=pk)
    if request.method == "POST":
        withdraw_referral(referral=referral, how=WithdrawnBy.OWN_PAGE, by=THEMSELVES)
        return back_to_page("withdrawn")
    return shown(request, "referrals/me/withdraw.html", client, {"referral": referral})
