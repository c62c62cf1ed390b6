"""What a group decided, over all meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from network_registry.working_groups.access import Place, meeting_for, people_of, place_for, writer_for
from network_registry.working_groups.domain import decisions as verbs
from network_registry.working_groups.forms.decisions import DecisionFilter, DecisionForm
from network_registry.working_groups.models import AgendaPoint, Decision, Person
from network_registry.working_groups.views.acting import done, form_page


@require_safe
def decisions(request: Any, pk: UUID) -> HttpResponse:
    """The last ones first, by state, and one's own alone."""
    place = place_for(request, pk)
    rows = Decision.objects.filter(group=place.group).select_related("point")
    form = DecisionFilter(request.GET)
    if form.is_valid():
        if form.cleaned_data["state"]:
            rows = rows.filter(state=form.cleaned_data["state"])
        if form.cleaned_data["mine"] and place.person is not None:
            rows = rows.filter(responsible=place.person.pk)
    context = {
        "place": place,
        "group": place.group,
        "page": page_of(request, rows, keys=("-year", "-number")),
        "people": people_of(place.group),
        "filter": form,
    }
    return render(request, "working_groups/decisions.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    about = get_object_or_404(AgendaPoint, pk=point, meeting=meeting_for(request, pk, meeting)[0].pk)
    back = reverse("wg-meeting", args=[pk, meeting])
    form = DecisionForm(request.POST or None, people=_people(place))
    if form.is_valid():
        try:
            made = verbs.decide(point=about.pk, details=form.details(), by=place.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: made, _("Decided."), back)
    return form_page(request, place, form, _("Write down a decision"), back, lead=about.title)


@require_http_methods(["GET", "POST"])
def decision(request: Any, pk: UUID, decision: UUID) -> HttpResponse:
    """Read by all of the group, changed by those who follow it."""
    place = place_for(request, pk)
    found = get_object_or_404(Decision.objects.select_related("point__meeting"), pk=decision, group=place.group.pk)
    people = people_of(place.group)
    context = {"place": place, "group": place.group, "decision": found, "people": people}
    if not place.may_write or not verbs.may_follow(found, place.person):
        return render(request, "working_groups/decision.html", context, status=404 if request.method == "POST" else 200)
    is_frozen = found.point.meeting.is_frozen
    options = {"people": _people(place, people.get(found.responsible_id)), "is_frozen": is_frozen}  # type: ignore[arg-type]
    shown = DecisionForm(decision=found, **options)  # type: ignore[arg-type]
    form = DecisionForm(conflicts.chosen(request, shown, found), decision=found, **options)  # type: ignore[arg-type]
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("state", "note", "seen_version")}
        try:
            verbs.change_decision(decision=found.pk, details=form.details(), **values, by=place.seat)
        except EditedMeanwhile:
            saved = Decision.objects.get(pk=found.pk)
            return conflicts.page(request, form, saved, back=reverse("wg-decision", args=[pk, decision]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), "wg-decision", pk, decision)
    context |= {"form": form, "may_remove": not is_frozen}
    return render(request, "working_groups/decision.html", context, status=400 if form.is_bound else 200)


@require_POST
def remove(request: Any, pk: UUID, decision: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found = get_object_or_404(Decision, pk=decision, group=place.group.pk)
    act = verbs.remove_decision
    return done(request, lambda: act(decision=found.pk, by=place.seat), _("Removed."), "wg-decisions", pk)


def _people(place: Place, more: Person | None = None) -> list[Person]:
    """Who can be responsible, and who is although they have gone."""
    found = [one for one in people_of(place.group).values() if one.is_here or (more is not None and one.pk == more.pk)]
    return sorted(found, key=lambda one: one.name.casefold())
