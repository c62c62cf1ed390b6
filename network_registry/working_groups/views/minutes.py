"""Minutes: attendance, what was said to each point, the approval, corrections afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from network_registry.working_groups.access import meeting_for, people_of, writer_for
from network_registry.working_groups.domain import minutes as verbs
from network_registry.working_groups.forms.meetings import AttendanceForm, MinutesForm, NoteForm
from network_registry.working_groups.models import AgendaPoint, Minutes
from network_registry.working_groups.views.acting import done, form_page
from network_registry.working_groups.views.meetings import meeting_page


@require_http_methods(["GET", "POST"])
def write(request: Any, pk: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    about = get_object_or_404(AgendaPoint, pk=point, meeting=meeting_for(request, pk, meeting)[0].pk)
    back = reverse("wg-meeting", args=[pk, meeting])
    saved = Minutes.objects.filter(point=about).first()
    sent = conflicts.chosen(request, MinutesForm(minutes=saved), saved or Minutes(point=about))
    form = MinutesForm(sent, minutes=saved)
    if form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen_version"]
        try:
            verbs.write_minutes(point=about.pk, text=text, seen_version=seen, by=place.seat)
        except EditedMeanwhile:
            newer = Minutes.objects.get(point=about)
            whose = people_of(place.group)[newer.by_id]
            return conflicts.page(request, form, newer, back=back, name=about.title, whose=whose, at=newer.written_at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), back)
    return form_page(request, place, form, about.title, back)


@require_http_methods(["GET", "POST"])
def attendance(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    back = reverse("wg-meeting", args=[pk, meeting])
    noted = dict(found.attendance.values_list("seat", "presence"))
    people = [one for one in people_of(place.group).values() if one.is_here or one.pk in noted]
    people.sort(key=lambda one: one.name.casefold())
    form = AttendanceForm(request.POST or None, people=people, noted=noted)
    if form.is_valid():
        try:
            verbs.note_attendance(meeting=found.pk, presences=form.presences(), by=place.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), back)
    return form_page(request, place, form, _("Who came"), back)


@require_POST
def approve(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    said = _("The minutes are approved and do not change any more. Everybody in the group is told.")
    return done(request, lambda: verbs.approve(meeting=found.pk, by=place.seat), said, "wg-meeting", pk, meeting)


@require_POST
def note(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, place, note_form=form, status=400)
    text = form.cleaned_data["text"]

    def act() -> None:
        verbs.add_note(meeting=found.pk, text=text, by=place.seat)

    return done(request, act, _("The correction stands below the minutes."), "wg-meeting", pk, meeting)
