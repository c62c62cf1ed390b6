"""Messages and documents of a referral, and links for those who answer without an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common import uploads
from halka.common.errors import Refused
from tenants.referrals import policies
from tenants.referrals.access import referral_for
from tenants.referrals.domain import enclosing, links, messages
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Enclosure, Referral
from tenants.referrals.talking import showing
from tenants.referrals.talking.forms import EncloseForm


@require_http_methods(["GET", "POST"])
def message_write(request: Any, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    policies.require_part(referral, seat)
    form = showing.message_form(referral, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, referral, "thread", form)
    try:
        messages.write_message(referral=referral, text=form.cleaned_data["text"], by=seat)
    except SaysWho as refusal:
        form.add_error("text", str(refusal))
        return _page(request, referral, "thread", form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, referral, "thread", form, status=409)
    return redirect(reverse("referral", args=[pk]) + "#thread")


@require_http_methods(["GET", "POST"])
def document_enclose(request: Any, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    policies.require_part(referral, seat)
    if referral.client is None:
        raise Http404
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EncloseForm(*posted, documents=showing.to_choose(referral, seat))
    if not form.is_valid():
        return _page(request, referral, "documents", form)
    try:
        _enclose(referral, form, seat)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, referral, "documents", form, status=409)
    notes.success(request, _("On its way. The other side gets an e-mail that says nothing of the person."))
    return redirect(reverse("referral", args=[pk]) + "#documents")


def _enclose(referral: Referral, form: EncloseForm, seat: Seat) -> None:
    if file := form.cleaned_data.get("file"):
        enclosing.enclose_file(referral=referral, file=file, by=seat)
    else:
        enclosing.enclose(referral=referral, document=form.cleaned_data["document"], by=seat)


def _page(request: Any, referral: Referral, part: str, form: Any, status: int = 200) -> HttpResponse:
    """One part of the referral's page by itself, with what was typed and what is wrong with it."""
    found = showing.thread(request, referral, form) if part == "thread" else showing.documents(request, referral, form)
    context = {**(found or {"form": form}), "referral": referral, "part": part, "is_alone": True}
    return render(request, "referrals/talking.html", context, status=status)


@require_GET
def document_open(request: HttpRequest, pk: UUID, document: UUID) -> HttpResponseBase:
    """The file itself, to be saved, and never shown by the browser within our pages."""
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    return handed_out(enclosure_of(referral, document, seat), seat)


@require_POST
def document_take_back(request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_VIEW)
    policies.require_part(referral, seat)
    enclosing.take_back(enclosure=own_enclosure(referral, document), by=seat)
    notes.success(request, _("Taken back. The other side's copy is removed."))
    return redirect(reverse("referral", args=[pk]) + "#documents")


@require_POST
def link_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral, seat = referral_for(request, pk, Permission.REFERRAL_SEND)
    purpose = request.POST.get("purpose", "")
    if purpose not in LinkPurpose.values:
        raise Http404
    try:
        links.ask_again(referral=referral, purpose=LinkPurpose(purpose), by=seat)
    except Refused as refusal:
        notes.info(request, str(refusal))
    else:
        notes.success(request, _("A new link is on its way. The one before it opens nothing any more."))
    return redirect("referral", pk)


def enclosure_of(referral: Referral, pk: UUID, seat: Seat) -> Enclosure:
    """A document of this referral that whoever asks may read; 404 otherwise."""
    found = _found(Enclosure.objects.filter(referral=referral, pk=pk).select_related("document"))
    found.referral = referral
    professions = enclosing.professions_in(referral, seat)
    if showing.is_closed_to(referral, seat) or not enclosing.may_read(found, seat, professions):
        raise Http404
    return found


def own_enclosure(referral: Referral, pk: UUID) -> Enclosure:
    """A document that we sent; 404 otherwise."""
    return _found(Enclosure.objects.filter(referral=referral, pk=pk, ours=True))


def _found(enclosures: Any) -> Enclosure:
    found: Enclosure | None = enclosures.select_related("referral__envelope").first()
    if found is None:
        raise Http404
    return found


def handed_out(enclosure: Enclosure, seat: Seat) -> StreamingHttpResponse:
    """404 where the file is here no more."""
    try:
        parts = enclosing.open_enclosure(enclosure=enclosure, by=seat)
    except FileNotFoundError as error:
        raise Http404 from error
    name = uploads.file_name(enclosure.title, enclosure.content_type)
    return StreamingHttpResponse(
        parts,
        content_type=enclosure.content_type,
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "Content-Encoding": "identity",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )
