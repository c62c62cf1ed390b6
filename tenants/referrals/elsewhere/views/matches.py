"""Pages about whether our clients are known elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.exchange.domain.matches import left_today
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.consents import record_consent
from tenants.caseloads.wording import Terms, wording_of
from tenants.organisations.access import require
from tenants.referrals.domain.elsewhere import matches as verbs
from tenants.referrals.domain.elsewhere.members import is_new
from tenants.referrals.domain.elsewhere.presence import change_participation, consent_to_ask, takes_part
from tenants.referrals.elsewhere.access import match_for, named_to, posted
from tenants.referrals.elsewhere.forms import AskForm, ParticipationForm
from tenants.referrals.elsewhere.sections import matches_of
from tenants.referrals.models import Access, Match, Presence, Transfer


@require_safe
def match_list(request: Any) -> HttpResponse:
    """What waits for the reader."""
    seat = require(request, Permission.CLIENT_VIEW)
    context = {
        "page": page_of(request, matches_of(seat), keys=["-found_at", "-id"]),
        "takes_part": takes_part(),
        "is_new": is_new(),
        "may_manage": seat.can(Permission.ORGANISATION_MANAGE),
    }
    return render(request, "referrals/elsewhere/matches.html", context)


@require_safe
def match(request: Any, pk: UUID) -> HttpResponse:
    """Where e-mails lead to."""
    return redirect("client-elsewhere", match_for(request, pk, Permission.CLIENT_VIEW).client_id)


@require_safe
def of_client(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    rows = Match.objects.filter(client=client).select_related("other", "answered_by").defer("other__logo")
    presence = Presence.objects.filter(client=client).first()
    context: dict[str, Any] = {
        "client": client,
        "matches": rows.order_by("-found_at"),
        "transfers": named_to(Transfer.objects.for_list().filter(client=client), request.seat),
        "accesses": named_to(Access.objects.for_list().filter(client=client), request.seat),
        "may_ask": request.seat.can(Permission.REFERRAL_SEND),
        "consent": consent_to_ask(client.pk),
        "presence": presence if presence and presence.signs else None,
        "takes_part": takes_part(),
        "is_new": is_new(),
        "left_today": left_today(),
        "may_edit": request.seat.can(Permission.CLIENT_EDIT),
    }
    return render(request, "referrals/elsewhere/client.html", context)


@require_POST
def match_answer(request: Any, pk: UUID, match: UUID, agreed: bool) -> HttpResponse:
    client_for(request, pk, Permission.CLIENT_EDIT)
    found = match_for(request, match, Permission.CLIENT_EDIT)
    try:
        if agreed:
            verbs.agree_to_match(match=found, by=request.seat)
            messages.success(request, _("Noted. You will be told when the other side agrees as well."))
        else:
            verbs.refuse_match(match=found, by=request.seat)
            messages.success(request, _("Forgotten. Nobody learns anything."))
    except Refused:
        messages.info(request, _("This is over already: somebody did not agree, or too much time has passed."))
    return redirect("client-elsewhere", found.client_id)


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: UUID) -> HttpResponse:
    """The person agrees that the network is asked about them."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    form = AskForm(posted(request), client=client)
    if form.is_valid():
        record_consent(client=client, new=form.new_consent(), by=request.seat)
        asked = _("Recorded. The network is asked now; when somebody is found, you will be told.")
        messages.success(request, asked if takes_part() else _("Recorded."))
        return redirect("client-elsewhere", client.pk)
    terms = Terms(form.purpose, (), form.fields["expires_on"].initial())  # type: ignore[misc, operator]
    context = {"client": client, "form": form, "wording": wording_of(terms, form.fields["language"].initial)}  # type: ignore[arg-type]
    return render(request, "referrals/elsewhere/ask.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def settings(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    form = ParticipationForm(posted(request), initial={"takes_part": takes_part()})
    if request.method == "POST" and form.is_valid():
        try:
            change_participation(takes_part=form.cleaned_data["takes_part"], by=seat)
        except Refused as refusal:
            form.add_error("takes_part", str(refusal))
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("elsewhere-settings")
    context = {"form": form, "is_new": is_new()}
    return render(request, "referrals/elsewhere/settings.html", context, status=400 if form.errors else 200)
