"""The list of records on the move, and the page of one of them with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.exchange.models import DealingEvent
from network_registry.exchange.relocation_enums import RELOCATION_REASONS, WORKED_ON, RelocationState
from network_registry.membership.progress import until_done
from tenants.organisations.access import require
from tenants.referrals.enums import Direction
from tenants.relocations import forms
from tenants.relocations.access import ACTS, acts_of, moves_for, relocation_for, watch
from tenants.relocations.domain import answering, asking, undoing
from tenants.relocations.domain.previewing import Line, lines_of
from tenants.relocations.errors import WouldLose
from tenants.relocations.models import Relocation

REASONS = {code: label for words in RELOCATION_REASONS.values() for code, label in words.choices}


@dataclass(frozen=True)
class Act:
    label: str | Promise
    done: str | Promise
    form: type[forms.ActForm]
    run: Callable[..., None]
    is_main: bool = False


WAYS: dict[str, Act] = {
    "accept": Act(
        _("Take the record on"), _("Taken on. The record is on its way."), forms.AcceptForm,
        answering.accept_relocation, is_main=True,
    ),
    "decline": Act(
        _("Decline"), _("Declined. The other side learns the reason."), forms.DeclineForm,
        answering.decline_relocation,
    ),
    "withdraw": Act(
        _("Take the request back"), _("Taken back. The record stays here."), forms.WithdrawForm,
        asking.withdraw_relocation,
    ),
    "undo": Act(
        _("Undo the move"), _("The move is being undone. You will get an e-mail."), forms.UndoForm, undoing.ask_undo,
    ),
}  # fmt: skip


@require_safe
def move_list(request: Any) -> HttpResponse:
    seat = require(request, Permission.RECORD_MOVE)
    direction = Direction.IN if request.GET.get("side") == "in" else Direction.OUT
    page = page_of(request, moves_for(seat).filter(direction=direction), keys=["-id"])
    return render(request, "relocations/list.html", {"page": page, "direction": direction})


@require_safe
def move(request: Any, pk: UUID) -> HttpResponse:
    found = relocation_for(request, pk, Permission.RECORD_MOVE)
    watch(found, request.seat)
    context = _shown(found)
    acts = [(name, WAYS[name], _form(name, found, mark=context["mark"])) for name in acts_of(found, request.seat)]
    return render(request, "relocations/move.html", {**context, "acts": acts})


@require_safe
def progress(request: Any, pk: UUID) -> HttpResponse:
    """How far it is; asks for itself until a worker has nothing more to do."""
    found = relocation_for(request, pk, Permission.RECORD_MOVE)
    context = _standing(found)
    return until_done(render(request, "relocations/_standing.html", context), not context["is_running"])


@require_http_methods(["GET", "POST"])
def move_act(request: Any, pk: UUID, name: str) -> HttpResponse:
    found = relocation_for(request, pk, ACTS[name][2])
    act = WAYS[name]
    if name not in acts_of(found, request.seat):
        if request.method == "POST":
            messages.info(request, str(_("Somebody was faster: this cannot be done any more.")))
        return redirect("relocation", pk)
    context = _shown(found)
    form = _form(name, found, request.POST if request.method == "POST" else None, mark=context["mark"])
    if form.is_valid():
        try:
            act.run(relocation=found, **form.cleaned_data, by=request.seat)
        except WouldLose as refusal:
            cast(forms.UndoForm, form).ask_again(str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(act.done))
            return redirect("relocation", pk)
    context = {**context, "act": act, "form": form, "is_undo": name == "undo"}
    return render(request, "relocations/act.html", context, status=400 if form.is_bound else 200)


def _form(name: str, found: Relocation, data: Any = None, *, mark: str) -> forms.ActForm:
    options = {"mark": mark} if name == "undo" else {}
    return WAYS[name].form(data, relocation=found, act=name, **options)


def _standing(found: Relocation) -> dict[str, Any]:
    shared = found.shared
    return {
        "relocation": found,
        "shared": shared,
        "state": RelocationState(shared.state),
        "is_ours": found.direction == Direction.OUT,
        "is_running": shared.state in WORKED_ON,
        "reason": REASONS.get(shared.reason, ""),
    }


def _shown(found: Relocation) -> dict[str, Any]:
    events = DealingEvent.objects.filter(dealing=found.shared_id).select_related("organisation").order_by("-at", "-id")
    may_look = found.direction == Direction.IN and found.may_be_undone and found.client is not None
    since = undoing.since(found) if may_look else undoing.Since({}, "")
    return {
        **_standing(found),
        "goes": lines_of(found.counts),
        "added": _with_record(since.counts),
        "mark": since.mark if since.counts else "",
        "steps": [
            {"event": event, "title": RelocationState(event.type).label, "reason": REASONS.get(event.reason, "")}
            for event in events
        ],
    }


def _with_record(counts: Mapping[str, int]) -> list[Line]:
    own = [Line(str(_("The record itself, changed")), 1)] if "caseloads.Client" in counts else []
    return [*own, *lines_of(counts)]
