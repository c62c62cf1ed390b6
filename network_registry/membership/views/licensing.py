"""The list of steps, and the framework."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile
from network_registry.membership.domain import steps as listed
from network_registry.membership.forms.reviewing import FrameworkForm, StepForm
from network_registry.membership.models import FrameworkVersion, LicensingStep
from network_registry.membership.views.reviewing import reviewer
from tenants.organisations.access import require
from tenants.organisations.enums import Kind


def secretary(request: Any) -> Seat:
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


@require_safe
def steps(request: Any) -> HttpResponse:
    secretary(request)
    return render(request, "membership/steps.html", {"steps": list(LicensingStep.objects.order_by("order", "id"))})


@require_http_methods(["GET", "POST"])
def step_add(request: Any) -> HttpResponse:
    seat = secretary(request)
    form = StepForm(request.POST or None, initial={"order": LicensingStep.objects.count() + 1})
    if form.is_valid():
        listed.add_step(details=form.details(), by=seat)
        messages.success(request, _("Saved."))
        return redirect("licensing-steps")
    return render(request, "membership/step.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def step_change(request: Any, pk: UUID) -> HttpResponse:
    seat = secretary(request)
    step = get_object_or_404(LicensingStep, pk=pk)
    form = StepForm(conflicts.chosen(request, StepForm(step=step), step), step=step)
    if form.is_valid():
        try:
            listed.change_step(step=pk, details=form.details(), seen_version=form.cleaned_data["seen_version"], by=seat)
        except EditedMeanwhile:
            saved = LicensingStep.objects.get(pk=pk)
            return conflicts.page(request, form, saved, back=reverse("licensing-step", args=[pk]))
        messages.success(request, _("Saved."))
        return redirect("licensing-steps")
    context = {"form": form, "step": step}
    return render(request, "membership/step.html", context, status=400 if form.is_bound else 200)


@require_POST
def steps_usual(request: Any) -> HttpResponse:
    """A list to begin with."""
    seat = secretary(request)
    if LicensingStep.objects.exists():
        messages.info(request, _("There is a list already."))
    else:
        listed.add_usual_steps(languages=[code for code, _name in settings.LANGUAGES], by=seat)
        messages.success(request, _("Saved."))
    return redirect("licensing-steps")


@require_http_methods(["GET", "POST"])
def framework(request: Any) -> HttpResponse:
    """The versions so far, and the next one."""
    seat = secretary(request)
    versions = list(FrameworkVersion.objects.all())
    latest = versions[0].texts if versions else {}
    form = FrameworkForm(request.POST or None, initial={f"text_{code}": text for code, text in latest.items()})
    if form.is_valid():
        made = listed.publish_framework(texts=form.texts(), by=seat)
        messages.success(request, _("Version %(number)s is published.") % {"number": made.number})
        return redirect("framework")
    context = {"form": form, "versions": versions}
    return render(request, "membership/framework.html", context, status=400 if form.is_bound else 200)


@require_safe
def framework_version(request: Any, number: int) -> HttpResponse:
    reviewer(request)
    version = get_object_or_404(FrameworkVersion, number=number)
    return render(request, "membership/framework_version.html", {"version": version, "text": version.text()})
