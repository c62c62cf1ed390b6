"""The points of an agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from network_registry.working_groups.access import meeting_for, writer_for
from network_registry.working_groups.domain import agenda
from network_registry.working_groups.forms.meetings import PointForm
from network_registry.working_groups.models import AgendaPoint
from network_registry.working_groups.views.acting import done, form_page


@require_http_methods(["GET", "POST"])
def add(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    """On the agenda for those who convene, a proposal for others."""
    place = writer_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    back = reverse("wg-meeting", args=[pk, meeting])
    form = PointForm(request.POST or None)
    title = _("Add a point") if place.convenes else _("Propose a point")
    if form.is_valid():
        try:
            agenda.add_point(meeting=found.pk, details=form.told(), by=place.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Added.") if place.convenes else _("Proposed. Those who convene the group get an e-mail.")
            return done(request, lambda: None, said, back)
    return form_page(request, place, form, title, back)


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found = _point(request, pk, meeting, point)
    if not agenda.may_change(found, place.person):
        raise Http404
    back = reverse("wg-meeting", args=[pk, meeting])
    form = PointForm(conflicts.chosen(request, PointForm(point=found), found), point=found)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            agenda.change_point(point=found.pk, details=form.told(), seen_version=seen, by=place.seat)
        except EditedMeanwhile:
            saved = AgendaPoint.objects.get(pk=found.pk)
            return conflicts.page(request, form, saved, back=back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), back)
    return form_page(request, place, form, _("Change the point"), back)


@require_POST
def move(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    step = agenda.UP if "up" in request.POST else agenda.DOWN
    return _do(request, pk, meeting, point, agenda.move_point, _("Moved."), step=step)


@require_POST
def decide(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    """Takes a proposal on, or leaves it out."""
    is_taken = "take" in request.POST
    said = _("It is on the agenda.") if is_taken else _("It is left out.")
    return _do(request, pk, meeting, point, agenda.decide_point, said, is_taken=is_taken)


@require_POST
def remove(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    return _do(request, pk, meeting, point, agenda.remove_point, _("Removed."))


def _point(request: Any, pk: UUID, meeting: UUID, point: UUID) -> AgendaPoint:
    """Raises Http404."""
    found, _place = meeting_for(request, pk, meeting)
    return get_object_or_404(AgendaPoint, pk=point, meeting=found.pk)


def _do(request: Any, pk: UUID, meeting: UUID, point: UUID, verb: Any, said: str, **values: Any) -> HttpResponse:
    place = writer_for(request, pk)
    found = _point(request, pk, meeting, point)
    return done(request, lambda: verb(point=found.pk, **values, by=place.seat), said, "wg-meeting", pk, meeting)
