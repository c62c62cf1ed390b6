"""Naming one's own people to a group, for managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from network_registry.working_groups.domain import seats
from network_registry.working_groups.domain.standing import person_of
from network_registry.working_groups.forms.groups import NameForm
from network_registry.working_groups.models import Charter, GroupSeat, Person
from network_registry.working_groups.views.acting import done
from tenants.organisations.access import require


def own_group(request: Any, pk: UUID) -> tuple[Charter, Seat]:
    """One that the manager's organisation is in. Raises Http404, PermissionDenied."""
    seat = require(request, Permission.MEMBER_MANAGE)
    found = Charter.objects.with_group().filter(group__organisations=request.organisation.id)
    return get_object_or_404(found, pk=pk), seat


@require_http_methods(["GET", "POST"])
def people(request: Any, pk: UUID) -> HttpResponse:
    group, seat = own_group(request, pk)
    form = NameForm(request.POST or None, group=group)
    if form.is_valid():
        values = form.cleaned_data
        named, is_convener = values["colleague"].pk, values.get("is_convener", False)
        try:
            seats.name_person(group=group.pk, colleague=named, is_convener=is_convener, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Named. They get an e-mail."))
            return redirect("wg-people", pk)
    here = Person.objects.of(group.pk).here().filter(organisation=request.organisation.id).order_by("name", "id")
    context = {
        "group": group,
        "form": form,
        "own": list(here),
        "convened_here": group.convener_id == request.organisation.id,
        "has_seat": person_of(group.pk, seat) is not None,
    }
    return render(request, "working_groups/people.html", context, status=400 if form.is_bound else 200)


@require_POST
def end(request: Any, pk: UUID, seat: UUID) -> HttpResponse:
    group, by = own_group(request, pk)
    found = get_object_or_404(GroupSeat, pk=seat, group=group.pk, organisation=request.organisation.id)
    said = _("They are not in the group any more.")
    return done(request, lambda: seats.end_seat(seat=found.pk, by=by), said, "wg-people", pk)


@require_POST
def convene(request: Any, pk: UUID, seat: UUID) -> HttpResponse:
    group, by = own_group(request, pk)
    found = get_object_or_404(GroupSeat, pk=seat, group=group.pk, organisation=request.organisation.id)
    is_convener = "convenes" in request.POST

    def act() -> None:
        seats.let_convene(seat=found.pk, is_convener=is_convener, by=by)

    return done(request, act, _("Saved."), "wg-people", pk)
