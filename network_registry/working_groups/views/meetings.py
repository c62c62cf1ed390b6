"""Meetings of a group: the list, one of them, calling, inviting, answering."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from network_registry.working_groups.access import Place, meeting_for, people_of, place_for, writer_for
from network_registry.working_groups.domain import meetings as verbs
from network_registry.working_groups.domain.agenda import may_change
from network_registry.working_groups.domain.decisions import may_follow
from network_registry.working_groups.enums import PointState, Reply
from network_registry.working_groups.forms.meetings import AnswerForm, MeetingForm, NoteForm
from network_registry.working_groups.models import AgendaPoint, Meeting
from network_registry.working_groups.views.acting import done, form_page


@require_safe
def meetings(request: Any, pk: UUID) -> HttpResponse:
    """The last ones first."""
    place = place_for(request, pk)
    page = page_of(request, Meeting.objects.filter(group=place.group), keys=("-starts_at", "-id"))
    context = {"place": place, "group": place.group, "page": page}
    return render(request, "working_groups/meetings.html", context)


@require_safe
def meeting(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    found, place = meeting_for(request, pk, meeting)
    return meeting_page(request, found, place)


def meeting_page(
    request: Any, found: Meeting, place: Place, *, note_form: NoteForm | None = None, status: int = 200
) -> HttpResponse:
    points = list(found.points.select_related("minutes").prefetch_related("decisions"))
    answers = {answer.seat_id: answer.reply for answer in found.answers.all()}
    attendance = {row.seat_id: row for row in found.attendance.all()}
    people = people_of(place.group)
    counts = Counter(answers.values())
    goes_on = place.may_write and found.cancelled_at is None and not found.is_frozen
    context = {
        "place": place,
        "group": place.group,
        "meeting": found,
        "has_other_clock": localtime(found.starts_at, found.zone).utcoffset() != localtime(found.starts_at).utcoffset(),
        "rows": [
            (point, goes_on and may_change(point, place.person), _decisions(point, place))
            for point in points
            if point.state == PointState.ON
        ],
        "proposed": [
            (point, goes_on and may_change(point, place.person)) for point in points if point.state != PointState.ON
        ],
        "people": people,
        "came": sorted(attendance.values(), key=lambda row: (row.presence, _name(people, row.seat_id))),
        "replies": [(reply.label, counts[reply]) for reply in Reply],
        "answered": [(people[seat], Reply(reply).label) for seat, reply in answers.items() if seat in people],
        "own_reply": answers.get(place.person.pk) if place.person else None,
        "reply_choices": Reply.choices,
        "goes_on": goes_on,
        "may_answer": place.may_write and found.cancelled_at is None and not found.is_over,
        "may_minute": goes_on and found.has_begun,
        "may_convene": goes_on and place.convenes,
        "notes": list(found.notes.all()),
        "note_form": note_form or NoteForm(),
    }
    return render(request, "working_groups/meeting.html", context, status=status)


def _name(people: dict[UUID, Any], seat: UUID) -> str:
    return people[seat].name.casefold() if seat in people else ""


def _decisions(point: AgendaPoint, place: Place) -> list[tuple[Any, bool]]:
    return [(one, place.may_write and may_follow(one, place.person)) for one in point.decisions.all()]


@require_http_methods(["GET", "POST"])
def call(request: Any, pk: UUID) -> HttpResponse:
    place = convener_for(request, pk)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        try:
            made = verbs.call_meeting(group=pk, details=form.details(), by=place.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("wg-meeting", pk, made.pk)
    return form_page(request, place, form, _("Call a meeting"), reverse("wg-meetings", args=[pk]))


def convener_for(request: Any, pk: UUID) -> Place:
    """Raises Http404."""
    place = writer_for(request, pk)
    if not place.convenes:
        raise Http404
    return place


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    place = convener_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    back = reverse("wg-meeting", args=[pk, meeting])
    form = MeetingForm(conflicts.chosen(request, MeetingForm(meeting=found), found), meeting=found)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            verbs.change_meeting(meeting=found.pk, details=form.details(), seen_version=seen, by=place.seat)
        except EditedMeanwhile:
            return conflicts.page(request, form, Meeting.objects.get(pk=found.pk), back=back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, lambda: None, _("Saved."), back)
    return form_page(request, place, form, _("Change the meeting"), back, tells_all=found.invited_at is not None)


@require_POST
def invite(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    found, place = meeting_for(request, pk, meeting)
    said = _("Everybody in the group gets an e-mail with a calendar entry.")
    return done(request, lambda: verbs.invite(meeting=found.pk, by=place.seat), said, "wg-meeting", pk, meeting)


@require_http_methods(["GET", "POST"])
def cancel(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    """Asks first."""
    place = convener_for(request, pk)
    found, _place = meeting_for(request, pk, meeting)
    if request.method != "POST":
        return render(request, "working_groups/cancel.html", {"place": place, "group": place.group, "meeting": found})
    said = _("The meeting is cancelled.")
    return done(request, lambda: verbs.cancel_meeting(meeting=found.pk, by=place.seat), said, "wg-meeting", pk, meeting)


@require_POST
def answer(request: Any, pk: UUID, meeting: UUID) -> HttpResponse:
    found, place = meeting_for(request, pk, meeting)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, place, status=400)
    reply = form.cleaned_data["reply"]

    def act() -> None:
        verbs.answer(meeting=found.pk, reply=reply, by=place.seat)

    return done(request, act, _("Your answer is noted."), "wg-meeting", pk, meeting)
