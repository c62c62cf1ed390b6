"""Writing down what was learned, a page at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from tenants.contributions.access import contribution_for
from tenants.contributions.domain import writing
from tenants.contributions.enums import State
from tenants.contributions.forms import MEMBER, BeginForm, NameForm, StepForm
from tenants.contributions.models import Contribution
from tenants.contributions.steps import NAME_STEP, STEPS, keys_of
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def begin(request: Any) -> HttpResponse:
    seat = require(request, Permission.KNOWLEDGE_WRITE)
    if seat.membership_id is None:
        raise Http404
    form = BeginForm(request.POST or None, initial={"language": get_language(), "group": request.GET.get("group", "")})
    if form.is_valid():
        try:
            made = writing.begin(**form.cleaned_data, by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("learned-step", made.pk, keys_of(made.kind)[0])
    return render(request, "contributions/begin.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def step(request: Any, pk: UUID, key: str) -> HttpResponse:
    """A page of the form; saving leads to the next one, and from the last one to the check."""
    found, seat = contribution_for(request, pk, writing=True)
    form = _form(found, key, None)
    if found.state != State.WRITING:
        return redirect("learned-text", pk)
    form = _form(found, key, conflicts.chosen(request, form, found))
    if form.is_valid():
        try:
            writing.write(contribution=found, step=key, **_written(form), by=seat)
        except EditedMeanwhile:
            saved = Contribution.objects.get(pk=pk)
            return conflicts.page(request, form, saved, back=reverse("learned-step", args=[pk, key]))
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect("learned-text", pk)
        return _onwards(request, found, key)
    context = _shown(found, key, form)
    return render(request, "contributions/step.html", context, status=400 if form.is_bound else 200)


def _form(found: Contribution, key: str, data: Any) -> StepForm | NameForm:
    """Raises Http404 for a page that this kind does not have."""
    if key == NAME_STEP:
        return NameForm(data, contribution=found)
    page = next((step for step in STEPS[found.kind] if step.key == key), None)
    if page is None:
        raise Http404
    return StepForm(data, step=page, contribution=found)


def _written(form: StepForm | NameForm) -> dict[str, Any]:
    seen = {"seen_version": form.cleaned_data["seen_version"]}
    if isinstance(form, NameForm):
        return {**seen, "values": {}, "as_member": form.cleaned_data["name"] == MEMBER}
    return {**seen, "values": form.values()}


def _onwards(request: Any, found: Contribution, key: str) -> HttpResponse:
    keys = keys_of(found.kind)
    if key == keys[-1] or request.POST.get("then") == "check":
        return redirect("learned-check", found.pk)
    return redirect("learned-step", found.pk, keys[keys.index(key) + 1])


def _shown(found: Contribution, key: str, form: StepForm | NameForm) -> dict[str, Any]:
    keys = keys_of(found.kind)
    titles = {step.key: step.title for step in STEPS[found.kind]} | {NAME_STEP: _("Whose story it is")}
    place = keys.index(key)
    return {
        "contribution": found,
        "form": form,
        "title": titles[key],
        "number": place + 1,
        "steps": [(name, titles[name]) for name in keys],
        "key": key,
        "before": keys[place - 1] if place else "",
        "is_last": place == len(keys) - 1,
    }
