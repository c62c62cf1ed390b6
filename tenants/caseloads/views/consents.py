"""What a person agreed to, the text to sign, links to their own page, what they ask to be put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.addresses import workspace_url
from halka.common.calendars import Calendar, calendar_in_use, format_moment
from halka.common.errors import Refused
from tenants.caseloads.access import client_for, require_care
from tenants.caseloads.domain import consents as verbs
from tenants.caseloads.domain.corrections import answer_correction
from tenants.caseloads.domain.own_page import MadeLink, live_links, make_link, stop_link
from tenants.caseloads.enums.consents import ConsentScope, CorrectionState, WithdrawnBy
from tenants.caseloads.forms.consents import USUAL_MONTHS, AnswerForm, ConsentForm, WithdrawForm, in_months
from tenants.caseloads.forms.own_page import MakeLinkForm
from tenants.caseloads.models import Case, Client, Consent, ConsentOffer, Correction, PersonalLink
from tenants.caseloads.wording import written_language

LAPSING = timedelta(days=30)
SHOWN = 100


@require_GET
def consents(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    today = timezone.localdate()
    receipts = list(Consent.objects.filter(client=client).select_related("recorded_by").order_by("-id")[:SHOWN])
    for receipt in receipts:
        receipt.scope_names = [ConsentScope(scope).label for scope in receipt.scopes]
        receipt.is_lapsing = receipt.is_valid and receipt.expires_on <= today + LAPSING
    unanswered = ConsentOffer.objects.filter(client=client, answered_at=None).order_by("id")
    context = {
        "client": client,
        "valid": [receipt for receipt in receipts if receipt.is_valid],
        "lapsed": [receipt for receipt in receipts if not receipt.is_valid and receipt.withdrawn_at is None],
        "withdrawn": [receipt for receipt in receipts if receipt.withdrawn_at is not None],
        "offers": unanswered,
        "withdraw_form": WithdrawForm(),
        "to_close": _unfounded(client),
        "may_edit": request.seat.can(Permission.CLIENT_EDIT),
        "may_manage": request.seat.can(Permission.RIGHTS_MANAGE),
    }
    return render(request, "caseloads/consents.html", context)


def _unfounded(client: Client) -> list[Case]:
    """Open cases whose consent was taken back: they are offered for closing."""
    cases = Case.objects.open().filter(client=client, consent__withdrawn_at__isnull=False)
    return list(cases.select_related("programme", "consent"))


@require_http_methods(["GET", "POST"])
def consent_add(request: Any, pk: UUID) -> HttpResponse:
    """Records a consent, renews one, prepares one for the person's own page, or prints its text to be signed."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    renewed = _renewed(request, client)
    form = ConsentForm(request.POST or None, client=client, initial=_like(renewed))
    if form.is_valid() and "print" in request.POST:
        return _printed(request, client, form.asked().wording, form.cleaned_data["language"])
    if form.is_valid():
        try:
            _keep(form, client, renewed, request.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It waits on the person's own page.") if form.is_offer else _("Recorded."))
            return redirect("client-consents", client.pk)
    context = {"client": client, "form": form, "renewed": renewed}
    return render(request, "caseloads/consent_add.html", context)


def _renewed(request: Any, client: Client) -> Consent | None:
    try:
        key = UUID(request.GET.get("renews", ""))
    except ValueError:
        return None
    return get_object_or_404(Consent, pk=key, client=client, withdrawn_at=None)


def _like(consent: Consent | None) -> dict[str, Any]:
    if consent is None:
        return {}
    case = consent.cases.first()
    return {
        "purpose_asked": consent.purpose,
        "recipient": consent.recipient_id,
        "programme": case.programme_id if case else None,
        "scopes": consent.scopes,
        "language": consent.language,
        "expires_on": in_months(case.programme.consent_months if case else USUAL_MONTHS),
    }


def _keep(form: ConsentForm, client: Client, renewed: Consent | None, by: Any) -> None:
    new = form.asked()
    if form.is_offer:
        verbs.offer_consent(client=client, new=new, replaces=renewed, by=by)
    elif renewed is not None:
        verbs.renew_consent(consent=renewed, new=new, by=by)
    else:
        verbs.record_consent(client=client, new=new, by=by)


@require_GET
def consent_print(request: Any, pk: UUID, consent: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    receipt = get_object_or_404(Consent, pk=consent, client=client)
    return _printed(request, client, receipt.wording, receipt.language, receipt)


def _printed(request: Any, client: Client, wording: str, language: str, receipt: Consent | None = None) -> HttpResponse:
    """In the person's language, with a place for the signature."""
    written = written_language(language)
    calendar = Calendar.JALALI if written == "fa" else Calendar.GREGORIAN
    with translation.override(written), calendar_in_use(calendar):
        context = {"client": client, "wording": wording, "receipt": receipt, "today": timezone.localdate()}
        return render(request, "caseloads/consent_print.html", context)


@require_POST
def consent_withdraw(request: Any, pk: UUID, consent: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    receipt = get_object_or_404(Consent, pk=consent, client=client)
    form = WithdrawForm(request.POST)
    try:
        how = form.cleaned_data["how"] if form.is_valid() else WithdrawnBy.SPOKEN
        verbs.withdraw_consent(consent=receipt, how=how, by=request.seat)
        messages.success(request, _("Taken back. Nothing is told any more under this consent."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("client-consents", client.pk)


@require_POST
def offer_take_away(request: Any, pk: UUID, offer: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    waiting = get_object_or_404(ConsentOffer, pk=offer, client=client)
    try:
        verbs.take_offer_away(offer=waiting, by=request.seat)
        messages.success(request, _("It no longer waits on the person's own page."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("client-consents", client.pk)


# --- the person's own page, as colleagues see it ------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "POST"])
def own_page(request: Any, pk: UUID) -> HttpResponse:
    """Links that work, a new one, and what the person has asked to be put right."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    form = MakeLinkForm(request.POST or None, client=client)
    if form.is_valid():
        require_care(client, request.seat)
        made = make_link(
            client=client, language=form.cleaned_data["language"], hours=form.cleaned_data["hours"], by=request.seat
        )
        return _slip(request, client, made)
    asked = Correction.objects.filter(client=client).select_related("answered_by").order_by("-id")[:SHOWN]
    context = {
        "client": client,
        "form": form,
        "links": live_links().filter(client=client).select_related("created_by").order_by("-id"),
        "waiting": [(row, AnswerForm(prefix=str(row.pk))) for row in asked if row.state == CorrectionState.ASKED],
        "answered": [row for row in asked if row.state != CorrectionState.ASKED],
    }
    return render(request, "caseloads/own_page.html", context)


def _slip(request: Any, client: Client, made: MadeLink) -> HttpResponse:
    """Link and code, shown once; a slip in the person's language to give away."""
    language = made.link.language
    address = f"{workspace_url(request.organisation, 'me-door', made.token)}?l={language}"
    calendar = Calendar.JALALI if language == "fa" else Calendar.GREGORIAN
    context: dict[str, Any] = {
        "client": client,
        "link": made.link,
        "address": address,
        "code": made.code,
        "picture": segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="white"),
    }
    with translation.override(language), calendar_in_use(calendar):
        context["slip"] = {
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "heading": _("Your own page"),
            "organisation": request.organisation.name(language),
            "what": _("Here you see what is held about you and who has looked at it. You can say what is wrong."),
            "how": _("Open the link or take a picture of the square with your phone. Then write the code."),
            "code": _("Code"),
            "until": _("The link works until %(moment)s.") % {"moment": format_moment(made.link.expires_at)},
        }
    return render(request, "caseloads/own_page_made.html", context)


@require_POST
def own_page_stop(request: Any, pk: UUID, link: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    stop_link(link=get_object_or_404(PersonalLink, pk=link, client=client), by=request.seat)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("client-own-page", client.pk)


@require_POST
def correction_answer(request: Any, pk: UUID, correction: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    asked = get_object_or_404(Correction, pk=correction, client=client)
    form = AnswerForm(request.POST, prefix=str(asked.pk))
    if not form.is_valid():
        context = {"client": client, "asked": asked, "form": form}
        return render(request, "caseloads/correction.html", context, status=400)
    try:
        answer_correction(correction=asked, **form.cleaned_data, by=request.seat)
        messages.success(request, _("Answered. The person reads it on their own page."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("client-own-page", client.pk)
