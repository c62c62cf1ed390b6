"""Pages of groups and of the people in them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.audit.domain import record_list
from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.caseloads.models import Client
from tenants.caseloads.speaking import language_for, speaking
from tenants.learning.access import group_for, participant_for
from tenants.learning.domain import groups as domain
from tenants.learning.domain.attendance import can_be_noted
from tenants.learning.domain.calendar import with_names
from tenants.learning.domain.certificates import make_certificate
from tenants.learning.domain.standing import counted, sessions_of, sides_of, standings, units_of
from tenants.learning.enums import Place
from tenants.learning.errors import NotComplete
from tenants.learning.forms.groups import GroupForm, NewGroupForm
from tenants.learning.models import AdoptedCurriculum, Group
from tenants.organisations.access import require

FOUND: Final = 20  # people by name


@require_GET
def groups(request: Any) -> HttpResponse:
    seat = require(request, Permission.LEARNING_VIEW)
    with_ended = request.GET.get("state") == "ended"
    found = Group.objects.with_people()
    found = found.exclude(ended_at=None) if with_ended else found.running()
    context = {
        "page": page_of(request, found, keys=["-starts_on", "-id"]),
        "with_ended": with_ended,
        "may_adapt": seat.can(Permission.LEARNING_ADAPT),
        "taught": AdoptedCurriculum.objects.taught().exists(),
    }
    return render(request, "learning/groups.html", context)


@require_GET
def group(request: Any, pk: UUID) -> HttpResponse:
    """Its people, as far as the reader may open their records, its sessions, and how far it has come."""
    shown = group_for(request, pk, Permission.LEARNING_VIEW)
    reachable = Client.objects.present().reachable_by(request.seat)
    people: list[Any] = list(shown.participants.filter(client__in=reachable).select_related("client"))
    plan = list(with_names(shown.sessions.of_groups()))
    far = standings(shown, sessions_of(shown))
    units = units_of(shown)
    for person in people:
        person.standing = far[person.client_id]
    may_note = request.seat.can(Permission.JOURNAL_WRITE)
    for session in plan:
        session.can_be_noted = may_note and can_be_noted(session)
    counts = counted(shown)
    context = {
        "group": shown,
        "people": {place.value: [each for each in people if each.state == place] for place in Place},
        "counts": counts,
        "closed": sum(counts.values()) - len(people),
        "sessions": plan,
        "units": units,
        "sides": sides_of(units),
        **_may(request, shown),
    }
    return render(request, "learning/group.html", context)


def _may(request: Any, group: Group) -> dict[str, bool]:
    runs, can = group.ended_at is None, request.seat.can
    return {
        "may_adapt": can(Permission.LEARNING_ADAPT),
        "may_plan": runs and can(Permission.LEARNING_ADAPT),
        "may_add": runs and can(Permission.CLIENT_EDIT),
    }


@require_http_methods(["GET", "POST"])
def group_add(request: Any) -> HttpResponse:
    seat = require(request, Permission.LEARNING_ADAPT)
    form = NewGroupForm(request.POST or None, initial={"seen_version": 0, "curriculum": request.GET.get("curriculum")})
    if not form.is_valid():
        return render(request, "learning/group_form.html", {"form": form})
    made = domain.add_group(curriculum=form.cleaned_data["curriculum"], details=form.details(), by=seat)
    messages.success(request, _("The group is there. Now put its sessions into the calendar."))
    return redirect("learning-group", made.pk)


@require_http_methods(["GET", "POST"])
def group_edit(request: Any, pk: UUID) -> HttpResponse:
    shown = group_for(request, pk, Permission.LEARNING_ADAPT)
    initial = GroupForm.initial_of(shown)
    form = GroupForm(conflicts.chosen(request, GroupForm(initial=initial), shown), initial=initial)
    if not form.is_valid():
        return render(request, "learning/group_form.html", {"form": form, "group": shown})
    seen = form.cleaned_data["seen_version"]
    try:
        domain.change_group(group=shown, details=form.details(), seen_version=seen, by=request.seat)
    except EditedMeanwhile:
        saved = group_for(request, pk, Permission.LEARNING_ADAPT)
        return conflicts.page(request, form, saved, back=redirect("learning-group", pk).url)
    messages.success(request, _("Saved."))
    return redirect("learning-group", pk)


@require_POST
def group_end(request: Any, pk: UUID) -> HttpResponse:
    """Or takes it up again."""
    shown = group_for(request, pk, Permission.LEARNING_ADAPT)
    verb = domain.reopen_group if request.POST.get("do") == "reopen" else domain.end_group
    verb(group=shown, by=request.seat)
    return redirect("learning-group", pk)


@require_http_methods(["GET", "POST"])
def join(request: Any, pk: UUID) -> HttpResponse:
    """Somebody whose record one may open, found by name."""
    shown = group_for(request, pk, Permission.CLIENT_EDIT)
    if request.method == "POST":
        return _joined(request, shown)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"group": shown, "q": text, "has_room": domain.has_room(shown)}
    if text:
        there = shown.participants.exclude(state=Place.LEFT).values("client")
        people = Client.objects.present().reachable_by(request.seat).search(text).order_by("sort_key", "id")
        context["found"] = list(people[:FOUND])
        context["there"] = set(there.values_list("client", flat=True))
        record_list(action="client.searched", count=len(context["found"]), by=request.seat)
    return render(request, "learning/join.html", context)


def _joined(request: Any, group: Group) -> HttpResponse:
    people = Client.objects.present().reachable_by(request.seat)
    client = get_object_or_404(people, pk=_key(request.POST.get("client", "")))
    try:
        row = domain.join_group(group=group, client=client, by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        waits = _("%(name)s is on the waiting list.") % {"name": client}
        messages.success(request, waits if row.state == Place.WAITING else _("%(name)s is in.") % {"name": client})
    return redirect("learning-group", group.pk)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@require_POST
def leave(request: Any, pk: UUID, participant: UUID) -> HttpResponse:
    row = participant_for(request, pk, participant, Permission.CLIENT_EDIT)
    domain.leave_group(participant=row, by=request.seat)
    messages.success(request, _("%(name)s is no longer in the group.") % {"name": row.client})
    return redirect("learning-group", pk)


@require_http_methods(["POST"])
def certificate(request: Any, pk: UUID, participant: UUID) -> HttpResponse:
    """In the person's language."""
    row = participant_for(request, pk, participant, Permission.CLIENT_VIEW)
    try:
        with speaking(language_for(row.client, request.POST.get("lang", ""))):
            paper = make_certificate(participant=row, by=request.seat)
    except NotComplete as refusal:
        messages.error(request, str(refusal))
        return redirect("learning-group", pk)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
