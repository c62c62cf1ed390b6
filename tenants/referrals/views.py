"""Pages of referrals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common import sections
from halka.common.errors import Refused
from halka.common.paging import page_of
from halka.common.templatetags.halka import TONES
from network_registry.exchange.enums import TAKEN_ON, Service, State
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals import policies
from tenants.referrals.access import referral_for, with_naming
from tenants.referrals.domain import answering, sending
from tenants.referrals.domain.arrival import alike, take_on
from tenants.referrals.domain.disclosure import labelled, values_of
from tenants.referrals.enums import Direction, Urgency
from tenants.referrals.forms import AcceptForm, DeclineForm, SendForm
from tenants.referrals.models import Referral

ICONS = {State.SENT.value: "send", State.OPENED.value: "eye", State.ACCEPTED.value: "check-circle"}


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_VIEW)
    direction = Direction.OUT if request.GET.get("side") == "out" else Direction.IN
    referrals = with_naming(Referral.objects.for_list().filter(direction=direction), seat)
    if state := State.__members__.get(request.GET.get("state", "").upper()):
        referrals = referrals.in_state(state)
    context = {
        "page": page_of(request, referrals, keys=["-id"]),
        "direction": direction,
        "states": State.choices,
        "state": state.value if state else "",
        "may_send": seat.can(Permission.REFERRAL_SEND),
    }
    return render(request, "referrals/list.html", context)


@require_safe
def referral_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    next_states = policies.next_states(referral, seat)
    awaits_client = policies.awaits_client(referral) and seat.can(Permission.REFERRAL_ANSWER)
    parts = sections.rendered("referral", request, referral=referral)
    context = {
        "referral": referral,
        "envelope": referral.envelope,
        "steps": _steps(referral),
        "may_read_need": policies.may_read_need(referral),
        "may_open": State.OPENED in next_states,
        "accept_form": AcceptForm(initial={"assignee": seat.membership_id}) if State.ACCEPTED in next_states else None,
        "decline_form": DeclineForm() if State.DECLINED in next_states else None,
        "disclosed": labelled(referral.disclosed),
        "awaits_disclosure": referral.envelope.state in TAKEN_ON and referral.disclosed_at is None,
        "awaits_client": awaits_client,
        "alike": alike(referral) if awaits_client else [],
        "now": [part.html for part in sections.rendered("referral-now", request, referral=referral)],
        "main": [part.html for part in parts if not part.aside],
        "side": [part.html for part in parts if part.aside],
    }
    return render(request, "referrals/page.html", context)


def _steps(referral: Referral) -> list[dict[str, object]]:
    """What happened, the newest first, with our own people's names where the step was ours."""
    return [
        {
            "step": step,
            "icon": ICONS.get(step.type, "circle"),
            "tone": TONES.get(step.type, "neutral"),
            "ours": step.side == policies.side_of(referral),
        }
        for step in referral.steps.order_by("-at", "-id")
    ]


@require_POST
def referral_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    _incoming_only(referral)
    try:
        answering.open_referral(referral=referral, by=seat)
    except Refused:
        messages.info(request, _("A colleague has opened it already."))
    return redirect("referral", pk)


@require_POST
def referral_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    _incoming_only(referral)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return render(request, "referrals/answer.html", {"referral": referral, "form": form, "accepting": True})
    try:
        answering.accept_referral(
            referral=referral, assignee=form.cleaned_data["assignee"], note=form.cleaned_data["note"], by=seat
        )
    except Refused:
        return _moved(request, referral, form, accepting=True)
    messages.success(request, _("Accepted. What the person agreed to share is on its way."))
    return redirect("referral", pk)


@require_POST
def referral_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    _incoming_only(referral)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "referrals/answer.html", {"referral": referral, "form": form, "accepting": False})
    try:
        answering.decline_referral(
            referral=referral, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"], by=seat
        )
    except Refused:
        return _moved(request, referral, form, accepting=False)
    messages.success(request, _("Declined. The sender learns the reason."))
    return redirect("referral", pk)


def _incoming_only(referral: Referral) -> None:
    if referral.direction != Direction.IN:
        raise Http404


def _moved(
    request: HttpRequest, referral: Referral, form: AcceptForm | DeclineForm, *, accepting: bool
) -> HttpResponse:
    """Somebody was faster: says so, and keeps what was typed."""
    form.add_error(None, _("A colleague has answered this referral meanwhile. Nothing was changed."))
    context = {"referral": referral, "form": form, "accepting": accepting}
    return render(request, "referrals/answer.html", context, status=409)


@require_POST
def referral_client(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
    _incoming_only(referral)
    link_to = None
    if chosen := request.POST.get("client"):
        link_to = client_for(request, _uuid(chosen), Permission.CLIENT_EDIT)
    try:
        client = take_on(referral=referral, link_to=link_to, by=seat)
    except Refused:
        messages.info(request, _("A colleague has done that already."))
        return redirect("referral", pk)
    messages.success(request, _("The person is a client of yours now."))
    return redirect("client", client.pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
def referral_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill in, read field by field what will be told, send."""
    seat = require(request, Permission.REFERRAL_SEND)
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    form = SendForm(request.POST or None, initial={"area": client.place})
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "change":
        return render(request, "referrals/send.html", {"client": client, "form": form})
    if request.POST.get("step") == "send":
        try:
            referral = _send(client, form, seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "referrals/send.html", {"client": client, "form": form})
        messages.success(request, _("Sent. You will get an e-mail when they answer."))
        return redirect("referral", referral.pk)
    record(action="client.viewed", on=client, by=seat)
    context = {
        "client": client,
        "form": form,
        "values": labelled(values_of(client, form.cleaned_data["scopes"])),
        "target": form.cleaned_data["target"],
    }
    return render(request, "referrals/preview.html", context)


def _send(client: Client, form: SendForm, seat: Seat) -> Referral:
    data = form.cleaned_data
    consent = NewConsent(
        recipient=data["target"],
        scopes=data["scopes"],
        how_given=data["how_given"],
        witness=data["witness"],
        expires_on=data["expires_on"],
    )
    request = sending.Request(
        target=data["target"],
        service=Service(data["service"]),
        need=data["need"],
        urgency=Urgency(data["urgency"]),
        area=data["area"],
    )
    return sending.send_with_consent(client=client, request=request, new_consent=consent, by=seat)
