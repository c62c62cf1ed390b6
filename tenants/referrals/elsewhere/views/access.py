"""Pages of asking another organisation for what it knows, and of letting others read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common.calendars import format_day
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.exchange.dealing_enums import SETTLED, AccessState
from tenants.caseloads.access import client_for, require_care
from tenants.caseloads.enums.consents import ConsentScope
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals import policies
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.domain.elsewhere import access as verbs
from tenants.referrals.elsewhere.access import access_for, named_to, posted
from tenants.referrals.elsewhere.forms import AccessRefusalForm, AskAccessForm, GrantForm, NamingConsent
from tenants.referrals.enums import Direction
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Access

CHOICES = 8  # clients who may be meant


@require_safe
def access_list(request: Any) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_VIEW)
    direction = Direction.OUT if request.GET.get("side") == "out" else Direction.IN
    rows = named_to(Access.objects.for_list().filter(direction=direction), seat)
    context = {"page": page_of(request, rows, keys=["-id"]), "direction": direction}
    return render(request, "referrals/elsewhere/accesses.html", context)


@require_safe
def access(request: Any, pk: UUID) -> HttpResponse:
    found = access_for(request, pk, Permission.REFERRAL_VIEW)
    return render(request, "referrals/elsewhere/access.html", _shown(found, request.seat))


def _shown(found: Access, seat: Seat) -> dict[str, Any]:
    possible = verbs.next_states(found, seat)
    is_ours = found.direction == Direction.OUT
    to_name = AccessState.GRANTED in possible and found.client_id is None
    return {
        "access": found,
        "shared": found.shared,
        "state": AccessState(found.shared.state),
        "is_ours": is_ours,
        "asked": [ConsentScope(scope).label for scope in found.asked],
        "granted": [ConsentScope(scope).label for scope in found.granted],
        "values": labelled(policies.read_by(found.values, found.client, seat)),
        "steps": _steps(found),
        "alike": _alike(found, seat) if to_name else [],
        "to_name": to_name,
        "refusal": AccessRefusalForm() if AccessState.REFUSED in possible else None,
        "may_grant": AccessState.GRANTED in possible and found.client_id is not None,
        "may_cancel": AccessState.CANCELLED in possible,
        "may_end": AccessState.ENDED in possible,
        "may_read": is_ours and AccessState.ENDED in possible and verbs.is_running(found),
    }


def _alike(found: Access, seat: Seat) -> list[Client]:
    """Clients of ours who may be meant, of those that the reader may open."""
    name, year = found.named.get("name", ""), found.named.get("birth_year")
    return list(Client.objects.similar_to(name, birth_year=year).reachable_by(seat)[:CHOICES]) if name else []


def _steps(found: Access) -> list[dict[str, Any]]:
    machine = verbs.network.MACHINE
    words = {code: label for choices in machine.reasons.values() for code, label in choices.choices}
    return [
        {
            "step": step,
            "title": _("The copy is erased") if step.type == SETTLED else AccessState(step.type).label,
            "reason": words.get(step.reason, ""),
            "who": step.by_name or (found.other if step.side != verbs.side_of(found) else ""),
        }
        for step in found.steps.order_by("-at", "-id")
    ]


# --- being asked ----------------------------------------------------------------------------------------------
@require_POST
def access_client(request: Any, pk: UUID) -> HttpResponse:
    """Which of our clients is meant."""
    found = access_for(request, pk, Permission.REFERRAL_ANSWER)
    try:
        chosen = UUID(request.POST.get("client", ""))
    except ValueError as error:
        raise Http404 from error
    client = client_for(request, chosen, Permission.CLIENT_EDIT)
    return _done(request, found, _("Noted."), lambda: verbs.name_client(access=found, client=client, by=request.seat))


@require_http_methods(["GET", "POST"])
def access_grant(request: Any, pk: UUID) -> HttpResponse:
    """The person agrees, to all or to less."""
    found = access_for(request, pk, Permission.REFERRAL_ANSWER)
    if AccessState.GRANTED not in verbs.next_states(found, request.seat) or found.client is None:
        return redirect("access", pk)
    require_care(found.client, request.seat)
    form = GrantForm(posted(request), client=found.client, asked=found.asked)
    if form.is_valid():
        new, note = form.new_consent(recipient=found.other), form.cleaned_data["note"]
        return _done(
            request,
            found,
            _("Granted. They may read until %(day)s.") % {"day": format_day(new.expires_on)},
            lambda: verbs.grant_access(access=found, new_consent=new, note=note, by=request.seat),
        )
    context = {**_shown(found, request.seat), "form": form}
    return render(request, "referrals/elsewhere/access_grant.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def access_refuse(request: Any, pk: UUID) -> HttpResponse:
    found = access_for(request, pk, Permission.REFERRAL_ANSWER)
    form = AccessRefusalForm(posted(request))
    if form.is_valid():
        return _done(
            request,
            found,
            _("Not granted. The other side learns the reason."),
            lambda: verbs.refuse_access(access=found, **form.cleaned_data, by=request.seat),
        )
    context = {**_shown(found, request.seat), "form": form}
    return render(request, "referrals/elsewhere/access_refuse.html", context, status=400 if form.is_bound else 200)


# --- ending, reading anew -------------------------------------------------------------------------------------
@require_POST
def access_end(request: Any, pk: UUID) -> HttpResponse:
    found = access_for(request, pk, Permission.REFERRAL_VIEW)
    return _done(
        request,
        found,
        _("Ended. Nothing may be read any more, and the copy is erased."),
        lambda: verbs.end_access(access=found, by=request.seat),
    )


@require_POST
def access_cancel(request: Any, pk: UUID) -> HttpResponse:
    found = access_for(request, pk, Permission.REFERRAL_SEND)
    return _done(request, found, _("Taken back."), lambda: verbs.cancel_access(access=found, by=request.seat))


@require_POST
def access_again(request: Any, pk: UUID) -> HttpResponse:
    found = access_for(request, pk, Permission.REFERRAL_SEND)
    return _done(
        request, found, _("The newest is on its way."), lambda: verbs.read_again(access=found, by=request.seat)
    )


def _done(request: Any, found: Access, words: str, verb: Any) -> HttpResponse:
    try:
        verb()
        messages.success(request, words)
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("access", found.pk)


# --- asking ---------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def access_ask(request: Any, pk: UUID) -> HttpResponse:
    """Whom, what for, what; and the consent to say the name where nothing that both know does."""
    seat = require(request, Permission.REFERRAL_SEND)
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    require_care(client, seat)
    form = AskAccessForm(posted(request), initial={"target": request.GET.get("target")})
    naming = None
    if form.is_valid():
        target = form.cleaned_data["target"]
        if not any(verbs.ways_to_name(client, target.pk)):
            naming = NamingConsent(request.POST if "consent-how_given" in request.POST else None, client=client)
        if naming is None or naming.is_valid():
            new = naming.named(target) if naming else None
            try:
                made = verbs.ask_access(client=client, request=form.request(), new_consent=new, by=seat)
            except SaysWho as refusal:
                form.add_error(refusal.field, str(refusal))
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Asked. You will get an e-mail when they answer."))
                return redirect("access", made.pk)
    context = {"client": client, "form": form, "naming": naming}
    return render(request, "referrals/elsewhere/access_ask.html", context, status=400 if form.errors else 200)
