"""Pages of a person's plan: what they want to reach, and who does what by when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.access import client_for
from tenants.caseloads.domain import plans as verbs
from tenants.caseloads.domain.queries.plans import cases_with_plans, current_plan, plan_with
from tenants.caseloads.enums.assessments import GoalState, PlanState
from tenants.caseloads.forms.plans import AgreeForm, CloseForm, GoalEditor, PlanForm
from tenants.caseloads.models import Case, Client, Goal, Plan, Step
from tenants.caseloads.speaking import language_for, speaking


@require_GET
def client_plan(request: Any, pk: UUID) -> HttpResponse:
    """The plan of the running case, or of the one that the address names."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    return _plan_page(request, client, request.GET.get("case", ""))


def _plan_page(request: Any, client: Client, wanted: str = "", **forms: Any) -> HttpResponse:
    cases = cases_with_plans(client)
    case = next((case for case in cases if str(case.pk) == wanted), cases[0] if cases else None)
    plan = current_plan(case) if case else None
    plans: list[Plan] = case.all_plans if case else []  # type: ignore[attr-defined]
    may_edit = request.seat.can(Permission.CLIENT_EDIT)
    context = {
        "client": client,
        "cases": cases,
        "case": case,
        "plan": plan,
        "earlier": [earlier for earlier in plans if earlier.state == PlanState.REPLACED],
        "may_edit": may_edit and (case is None or case.is_open),
        "may_tick": request.seat.can(Permission.JOURNAL_WRITE) and case is not None and case.is_open,
        "states": [state for state in GoalState if state != GoalState.OPEN],
        "plan_form": PlanForm(initial=_settings(client, plan)),
        "agree_form": AgreeForm(initial={"seen_version": plan.version}) if plan else None,
        **forms,
    }
    return render(request, "caseloads/plan.html", context)


def _settings(client: Client, plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"language": language_for(client)}
    return {"review_on": plan.review_on, "language": plan.language}


@require_POST
def plan_begin(request: Any, pk: UUID, case: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    found = get_object_or_404(Case, pk=case, client=client)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, client, str(found.pk), plan_form=form)
    try:
        plan = verbs.begin_plan(case=found, **form.cleaned_data, by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("client-plan", client.pk)
    return redirect("plan-goal-add", client.pk, plan.pk) if not plan.goals.exists() else _to(client, plan)


@require_POST
def plan_change(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    """The day of the review, and the language."""
    client, found = _plan(request, pk, plan)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, client, str(found.case_id), plan_form=form)
    return _tried(
        request, client, found, _("Saved."), lambda: verbs.change_plan(plan=found, **form.cleaned_data, by=request.seat)
    )


@require_POST
def plan_agree(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    client, found = _plan(request, pk, plan)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, client, str(found.case_id), agree_form=form)
    return _tried(
        request, client, found, _("Agreed."), lambda: verbs.agree_plan(plan=found, **form.cleaned_data, by=request.seat)
    )


@require_POST
def plan_again(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    """A new plan in place of the agreed one."""
    client, found = _plan(request, pk, plan)
    words = _("This is a new draft that begins with what is still under way. The agreed plan is kept below.")
    return _tried(request, client, found, words, lambda: verbs.replace_plan(plan=found, by=request.seat))


@require_POST
def plan_discard(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    client, found = _plan(request, pk, plan)
    words = _("The draft is gone.")
    return _tried(request, client, found, words, lambda: verbs.discard_draft(plan=found, by=request.seat))


@require_GET
def plan_print(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    """One sheet for the person, in their language."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    try:
        found = plan_with(client, plan)
    except Plan.DoesNotExist as error:
        raise Http404 from error
    with speaking(language_for(client, request.GET.get("lang", found.language))):
        return render(request, "caseloads/plan_print.html", {"client": client, "plan": found, "case": found.case})


@require_http_methods(["GET", "POST"])
def goal_add(request: Any, pk: UUID, plan: UUID) -> HttpResponse:
    client, found = _plan(request, pk, plan)
    editor = GoalEditor(found, str(client), data=request.POST if request.method == "POST" else None)
    if request.method == "GET" or not editor.is_valid():
        return _goal_page(request, client, found, editor)
    return _tried(
        request, client, found, _("The goal is in the plan."),
        lambda: verbs.add_goal(plan=found, details=editor.details(), by=request.seat),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def goal_edit(request: Any, pk: UUID, goal: UUID) -> HttpResponse:
    client, found = _goal(request, pk, goal)
    editor = GoalEditor(found.plan, str(client), found, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not editor.is_valid():
        return _goal_page(request, client, found.plan, editor)
    before = editor.form.cleaned_data["seen"]
    try:
        verbs.change_goal(goal=found, details=editor.details(), seen_before=before, by=request.seat)
    except EditedMeanwhile:
        now = _goals().get(pk=goal)
        editor.show_beside(now)
        return _goal_page(request, client, now.plan, editor, theirs=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return _to(client, found.plan)


def _goal_page(
    request: Any, client: Client, plan: Plan, editor: GoalEditor, theirs: Goal | None = None
) -> HttpResponse:
    context = {"client": client, "plan": plan, "editor": editor, "theirs": theirs}
    return render(request, "caseloads/plan_goal.html", context, status=409 if theirs else 200)


@require_POST
def goal_close(request: Any, pk: UUID, goal: UUID) -> HttpResponse:
    """How it came out, or under way again; a goal of a draft can be taken out."""
    client, found = _goal(request, pk, goal)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _to(client, found.plan)
    state, today = form.cleaned_data["state"], timezone.localdate()
    return _tried(
        request, client, found.plan, _("Saved."),
        lambda: verbs.close_goal(goal=found, state=state, on=today, by=request.seat),
    )  # fmt: skip


@require_POST
def goal_remove(request: Any, pk: UUID, goal: UUID) -> HttpResponse:
    client, found = _goal(request, pk, goal)
    words = _("The goal is no longer in the plan.")
    return _tried(request, client, found.plan, words, lambda: verbs.remove_goal(goal=found, by=request.seat))


@require_POST
def step_tick(request: Any, pk: UUID, step: UUID) -> HttpResponse:
    """One tap. For htmx the line alone comes back."""
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    found = get_object_or_404(
        Step.objects.select_related("goal__plan__case", "colleague"), pk=step, goal__plan__case__client=client
    )
    done = request.POST.get("done") == "1"
    try:
        saved = verbs.tick_step(step=found, done=done, on=timezone.localdate(), by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to(client, found.goal.plan)
    if not request.htmx:
        return _to(client, found.goal.plan)
    return render(request, "caseloads/_plan_step.html", {"client": client, "step": saved, "may_tick": True})


def _plan(request: Any, pk: UUID, plan: UUID) -> tuple[Client, Plan]:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    return client, get_object_or_404(Plan.objects.select_related("case"), pk=plan, case__client=client)


def _goal(request: Any, pk: UUID, goal: UUID) -> tuple[Client, Goal]:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    return client, get_object_or_404(_goals(), pk=goal, plan__case__client=client)


def _goals() -> QuerySet[Goal]:
    return Goal.objects.select_related("plan__case", "plan__changed_by", "scale").prefetch_related("steps__colleague")


def _to(client: Client, plan: Plan) -> HttpResponse:
    response = redirect("client-plan", client.pk)
    response["Location"] += f"?case={plan.case_id}"
    return response


def _tried(request: Any, client: Client, plan: Plan, words: str, verb: Any) -> HttpResponse:
    """Back to the plan with what came of it, said in words."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return _to(client, plan)
