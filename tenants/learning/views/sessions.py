"""The calendar, sessions, and who came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.calendars import format_moment, localise_digits
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.access import client_for
from tenants.learning.access import group_for, session_for
from tenants.learning.domain import sessions as domain
from tenants.learning.domain.attendance import can_be_noted, closed_count, lines_of, write_attendance
from tenants.learning.domain.calendar import clashing, week_of
from tenants.learning.enums import Came
from tenants.learning.forms.sessions import (
    CancelForm,
    Choices,
    PersonSessionForm,
    SeriesForm,
    SessionForm,
    units_for_group,
    units_for_person,
)
from tenants.learning.models import Session
from tenants.organisations.access import require


@require_GET
def calendar(request: Any) -> HttpResponse:
    """A week; one's own sessions, or everybody's."""
    seat = require(request, Permission.LEARNING_VIEW)
    day, only_own = _day(request.GET.get("week", "")), request.GET.get("whose") != "all"
    week = week_of(day, seat, only_own=only_own)
    first = week[0]["day"]
    context = {
        "week": week,
        "is_empty": not any(each["sessions"] for each in week),
        "only_own": only_own,
        "today": timezone.localdate(),
        "previous": (first - timedelta(days=7)).isoformat(),
        "next": (first + timedelta(days=7)).isoformat(),
    }
    return render(request, "learning/calendar.html", context)


def _day(text: str) -> date:
    """Today for anything that is no day near ours."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= 50 else today


@require_http_methods(["GET", "POST"])
def series(request: Any, pk: UUID) -> HttpResponse:
    group = group_for(request, pk, Permission.LEARNING_ADAPT)
    form = SeriesForm(request.POST or None, initial={"day": group.starts_on})
    if not form.is_valid():
        return render(request, "learning/series_form.html", {"group": group, "form": form})
    try:
        made = domain.make_series(group=group, series=form.series(), by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("In the calendar: %(count)s.") % {"count": localise_digits(len(made))})
        _warn(request, made)
    return redirect("learning-group", pk)


@require_http_methods(["GET", "POST"])
def session_add(request: Any, pk: UUID) -> HttpResponse:
    """One more for the group."""
    group = group_for(request, pk, Permission.LEARNING_ADAPT)
    form = SessionForm(request.POST or None, units=units_for_group(group), initial={"seen_version": 0})
    context = {"group": group, "form": form, "back": reverse("learning-group", args=[pk])}
    if not form.is_valid():
        return render(request, "learning/session_form.html", context)
    try:
        made = domain.add_session(group=group, client=None, details=form.details(), by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("learning-group", pk)
    _warn(request, [made])
    return redirect("learning-session", made.pk)


def _warn(request: Any, sessions: list[Session]) -> None:
    """Nothing is forbidden: people share rooms. They are told."""
    if twice := clashing(sessions):
        moments = ", ".join(format_moment(each.starts_at) for each in twice)
        messages.warning(request, _("The room or the facilitator is taken at that time: %(when)s.") % {"when": moments})


@require_http_methods(["GET", "POST"])
def person_session_add(request: Any, pk: UUID) -> HttpResponse:
    """With one person alone."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    mine = {"seen_version": 0, "facilitator": request.seat.membership_id}
    form = PersonSessionForm(request.POST or None, client=client, initial=mine)
    context = {"client": client, "form": form, "back": reverse("client-learning", args=[pk])}
    if not form.is_valid():
        return render(request, "learning/session_form.html", context)
    group = form.cleaned_data.get("group")
    made = domain.add_session(group=group, client=client, details=form.details(), by=request.seat)
    messages.success(request, _("It is in the calendar."))
    _warn(request, [made])
    return redirect("client-learning", pk)


@require_GET
def session(request: Any, pk: UUID) -> HttpResponse:
    shown = session_for(request, pk, Permission.LEARNING_VIEW)
    may_adapt = request.seat.can(Permission.LEARNING_ADAPT)
    context = {
        "session": shown,
        "group": shown.group,
        "lines": lines_of(shown, request.seat) if shown.noted_at else [],
        "may_adapt": may_adapt,
        "may_note": request.seat.can(Permission.JOURNAL_WRITE) and can_be_noted(shown),
        "cancel_form": CancelForm() if may_adapt and not shown.noted_at else None,
    }
    return render(request, "learning/session.html", context)


@require_http_methods(["GET", "POST"])
def session_edit(request: Any, pk: UUID) -> HttpResponse:
    shown = session_for(request, pk, Permission.LEARNING_ADAPT)
    initial, units = SessionForm.initial_of(shown), _units(shown)
    empty = SessionForm(units=units, initial=initial)
    form = SessionForm(conflicts.chosen(request, empty, shown), units=units, initial=initial)
    back = reverse("learning-session", args=[pk])
    if not form.is_valid():
        context = {"session": shown, "group": shown.group, "client": shown.client, "form": form, "back": back}
        return render(request, "learning/session_form.html", context)
    seen = form.cleaned_data["seen_version"]
    try:
        domain.change_session(session=shown, details=form.details(), seen_version=seen, by=request.seat)
    except EditedMeanwhile:
        saved = session_for(request, pk, Permission.LEARNING_ADAPT)
        return conflicts.page(request, form, saved, back=back, name=str(saved.group or _("Individual session")))
    messages.success(request, _("Saved."))
    _warn(request, [shown])
    return redirect("learning-session", pk)


def _units(session: Session) -> Choices:
    """What can be chosen, and what was."""
    if session.client is not None:
        choices = units_for_person(session.client)
    else:
        choices = units_for_group(session.group) if session.group else []
    known = {key for key, _title in choices}
    kept = [(str(row.unit_id), row.title) for row in session.units.all() if row.unit_id]
    return choices + [choice for choice in kept if choice[0] not in known]


@require_POST
def session_cancel(request: Any, pk: UUID) -> HttpResponse:
    """Or puts it back."""
    shown = session_for(request, pk, Permission.LEARNING_ADAPT)
    form = CancelForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        if request.POST.get("do") == "restore":
            domain.restore_session(session=shown, by=request.seat)
        else:
            domain.cancel_session(session=shown, why=why, by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("learning-session", pk)


@require_http_methods(["GET", "POST"])
def attendance(request: Any, pk: UUID) -> HttpResponse:
    """Everybody on one page, one tap each."""
    shown = session_for(request, pk, Permission.JOURNAL_WRITE)
    if request.method == "GET":
        usual = Came.CAME if request.GET.get("all") == Came.CAME else ""
        return _sheet(request, shown, {}, usual=usual)
    came = _typed(request, shown)
    seen = request.POST.get("seen_version", "")
    try:
        write_attendance(session=shown, came=came, seen_version=int(seen) if seen.isdecimal() else -1, by=request.seat)
    except EditedMeanwhile:
        return _sheet(request, session_for(request, pk, Permission.JOURNAL_WRITE), came, status=409)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    if not request.seat.can(Permission.LEARNING_VIEW):
        return redirect("learning-attendance", pk)
    return redirect("learning-session", pk)


def _typed(request: Any, session: Session) -> dict[UUID, str]:
    """What was chosen for each person; "clear" takes it back."""
    found = {}
    for line in lines_of(session, request.seat):
        word = request.POST.get(f"came-{line.client.pk}", "")
        if word in Came.values or word == "clear":
            found[line.client.pk] = "" if word == "clear" else word
    return found


def _sheet(
    request: Any, session: Session, typed: dict[UUID, str], *, usual: str = "", status: int = 200
) -> HttpResponse:
    rows = []
    for line in lines_of(session, request.seat):
        mine = typed.get(line.client.pk, line.came) or usual
        rows.append({"line": line, "chosen": mine, "differs": status == 409 and mine != line.came})
    context = {
        "session": session,
        "group": session.group,
        "rows": rows,
        "words": Came.choices,
        "labels": dict(Came.choices),
        "closed": closed_count(session, request.seat),
        "can_be_noted": can_be_noted(session),
        "is_conflict": status == 409,
        "usual": usual,
        "may_read": request.seat.can(Permission.LEARNING_VIEW),
    }
    return render(request, "learning/attendance.html", context, status=status)
