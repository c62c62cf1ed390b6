"""What the organisation offers itself: its services and places, and what is free there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.calendars import localise_digits
from halka.common.errors import EditedMeanwhile, Refused
from network_registry.directory import hours
from network_registry.directory.domain import services as verbs
from network_registry.directory.domain.capacity import confirm_capacities, is_stale
from network_registry.directory.domain.search import offers_in_full
from network_registry.directory.domain.services import hours_of
from network_registry.directory.errors import CapacityMeanwhile
from network_registry.directory.forms import (
    ClosureForm,
    LocationForm,
    OfferForm,
    PlaceChoiceForm,
    ServiceForm,
    StartForm,
    capacity_forms,
    own_country,
)
from network_registry.directory.models import Closure, Location, Offer, Service
from tenants.organisations.access import require


def _own(request: Any, model: Any) -> Any:
    return model.objects.filter(organisation=request.organisation.id)


def _offers(request: Any) -> Any:
    return offers_in_full().filter(organisation=request.organisation.id).order_by("service_id", "location__name", "id")


@require_safe
def own_services(request: Any) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_ANSWER)
    offers: dict[UUID, list[dict[str, Any]]] = {}
    for offer in _offers(request):
        line = {"offer": offer, "hours": hours.lines(hours_of(offer)), "is_stale": is_stale(offer.confirmed_at)}
        offers.setdefault(offer.service_id, []).append(line)
    services = _own(request, Service).select_related("organisation").order_by("-is_published", "id")
    context = {
        "services": [(service, offers.get(service.pk, [])) for service in services],
        "places": _own(request, Location).order_by("name", "id"),
        "may_manage": seat.can(Permission.ORGANISATION_MANAGE),
        "has_offers": bool(offers),
    }
    return render(request, "directory/own.html", context)


@require_http_methods(["GET", "POST"])
def own_capacity(request: Any) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_ANSWER)
    offers = list(_offers(request).filter(is_offered=True, service__is_published=True))
    sent = request.POST if request.method == "POST" else None
    forms = capacity_forms(offers, sent)
    bound = [form for form in forms if form.is_bound]
    mistaken = [form for form in bound if not form.is_valid()]  # each is looked at, so that each tells its own
    status = 200
    if sent is not None and not mistaken:
        try:
            count = confirm_capacities(rows=[form.capacity() for form in bound], by=seat)
        except CapacityMeanwhile as meanwhile:
            forms, status = _with_both(sent, offers, meanwhile), 409
        else:
            told = ngettext("%(count)s offer is confirmed.", "%(count)s offers are confirmed.", count)
            messages.success(request, told % {"count": localise_digits(count)})
            return redirect("own-services")
    elif sent is not None:
        status = 400
    context = {"forms": forms, "conflict": status == 409, "has_mistakes": status == 400}
    return render(request, "directory/capacity.html", context, status=status)


def _with_both(sent: Any, offers: list[Offer], meanwhile: CapacityMeanwhile) -> list[Any]:
    """What was typed, beside what others have saved; sent again it counts, since it was seen."""
    data = sent.copy()
    for pk, saved in meanwhile.saved.items():
        data[f"{pk}-seen_version"] = str(saved.version)
    forms = capacity_forms(offers, data)
    for form in forms:
        form.meanwhile = meanwhile.saved.get(form.offer.pk)
    return forms


@require_http_methods(["GET", "POST"])
def service_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    form, start = ServiceForm(request.POST or None), StartForm(request.POST or None)
    if form.is_valid() and start.is_valid():
        data = start.cleaned_data
        verbs.start_service(
            details=form.details(),
            at=start.at(),
            offer=start.offer(),
            free_places=data["free_places"],
            waiting_weeks=data["waiting_weeks"],
            by=seat,
        )
        messages.success(request, _("The service is in the directory now."))
        return redirect("own-services")
    status = 400 if form.is_bound else 200
    return render(request, "directory/service_add.html", {"form": form, "start": start}, status=status)


@require_http_methods(["GET", "POST"])
def service_change(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    service = get_object_or_404(_own(request, Service).select_related("organisation"), pk=pk)
    form = ServiceForm(conflicts.chosen(request, ServiceForm(service=service), service), service=service)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            verbs.change_service(service=service, details=form.details(), seen_version=seen, by=seat)
        except EditedMeanwhile:
            service.refresh_from_db()
            return conflicts.page(request, form, service, back=request.path, at=service.changed_at)
        messages.success(request, _("Saved."))
        return redirect("own-services")
    context = {"form": form, "service": service}
    return render(request, "directory/service_change.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def place_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    form = LocationForm(request.POST or None, initial={"country": own_country()})
    if form.is_valid():
        verbs.add_location(details=form.details(), by=seat)
        messages.success(request, _("The place is added."))
        return redirect("own-services")
    context = {"form": form, "place": None}
    return render(request, "directory/place.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def place_change(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    place = get_object_or_404(_own(request, Location), pk=pk)
    form = LocationForm(conflicts.chosen(request, LocationForm(location=place), place), location=place)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            verbs.change_location(location=place, details=form.details(), seen_version=seen, by=seat)
        except EditedMeanwhile:
            place.refresh_from_db()
            return conflicts.page(request, form, place, back=request.path, at=place.changed_at)
        messages.success(request, _("Saved."))
        return redirect("own-services")
    return _place(request, place, form, ClosureForm(location=place), 400 if form.is_bound else 200)


@require_http_methods(["POST"])
def place_closures(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    place = get_object_or_404(_own(request, Location), pk=pk)
    form = ClosureForm(request.POST, location=place)
    if not form.is_valid():
        return _place(request, place, LocationForm(location=place), form, 400)
    gone = [closure.pk for closure in form.cleaned_data["remove"]]
    verbs.close_on(location=place, remove=gone, add=form.closed_days(), by=seat)
    messages.success(request, _("The closed days are saved."))
    return redirect("own-place", pk)


def _place(request: Any, place: Location, form: LocationForm, closing: ClosureForm, status: int) -> HttpResponse:
    coming = Closure.objects.filter(location=place, last_on__gte=timezone.localdate())
    context = {"place": place, "form": form, "closing": closing, "closures": coming}
    return render(request, "directory/place.html", context, status=status)


@require_http_methods(["GET", "POST"])
def offer_add(request: Any, pk: UUID) -> HttpResponse:
    """One more place for a service."""
    seat = require(request, Permission.ORGANISATION_MANAGE)
    service = get_object_or_404(_own(request, Service).select_related("organisation"), pk=pk)
    where, form = PlaceChoiceForm(request.POST or None, without=service), OfferForm(request.POST or None)
    if where.is_valid() and form.is_valid():
        location = where.cleaned_data["location"]
        try:
            verbs.add_offer(service=service, location=location, details=form.details(), by=seat)
        except Refused as refusal:
            where.add_error("location", str(refusal))
        else:
            messages.success(request, _("It is offered there now."))
            return redirect("own-services")
    context = {"service": service, "where": where, "form": form, "offer": None}
    return render(request, "directory/offer_change.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def offer_change(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    offer = get_object_or_404(offers_in_full().filter(organisation=request.organisation.id), pk=pk)
    form = OfferForm(conflicts.chosen(request, OfferForm(offer=offer), offer), offer=offer)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            verbs.change_offer(offer=offer, details=form.details(), seen_version=seen, by=seat)
        except EditedMeanwhile:
            saved = offers_in_full().get(pk=pk)
            return conflicts.page(request, form, saved, back=request.path, at=saved.changed_at)
        messages.success(request, _("Saved."))
        return redirect("own-services")
    context = {"service": offer.service, "offer": offer, "form": form, "where": None}
    return render(request, "directory/offer_change.html", context, status=400 if form.is_bound else 200)
