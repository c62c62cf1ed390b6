"""Lines of a person's work and learning, on their page and by themselves where there is no script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.roles import Permission
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.experiences import (
    add_experience,
    change_experience,
    experiences_of,
    remove_experience,
)
from tenants.caseloads.forms.experiences import ExperienceForm
from tenants.caseloads.models import Client


@require_http_methods(["GET", "POST"])
def experience_add(request: Any, pk: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    form = ExperienceForm(request.POST or None)
    if form.is_valid():
        add_experience(client=record, details=form.details(), by=request.seat)
        return _lines(request, record)
    return _form(request, record, form, None)


@require_http_methods(["GET", "POST"])
def experience_change(request: Any, pk: UUID, line: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    saved = get_object_or_404(record.experiences, pk=line)
    form = ExperienceForm(request.POST or None, instance=saved)
    if form.is_valid():
        change_experience(line=saved, details=form.details(), by=request.seat)
        return _lines(request, record)
    return _form(request, record, form, saved)


@require_POST
def experience_remove(request: Any, pk: UUID, line: UUID) -> HttpResponse:
    record = client_for(request, pk, Permission.CLIENT_EDIT)
    remove_experience(line=get_object_or_404(record.experiences, pk=line), by=request.seat)
    return _lines(request, record)


def _lines(request: Any, record: Client) -> HttpResponse:
    if not request.htmx:
        return redirect(reverse("client", args=[record.pk]) + "#experience")
    request.draft_is_sent = True
    context = {"client": record, "experiences": experiences_of(record), "may_edit": True}
    return render(request, "caseloads/_experiences.html", context)


def _form(request: Any, record: Client, form: ExperienceForm, line: Any) -> HttpResponse:
    context = {"client": record, "form": form, "line": line}
    template = "caseloads/_experience_form.html" if request.htmx else "caseloads/experience.html"
    return render(request, template, context)
