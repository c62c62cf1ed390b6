"""Pages of one person's learning plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common import conflicts
from halka.common.choices import Dimension
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.access import client_for
from tenants.caseloads.models import Client
from tenants.caseloads.speaking import language_for, speaking
from tenants.caseloads.views.own_page import opened
from tenants.caseloads.views.own_page import shown as shown_to_person
from tenants.learning.domain import planning
from tenants.learning.domain.arranging import DOWN, UP
from tenants.learning.domain.calendar import ahead_of, sessions_of_person
from tenants.learning.domain.reasons import worded
from tenants.learning.domain.standing import places_of
from tenants.learning.enums import Progress
from tenants.learning.forms.plans import AddForm, AssembleForm, NoteForm
from tenants.learning.models import AdoptedCurriculum, PlannedUnit


def shown(client: Client) -> list[PlannedUnit]:
    """The plan with each reason in words."""
    plan = planning.plan_of(client)
    for row in plan:
        row.reason = worded(row.why)  # type: ignore[attr-defined]
    return plan


@require_GET
def client_learning(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    return _page(request, client)


def _page(request: Any, client: Client, **forms: Any) -> HttpResponse:
    may_edit = request.seat.can(Permission.CLIENT_EDIT)
    plan = shown(client)
    context = {
        "client": client,
        "plan": plan,
        "sides": _sides(plan),
        "may_edit": may_edit,
        "may_tick": request.seat.can(Permission.JOURNAL_WRITE),
        "may_read_units": request.seat.can(Permission.LEARNING_VIEW),
        "places": places_of(client),
        "own_sessions": sessions_of_person(client),
        "taught": AdoptedCurriculum.objects.taught().exists(),
        "assemble_form": AssembleForm(language=language_for(client)) if may_edit else None,
        "add_form": AddForm() if may_edit else None,
        **forms,
    }
    return render(request, "learning/plan.html", context)


def _sides(plan: list[PlannedUnit]) -> list[dict[str, Any]]:
    """How many units of each side of life are done."""
    sides = []
    for dimension in Dimension:
        units = [row for row in plan if row.dimension == dimension]
        if units:
            done = sum(row.state == Progress.DONE for row in units)
            sides.append({"label": dimension.label, "done": done, "all": len(units)})
    return sides


@require_POST
def assemble(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    form = AssembleForm(request.POST, language=language_for(client))
    if not form.is_valid():
        return _page(request, client, assemble_form=form)
    verb = planning.assemble_plan
    words = _("The plan is assembled. Change whatever does not fit.")
    return _tried(request, client, words, lambda: verb(client=client, **form.cleaned_data, by=request.seat))


@require_POST
def add(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _page(request, client, add_form=form)
    words = _("Added.")
    return _tried(
        request, client, words, lambda: planning.add_unit(client=client, **form.cleaned_data, by=request.seat)
    )


# The button of the page -> what it does to the unit that it names.
ACTS: Final[dict[str, Callable[[PlannedUnit, Seat], Any]]] = {
    "up": lambda row, by: planning.move_planned(planned=row, way=UP, by=by),
    "down": lambda row, by: planning.move_planned(planned=row, way=DOWN, by=by),
    "remove": lambda row, by: planning.remove_planned(planned=row, by=by),
}


@require_POST
def arrange(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    name, _colon, key = request.POST.get("do", "").partition(":")
    row = _planned(client, key)
    if name not in ACTS:
        raise Http404
    return _tried(request, client, "", lambda: ACTS[name](row, request.seat))


@require_POST
def progress(request: Any, pk: UUID) -> HttpResponse:
    """One tap: begun, done, or back."""
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    state, _colon, key = request.POST.get("do", "").partition(":")
    row = _planned(client, key)
    if state not in Progress.values:
        raise Http404
    today = timezone.localdate()
    return _tried(
        request,
        client,
        "",
        lambda: planning.mark_progress(planned=row, state=state, on=today, by=request.seat),
    )


@require_http_methods(["GET", "POST"])
def note(request: Any, pk: UUID, planned: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    row = _planned(client, str(planned))
    initial = {"seen_version": row.version, "note": row.note}
    form = NoteForm(conflicts.chosen(request, NoteForm(initial=initial), row), initial=initial)
    if not form.is_valid():
        return render(request, "learning/plan_note.html", {"client": client, "planned": row, "form": form})
    try:
        planning.write_note(planned=row, **form.cleaned_data, by=request.seat)
    except EditedMeanwhile:
        back = redirect("client-learning", client.pk).url
        return conflicts.page(request, form, _planned(client, str(planned)), back=back, name=row.title)
    messages.success(request, _("Saved."))
    return redirect("client-learning", client.pk)


@require_http_methods(["GET"])
@opened
def me_learning(request: Any, client: Client) -> HttpResponse:
    """What a person learns and when they are expected next, on their own page."""
    about = {"plan": planning.plan_of(client), "sessions": ahead_of(client)}
    return shown_to_person(request, "learning/me/plan.html", client, about)


@require_GET
def print_plan(request: Any, pk: UUID) -> HttpResponse:
    """One sheet for the person, in their language."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    with speaking(language_for(client, request.GET.get("lang", ""))):
        return render(request, "learning/plan_print.html", {"client": client, "plan": shown(client)})


def _planned(client: Client, key: str) -> PlannedUnit:
    """Raises Http404."""
    try:
        pk = UUID(key)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(PlannedUnit.objects.select_related("client", "unit", "changed_by"), pk=pk, client=client)


def _tried(request: Any, client: Client, words: str, verb: Callable[[], Any]) -> HttpResponse:
    """Back to the plan with what came of it."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if words:
            messages.success(request, words)
    return redirect("client-learning", client.pk)
