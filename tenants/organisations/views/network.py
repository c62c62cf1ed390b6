"""The network's organisations, for its secretariat and for provincial branches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.domain import lifecycle
from tenants.organisations.domain.contact import keep_contact
from tenants.organisations.enums import TRANSITIONS, Kind, State, Why
from tenants.organisations.forms import ContactForm, OrganisationFilter, ReasonForm
from tenants.organisations.models import Organisation

VERBS = {"suspend": lifecycle.suspend, "resume": lifecycle.resume}


def visible_organisations(request: Any) -> QuerySet[Organisation]:
    """All of them to the secretariat; to a branch its province and what stands below it; to others none."""
    if request.organisation.kind == Kind.SECRETARIAT:
        return Organisation.objects.all()
    if request.organisation.kind != Kind.BRANCH:
        raise Http404
    own = Organisation.objects.get(pk=request.organisation.id)
    here = Q(parent_id=own.pk) | Q(pk=own.pk)
    return Organisation.objects.filter(here | Q(province=own.province) if own.province else here)


@require_GET
def organisations(request: Any) -> HttpResponse:
    seat = require(request, Permission.NETWORK_VIEW)
    found = visible_organisations(request)
    search = request.GET.get("q", "").replace("\0", "").strip()
    if search:
        found = found.annotate(all_names=Cast("names", TextField()))
        found = found.filter(Q(schema_name__icontains=search) | Q(all_names__icontains=search))
    chosen = OrganisationFilter(request.GET)
    chosen.is_valid()
    found = found.filter(**{name: value for name, value in chosen.cleaned_data.items() if value})
    context = {
        "page": page_of(request, found, keys=("schema_name",)),
        "search": search,
        "filter": chosen,
        "may_manage": _manages(request, seat),
    }
    return render(request, "organisations/organisations.html", context)


def _manages(request: Any, seat: Seat) -> bool:
    return seat.can(Permission.NETWORK_MANAGE) and request.organisation.kind == Kind.SECRETARIAT


@require_http_methods(["GET", "POST"])
def organisation_move(request: Any, pk: UUID, verb: str) -> HttpResponse:
    """Asks for a reason, then suspends or resumes."""
    seat = require(request, Permission.NETWORK_MANAGE)
    found = visible_organisations(request).filter(pk=pk).first()
    if found is None or found.kind == Kind.SECRETARIAT:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            moved = VERBS[verb](organisation=pk, reason=form.cleaned_data["reason"], by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s: %(state)s.") % {"name": found, "state": moved.get_state_display()})
            return redirect("organisations")
    to = State.SUSPENDED if verb == "suspend" else lifecycle.back_to(found)
    possible = Why.DECIDED in TRANSITIONS[State(found.state)].get(to, ())
    context = {"found": found, "form": form, "verb": verb, "possible": possible, "changes": lifecycle.life_of(found.pk)}
    return render(request, "organisations/move.html", context, status=400 if form.is_bound else 200)


@require_GET
def organisation_life(request: Any, pk: UUID) -> HttpResponse:
    """How it came to its state, the latest first."""
    seat = require(request, Permission.NETWORK_VIEW)
    found = visible_organisations(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {"found": found, "changes": lifecycle.life_of(found.pk), "may_manage": _manages(request, seat)}
    return render(request, "organisations/life.html", context)


@require_http_methods(["GET", "POST"])
def organisation_contact(request: Any, pk: UUID) -> HttpResponse:
    """Where it is reached, for those who have nobody to sign in; and their links once more."""
    seat = require(request, Permission.NETWORK_MANAGE)
    found = visible_organisations(request).filter(pk=pk).first()
    if found is None or request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    form = ContactForm(request.POST or None, initial={"address": found.contact_email})
    if form.is_valid():
        keep_contact(
            organisation=pk,
            address=form.cleaned_data["address"],
            send_again=form.cleaned_data["send_again"],
            by=seat,
        )
        messages.success(request, _("%(name)s: saved.") % {"name": found})
        return redirect("organisations")
    context = {"found": found, "form": form}
    return render(request, "organisations/contact.html", context, status=400 if form.is_bound else 200)
