"""A member's own membership, what it asks of the network, and the secretariat's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.membership.domain import agreeing, changes
from network_registry.membership.enums import JOINED, ChangeKind, ChangeState
from network_registry.membership.errors import CannotChange
from network_registry.membership.forms.applying import known_provinces
from network_registry.membership.forms.changes import AddressForm, AnswerForm, BranchForm, ProvinceForm
from network_registry.membership.models import ChangeRequest, Licence, Merger
from network_registry.membership.views.licensing import secretary
from tenants.organisations.access import require
from tenants.organisations.domain.lifecycle import life_of
from tenants.organisations.models import Organisation, OwnDomain

FORMS: dict[str, tuple[type[ProvinceForm | BranchForm | AddressForm], Any]] = {
    ChangeKind.PROVINCE: (ProvinceForm, changes.ask_province),
    ChangeKind.BRANCH: (BranchForm, changes.ask_branch),
    ChangeKind.ADDRESS: (AddressForm, changes.ask_address),
}


@require_safe
def own(request: Any) -> HttpResponse:
    """The licence, where one belongs, and what was asked."""
    require(request, Permission.ORGANISATION_MANAGE)
    _check_joined(request)
    here = request.organisation.id
    asked = ChangeRequest.objects.filter(organisation=here).select_related("branch").defer("branch__logo")
    context = {
        "organisation": Organisation.objects.select_related("parent").defer("logo", "parent__logo").get(pk=here),
        "licence": Licence.objects.filter(organisation=here).order_by("-valid_until").first(),
        "signed": agreeing.agreement_here(),
        "unsigned": agreeing.left_to_sign(),
        "changes": life_of(here),
        "today": timezone.localdate(),
        "kinds": ChangeKind,
        "domains": OwnDomain.objects.standing().filter(organisation=here),
        "mergers": list(Merger.objects.with_sides().of(here).order_by("-proposed_at", "-id")[:5]),
        "asked": list(asked.order_by("-asked_at", "-id")[:20]),
    }
    return render(request, "membership/own.html", context)


def _check_joined(request: Any) -> None:
    if request.organisation.kind not in JOINED:
        raise Http404


@require_http_methods(["GET", "POST"])
def ask(request: Any, kind: str) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    _check_joined(request)
    if kind not in FORMS:
        raise Http404
    form_class, verb = FORMS[kind]
    form = form_class(request.POST or None)
    if form.is_valid():
        try:
            verb(by=seat, **form.cleaned_data)
        except CannotChange as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Asked. The secretariat decides, and you get an e-mail."))
            return redirect("own-membership")
    context = {"form": form, "title": ChangeKind(kind).label, "provinces": known_provinces()}
    return render(request, "membership/change_ask.html", context, status=400 if form.is_bound else 200)


@require_POST
def take_back(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    try:
        changes.take_back(request=pk, by=seat)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return redirect("own-membership")


@require_safe
def requests(request: Any) -> HttpResponse:
    """What waits for the secretariat, the oldest first."""
    secretary(request)
    waiting = ChangeRequest.objects.filter(state=ChangeState.WAITING).select_related("organisation", "branch")
    found = waiting.defer("organisation__logo", "branch__logo")
    return render(
        request, "membership/change_requests.html", {"page": page_of(request, found, keys=("asked_at", "id"))}
    )


@require_http_methods(["GET", "POST"])
def decide(request: Any, pk: UUID) -> HttpResponse:
    seat = secretary(request)
    found = get_object_or_404(ChangeRequest.objects.select_related("organisation", "branch"), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            changes.decide(request=pk, is_granted="grant" in request.POST, by=seat, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. They are told by e-mail."))
            return redirect("change-requests")
    context = {"change": found, "form": form}
    return render(request, "membership/change_decide.html", context, status=400 if form.is_bound else 200)
