"""Domains of the organisation's own, for its managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from tenants.organisations.access import require
from tenants.organisations.domain import own_domains
from tenants.organisations.enums import Kind
from tenants.organisations.forms_addresses import OwnDomainForm
from tenants.organisations.models import OwnDomain

SHOWN_GONE = 5


def _manager(request: Any) -> Seat:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    if request.organisation.kind == Kind.SECRETARIAT:  # it answers at the network's own address
        raise Http404
    return seat


@require_http_methods(["GET", "POST"])
def domains(request: Any) -> HttpResponse:
    """Asks for one, and shows what DNS has to say of each."""
    seat = _manager(request)
    form = OwnDomainForm(request.POST or None)
    if form.is_valid():
        try:
            own_domains.ask_for(domain=form.cleaned_data["domain"], by=seat)
        except Refused as refusal:
            form.add_error("domain", str(refusal))
        else:
            messages.success(request, _("Noted. Now let DNS say that it is yours, as it is written below."))
            return redirect("own-domains")
    own = OwnDomain.objects.filter(organisation_id=request.organisation.id)
    context = {
        "form": form,
        "domains": own.standing().order_by("asked_at", "id"),
        "gone": own.exclude(taken_out_at=None).order_by("-taken_out_at", "-id")[:SHOWN_GONE],
        "base": settings.BASE_DOMAIN,
        "patience": own_domains.PATIENCE.days,
        "most": own_domains.MOST,
    }
    return render(request, "organisations/domains.html", context, status=400 if form.is_bound else 200)


@require_POST
def domain_look(request: Any, pk: UUID) -> HttpResponse:
    _manager(request)
    try:
        own_domains.ask_to_look(domain=pk)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("DNS is being asked. Load this page again in a few seconds."))
    return redirect("own-domains")


@require_POST
def domain_take_out(request: Any, pk: UUID) -> HttpResponse:
    seat = _manager(request)
    try:
        own_domains.take_out(domain=pk, by=seat)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Taken out."))
    return redirect("own-domains")
