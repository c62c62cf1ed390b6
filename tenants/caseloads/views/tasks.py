"""Tasks about a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from tenants.caseloads.access import client_for
from tenants.caseloads.domain import tasks as verbs
from tenants.caseloads.forms.journal import HandTaskForm, TaskForm
from tenants.caseloads.models import Client, Task
from tenants.caseloads.policies import readable_tasks

SHOWN = 50


def task_list(request: Any, client: Client) -> dict[str, Any]:
    """The client's open tasks as the page's values."""
    tasks = readable_tasks(Task.objects.filter(done_at=None), request.seat, client)
    return {
        "tasks": list(tasks.select_related("assignee").order_by("due_on", "id")[:SHOWN]),
        "today": timezone.localdate(),
        "may_write": request.seat.can(Permission.JOURNAL_WRITE),
    }


@require_http_methods(["GET", "POST"])
def task_add(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    form = TaskForm(request.POST or None, client=client, seat=request.seat)
    if form.is_valid():
        verbs.add_task(client=client, new=form.new(), by=request.seat)
        messages.success(request, _("The task is noted."))
        return redirect("client", client.pk)
    context = {"client": client, "form": form}
    return render(request, "caseloads/task_add.html", context, status=400 if form.is_bound else 200)


@require_POST
def task_done(request: Any, pk: UUID, task_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    task = verbs.finish_task(task=_task_of(request, client, task_pk), by=request.seat)
    return _row(request, client, task, _("Done: %(title)s"))


@require_POST
def task_undo(request: Any, pk: UUID, task_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    task = verbs.reopen_task(task=_task_of(request, client, task_pk), by=request.seat)
    return _row(request, client, task, _("Open again: %(title)s"))


@require_http_methods(["GET", "POST"])
def task_hand(request: Any, pk: UUID, task_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    task = _task_of(request, client, task_pk)
    form = HandTaskForm(request.POST or None, client=client)
    if form.is_valid():
        try:
            verbs.hand_task(task=task, to=form.cleaned_data["to"].pk, by=request.seat)
        except Refused as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, _("%(name)s does it now.") % {"name": form.cleaned_data["to"]})
            return redirect("client", client.pk)
    context = {"client": client, "task": task, "form": form}
    return render(request, "caseloads/task_hand.html", context, status=400 if form.is_bound else 200)


def _task_of(request: Any, client: Client, pk: UUID) -> Task:
    tasks = readable_tasks(Task.objects.select_related("assignee"), request.seat, client)
    task: Task | None = tasks.filter(pk=pk).first()
    if task is None:
        raise Http404
    task.client = client
    return task


def _row(request: Any, client: Client, task: Task, words: str) -> HttpResponse:
    """For htmx the task's line, which offers to undo; otherwise back to where one was."""
    if request.htmx:
        context = {"task": task, "client": client, "today": timezone.localdate(), "may_write": True}
        context["with_client"] = request.POST.get("with_client") == "1"
        return render(request, "caseloads/_task.html", context)
    messages.success(request, words % {"title": task.title})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("client", client.pk)
