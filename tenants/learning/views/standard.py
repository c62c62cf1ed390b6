"""The organisation's curriculum beside the standard: what differs, what is new there, what was decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.roles import Permission
from halka.common.calendars import localise_digits
from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base.models import PublishedVersion
from tenants.learning.access import curriculum_for
from tenants.learning.domain import following
from tenants.learning.domain.comparing import drift_of
from tenants.learning.enums import Change
from tenants.learning.forms.choosing import ChoiceForm
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit

ALL = "all"


@require_GET
def differences(request: Any, pk: UUID) -> HttpResponse:
    """What we have made of the standard, word by word."""
    shown = curriculum_for(request, pk, Permission.LEARNING_VIEW)
    return render(request, "learning/differences.html", {"curriculum": shown, "drift": drift_of(shown)})


@require_http_methods(["GET", "POST"])
def news(request: Any, pk: UUID) -> HttpResponse:
    """What changed in the standard since, part by part, and what we make of it."""
    if request.method == "POST":
        return _decide(request, curriculum_for(request, pk, Permission.LEARNING_ADAPT))
    shown = curriculum_for(request, pk, Permission.LEARNING_VIEW)
    newest = _newest(shown)
    waiting = following.pending_in(shown, newest)
    context = {
        "curriculum": shown,
        "newest": newest,
        "waiting": waiting,
        "easy": sum(pending.is_easy for pending in waiting),
        "may_adapt": request.seat.can(Permission.LEARNING_ADAPT) and shown.ended_at is None,
        "Change": Change,
    }
    return render(request, "learning/news.html", context)


def _decide(request: Any, shown: AdoptedCurriculum) -> HttpResponse:
    """`do` is `all`, or `take` or `keep` and the name of a change; `version` the one that was looked at."""
    act, _colon, name = request.POST.get("do", "").partition(":")
    version, seat = _version(request), request.seat
    try:
        if act == ALL:
            count = following.settle_easy(curriculum=shown, version=version, by=seat)
            following.catch_up(curriculum=shown, version=version, by=seat)
            words = ngettext("%(count)s change is taken over.", "%(count)s changes are taken over.", count)
            messages.success(request, words % {"count": localise_digits(count)})
        else:
            made = following.settle(curriculum=shown, version=version, name=name, act=act, by=seat)
            messages.success(request, f"{made.title}: {made.get_how_display()}")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("adopted-news", shown.pk)


@require_http_methods(["GET", "POST"])
def choosing(request: Any, pk: UUID) -> HttpResponse:
    """Both texts side by side where both sides changed the same; `part` names the change."""
    shown = curriculum_for(request, pk, Permission.LEARNING_ADAPT)
    newest = _newest(shown)
    name = request.GET.get("part", "")
    waiting = following.pending_in(shown, newest)
    pending = next((each for each in waiting if each.name == name and each.kind == Change.BOTH), None)
    if pending is None:
        messages.info(request, _("This is decided already."))
        return redirect("adopted-news", shown.pk)
    form = ChoiceForm(request.POST if request.method == "POST" else None, pending=pending, version=newest.pk)
    if not form.is_valid():
        context = {"curriculum": shown, "newest": newest, "pending": pending, "form": form}
        return render(request, "learning/choose.html", context)
    return _chosen(request, shown, pending, form)


def _chosen(request: Any, shown: AdoptedCurriculum, pending: following.Pending, form: ChoiceForm) -> HttpResponse:
    try:
        following.choose(curriculum=shown, name=pending.name, **form.details(), by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("adopted-news", shown.pk)
    messages.success(request, _("Saved."))
    if "edit" in request.POST and isinstance(pending.ours, AdoptedUnit):
        return redirect("learning-unit-edit", pending.ours.pk)
    return redirect("adopted-news", shown.pk)


@require_GET
def decided(request: Any, pk: UUID) -> HttpResponse:
    """All decisions on changes of the standard, the newest first."""
    shown = curriculum_for(request, pk, Permission.LEARNING_VIEW)
    page = page_of(request, shown.settlements.select_related("by"), keys=["-id"])
    return render(request, "learning/decided.html", {"curriculum": shown, "page": page})


def _newest(shown: AdoptedCurriculum) -> PublishedVersion:
    """Raises Http404."""
    try:
        return following.newest_of(shown)
    except PublishedVersion.DoesNotExist as error:
        raise Http404 from error


def _version(request: Any) -> UUID:
    """The version that the page showed; a made-up one where none was sent, which nothing is decided on."""
    try:
        return UUID(request.POST.get("version", ""))
    except ValueError:
        return UUID(int=0)
