"""The organisation's texts: the list, one of them, the check, the release, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base.pieces import parts_of
from tenants.contributions.access import contribution_for, may_write, readable
from tenants.contributions.domain import writing
from tenants.contributions.domain.checking import check, decide_about
from tenants.contributions.enums import State
from tenants.contributions.forms import DecideForm, ReleaseForm, SendBackForm
from tenants.contributions.models import Contribution
from tenants.contributions.showing import checked_for
from tenants.contributions.standing import last_round, standings
from tenants.organisations.access import require


@require_safe
def learned(request: Any) -> HttpResponse:
    seat = require(request, Permission.KNOWLEDGE_WRITE)
    page = page_of(request, readable(seat), keys=["-id"])
    context = {"page": page, "rows": standings(page.items), "may_begin": seat.membership_id is not None}
    return render(request, "contributions/list.html", context)


@require_safe
def text(request: Any, pk: UUID) -> HttpResponse:
    found, seat = contribution_for(request, pk)
    return _page(request, found, seat)


def _page(request: Any, found: Contribution, seat: Seat, *, status: int = 200, **forms: Any) -> HttpResponse:
    standing = standings([found])[0]
    parts = list(parts_of(found.kind, found.values))
    may_release = seat.can(Permission.KNOWLEDGE_RELEASE) and found.state == State.OFFERED
    context = {
        "contribution": found,
        "standing": standing,
        "parts": parts,
        "facts": [part for part in parts if not part.is_text],
        "round": last_round(found),
        "may_write": may_write(found, seat),
        "may_release": may_release,
        "may_withdraw": may_write(found, seat) or seat.can(Permission.KNOWLEDGE_RELEASE),
        "checked": check(found) if may_release else None,
        "release_form": ReleaseForm(initial={"seen_version": found.version}),
        "send_back_form": SendBackForm(),
        **forms,
    }
    return render(request, "contributions/text.html", context, status=status)


@require_http_methods(["GET", "POST"])
def checked(request: Any, pk: UUID) -> HttpResponse:
    """What could tell who somebody is, sentence by sentence; POST says that it is not about a person."""
    found, seat = contribution_for(request, pk)
    may_decide = may_write(found, seat) or seat.can(Permission.KNOWLEDGE_RELEASE)
    if not may_decide or found.state not in (State.WRITING, State.OFFERED):
        return redirect("learned-text", pk)
    form = DecideForm(request.POST or None)
    if form.is_valid() and _try(request, lambda: decide_about(contribution=found, **form.cleaned_data, by=seat)):
        return redirect("learned-check", pk)
    context = {**checked_for(found, form), "contribution": found, "may_write": may_write(found, seat)}
    return render(request, "contributions/check.html", context, status=400 if form.errors else 200)


@require_POST
def offer(request: Any, pk: UUID) -> HttpResponse:
    found, seat = contribution_for(request, pk, writing=True)
    if not _try(request, lambda: writing.offer(contribution=found, by=seat)):
        return redirect("learned-check", pk)
    messages.success(request, _("Your organisation’s manager looks at it now. Nothing has left yet."))
    return redirect("learned-text", pk)


@require_POST
def take_up(request: Any, pk: UUID) -> HttpResponse:
    """Goes on writing: before the release, or after it came back."""
    found, seat = contribution_for(request, pk, writing=True)
    verb = writing.correct if found.state == State.RELEASED else writing.send_back
    _try(request, lambda: verb(contribution=found, by=seat))
    return redirect("learned-text", pk)


@require_POST
def send_back(request: Any, pk: UUID) -> HttpResponse:
    found, seat = _to_release(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seat, status=400, send_back_form=form)
    if _try(request, lambda: writing.send_back(contribution=found, **form.cleaned_data, by=seat)):
        messages.success(request, _("Sent back, with your word."))
    return redirect("learned")


@require_POST
def release(request: Any, pk: UUID) -> HttpResponse:
    found, seat = _to_release(request, pk)
    form = ReleaseForm(request.POST)
    if form.is_valid() and _try(request, lambda: writing.release(contribution=found, **form.cleaned_data, by=seat)):
        messages.success(request, _("Released. Two other organisations are asked to read it."))
    return redirect("learned-text", pk)


def _to_release(request: Any, pk: UUID) -> tuple[Contribution, Seat]:
    """Raises Http404, PermissionDenied."""
    require(request, Permission.KNOWLEDGE_RELEASE)
    return contribution_for(request, pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: Any, pk: UUID) -> HttpResponse:
    """Takes back what has left, or throws away what never did; asks first."""
    found, seat = contribution_for(request, pk)
    if not may_write(found, seat) and not (seat.can(Permission.KNOWLEDGE_RELEASE) and found.submission):
        raise Http404
    if request.method != "POST":
        return render(request, "contributions/withdraw.html", {"contribution": found})
    verb: Callable[..., None] = writing.withdraw if found.submission else writing.discard
    if _try(request, lambda: verb(contribution=found, by=seat)):
        messages.success(request, _("Taken back.") if found.submission else _("Thrown away."))
    return redirect("learned")


def _try(request: Any, act: Callable[[], object]) -> bool:
    """Whether it was done; what refuses is told."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
