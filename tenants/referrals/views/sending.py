"""Referring somebody: fill in, read field by field what will be told, send; or keep a draft and send it later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.forms import summary_of
from network_registry.exchange.enums import Service, State
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.consents import offer_consent
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.access import require
from tenants.organisations.models import Organisation
from tenants.referrals import policies
from tenants.referrals.access import referral_for
from tenants.referrals.beginning import beginning_of, offer_named, usual_days
from tenants.referrals.domain import drafts, sending
from tenants.referrals.domain.disclosure import labelled, values_of
from tenants.referrals.enums import Urgency
from tenants.referrals.errors import SaysWho
from tenants.referrals.forms.sending import DraftForm, ReferralConsent, RequestForm
from tenants.referrals.models import Referral

ALWAYS_TOLD = ("given_name", "family_name")  # without a name nobody can be taken on


@require_http_methods(["GET", "POST"])
def referral_send(request: Any, pk: UUID) -> HttpResponse:
    """A new referral of this client."""
    seat = require(request, Permission.REFERRAL_SEND)
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    typed = _typed(request)
    form = RequestForm(typed, client=client, initial=beginning_of(client, request.GET))
    consent = _consent_form(typed, client, form)
    step = request.POST.get("step", "")
    if step == "draft" and form.is_valid():
        ask = consent.asked_of(form.request().target) if consent.is_valid() and consent.is_for_later else None
        return _kept(request, drafts.keep_draft(client=client, request=form.request(), ask=ask, by=seat), bool(ask))
    if step in ("preview", "send") and _both_valid(form, consent):
        if step == "preview":
            return _preview(request, client, form.request(), consent, form)
        try:
            return _send(request, client, form, consent, seat)
        except SaysWho as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal) or _("The earlier referral was redirected meanwhile."))
    return _form_page(request, client, consent, form=form, offer=offer_named(form["offer"].value()))


@require_http_methods(["GET", "POST"])
def draft_send(request: Any, pk: UUID) -> HttpResponse:
    """A draft: the consent, the preview, away."""
    draft, seat = _draft_for(request, pk)
    client = draft.client
    assert client is not None
    typed = _typed(request)
    consent = _consent_form(typed, client, recipient=draft.other)
    step = request.POST.get("step", "")
    asked = _as_request(draft, typed.getlist("left_out") if typed is not None else draft.left_out)
    if step in ("preview", "send") and consent.is_valid() and consent.suits(draft.other, is_instead=False):
        if step == "preview":
            return _preview(request, client, asked, consent, draft=draft)
        try:
            return _send_draft(request, draft, asked.left_out, consent, seat)
        except Refused as refusal:
            consent.add_error(None, str(refusal) or _("A colleague has sent or discarded it meanwhile."))
    return _form_page(request, client, consent, draft=draft)


@require_http_methods(["GET", "POST"])
def draft_edit(request: Any, pk: UUID) -> HttpResponse:
    draft, seat = _draft_for(request, pk)
    client, back = draft.client, reverse("referral", args=[pk])
    assert client is not None

    def form_of(data: QueryDict | None = None) -> DraftForm:
        initial = {
            "target": draft.other_id,
            "service": draft.envelope.service,
            "need": draft.need,
            "urgency": draft.urgency,
            "area": draft.area,
            "case": draft.case_id,
            "offer": draft.envelope.offer,
            "left_out": draft.left_out,
            "seen_version": draft.version,
        }
        return DraftForm(data, client=client, initial=initial)

    form = form_of(conflicts.chosen(request, form_of(), draft))
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            sending.change_draft(referral=draft, request=form.request(), seen_version=seen, by=seat)
        except EditedMeanwhile:
            saved = Referral.objects.select_related("envelope", "other", "case__programme").get(pk=pk)
            return conflicts.page(request, form, saved, back=back, name=saved.envelope.reference)
        except Refused as refusal:
            form.add_error(None, str(refusal) or _("A colleague has sent or discarded it meanwhile."))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, "referrals/draft_edit.html", {"client": client, "form": form, "draft": draft})


@require_POST
def draft_discard(request: Any, pk: UUID) -> HttpResponse:
    draft, seat = _draft_for(request, pk)
    try:
        sending.discard_draft(referral=draft, by=seat)
    except Refused:
        messages.info(request, _("A colleague has sent or discarded it meanwhile."))
        return redirect("referral", pk)
    messages.success(request, _("The draft is discarded."))
    return redirect("client", draft.client_id)


def _draft_for(request: HttpRequest, pk: UUID) -> tuple[Referral, Seat]:
    draft, seat = referral_for(request, pk, Permission.REFERRAL_SEND)
    if draft.envelope.state != State.DRAFT:
        raise Http404
    return draft, seat


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent; what the preview left without a tick is kept back."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "shown" in data:
        told = {*data.getlist("told"), *ALWAYS_TOLD}
        data.setlist("left_out", [name for name in data.getlist("shown") if name not in told])
    return data


def _consent_form(
    typed: QueryDict | None, client: Client, form: RequestForm | None = None, recipient: Organisation | None = None
) -> ReferralConsent:
    receipts = Consent.objects.valid().filter(client=client, purpose=ConsentPurpose.REFERRAL)
    receipts = receipts.select_related("recipient").defer("recipient__logo").order_by("-given_at", "-id")
    if recipient is not None:
        receipts = receipts.filter(recipient=recipient.pk)
    elif form is not None and (target := form.initial.get("target")):
        recipient = Organisation.objects.filter(pk=target).defer("logo").first()
    return ReferralConsent(typed, client=client, receipts=receipts, recipient=recipient)


def _both_valid(form: RequestForm, consent: ReferralConsent) -> bool:
    """Each is asked, so that every mistake is named at once."""
    if not all([form.is_valid(), consent.is_valid()]):
        return False
    data = form.cleaned_data
    return consent.suits(data["target"], is_instead=bool(data.get("instead_of")))


def _form_page(request: Any, client: Client, consent: ReferralConsent, **more: Any) -> HttpResponse:
    filled = [form for form in (more.get("form"), consent) if form is not None and form.is_bound]
    problems = [problem for form in filled for problem in summary_of(form)]
    context = {"client": client, "consent": consent, "is_held": _is_held(request), "problems": problems, **more}
    return render(request, "referrals/send.html", context)


def _is_held(request: Any) -> bool:
    """From a new member the secretariat looks at each referral first."""
    return bool(request.organisation.is_moderated)


def _preview(
    request: Any,
    client: Client,
    asked: sending.Request,
    consent: ReferralConsent,
    form: RequestForm | None = None,
    draft: Referral | None = None,
) -> HttpResponse:
    record(action="client.viewed", on=client, by=request.seat)
    values = policies.told_to(values_of(client, list(consent.scopes_covered)), client, request.seat)
    rows = [
        {"name": name, "label": label, "text": text, "told": name not in asked.left_out, "fixed": name in ALWAYS_TOLD}
        for (name, _value), (label, text) in zip(values, labelled(values), strict=True)
    ]
    context = {
        "client": client,
        "asked": asked,
        "form": form,
        "consent": consent,
        "draft": draft,
        "service_name": Service(asked.service).label,
        "urgency_name": Urgency(asked.urgency).label,
        "rows": rows,
        "is_instead": bool(form and form.cleaned_data.get("instead_of")),
        "hidden": _hidden(form, consent),
        "wording": "" if consent.receipt else consent.asked_of(asked.target).wording,
        "usual_days": usual_days(asked.target),
        "is_held": _is_held(request),
    }
    return render(request, "referrals/preview.html", context)


def _hidden(*filled: forms.Form | None) -> list[Any]:
    return [field.as_hidden() for form in filled if form for field in form if field.name != "left_out"]


def _as_request(draft: Referral, left_out: Sequence[str]) -> sending.Request:
    return sending.Request(
        target=draft.other,
        service=draft.envelope.service,
        need=draft.need,
        urgency=draft.urgency,
        area=draft.area,
        offer_id=draft.envelope.offer,
        left_out=left_out,
        case=draft.case,
    )


def _send(request: Any, client: Client, form: RequestForm, consent: ReferralConsent, seat: Seat) -> HttpResponse:
    asked, earlier = form.request(), form.cleaned_data.get("instead_of")
    if consent.is_for_later:
        ask = consent.asked_of(asked.target)
        return _kept(request, drafts.keep_draft(client=client, request=asked, ask=ask, by=seat), True)
    given = consent.receipt or consent.asked_of(asked.target)
    if earlier is not None:
        sent = sending.redirect_referral(referral=earlier, request=asked, new_consent=given, by=seat)
    else:
        sent = drafts.send_at_once(client=client, request=asked, consent=given, by=seat)
    return _sent(request, sent)


def _send_draft(
    request: Any, draft: Referral, left_out: Sequence[str], consent: ReferralConsent, seat: Seat
) -> HttpResponse:
    assert draft.client is not None
    if consent.is_for_later:
        offer_consent(client=draft.client, new=consent.asked_of(draft.other), by=seat)
        return _kept(request, draft, True)
    given = consent.receipt or consent.asked_of(draft.other)
    return _sent(request, drafts.send_kept(referral=draft, consent=given, left_out=left_out, by=seat))


def _sent(request: Any, referral: Referral) -> HttpResponse:
    if referral.envelope.state == State.HELD:
        messages.success(request, _("Handed in. The secretariat looks at it first; you are told when it goes out."))
    else:
        messages.success(request, _("Sent. You will get an e-mail when they answer."))
    return redirect("referral", referral.pk)


def _kept(request: Any, draft: Referral, is_asked: bool) -> HttpResponse:
    if is_asked:
        messages.success(request, _("Saved. The person is asked for the consent on their own page."))
    else:
        messages.success(request, _("Saved for later. Nobody else has been told."))
    return redirect("referral", draft.pk)
