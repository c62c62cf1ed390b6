"""A merger on the page of either of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.public import works_read_only
from halka.authorization.roles import Permission
from halka.common.errors import Refused
from network_registry.membership.enums import MergerMatter, MergerState
from network_registry.membership.models import Merger
from network_registry.membership.progress import until_done
from tenants.mergers import showing
from tenants.mergers.domain import answering, counting
from tenants.mergers.forms import AnswerForm
from tenants.organisations.access import require


def _found(request: Any, pk: UUID) -> Merger:
    """One of both is ours."""
    here = request.organisation.id
    return get_object_or_404(Merger.objects.with_sides().of(here), pk=pk)


@works_read_only("whoever is suspended can be merged, if their managers agree")
@require_http_methods(["GET", "POST"])
def merger(request: Any, pk: UUID) -> HttpResponse:
    """What would come along, counted here and now; agreeing and declining."""
    seat = require(request, Permission.ORGANISATION_MANAGE)
    found = _found(request, pk)
    form = AnswerForm(request.POST or None, agrees="decline" not in request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(merger=found, agrees=form.agrees, reason=form.cleaned_data["reason"], by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered. The secretariat and the other organisation see it."))
            return redirect("own-merger", pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "mergers/own.html", _context(request, found, form), status=status)


def _context(request: Any, found: Merger, form: AnswerForm) -> dict[str, Any]:
    here = request.organisation.id
    is_absorbed = found.side_of(here) == "absorbed"
    said = list(found.answers.filter(about=MergerMatter.MERGE).select_related("organisation"))
    is_asked = found.state == MergerState.PROPOSED and here not in {answer.organisation_id for answer in said}
    shows_numbers = found.state in (MergerState.PROPOSED, MergerState.AGREED)
    return {
        "merger": found,
        "form": form,
        "is_absorbed": is_absorbed,
        "is_asked": is_asked,
        "answers": said,
        "numbers": showing.in_words(counting.own_numbers()) if shows_numbers else [],
        "in_the_way": showing.obstacles_in_words(counting.own_obstacles()) if shows_numbers and is_absorbed else [],
        "stays": list(showing.stays()) if shows_numbers else [],
        "stood": showing.obstacles_in_words(found.obstacles),
        "against": showing.obstacles_in_words(found.seen.get("obstacles", {})),
        "may_confirm": found.may_be_undone and not is_absorbed and bool(found.seen.get("changed")),
        "under_way": showing.is_under_way(found),
        "progress_name": "own-merger-progress",
    }


@works_read_only("what is suspended gives up work that is in its way back")
@require_POST
def confirm(request: Any, pk: UUID) -> HttpResponse:
    """That work done since goes when it is undone, as much of it as was shown."""
    seat = require(request, Permission.ORGANISATION_MANAGE)
    found, changed = _found(request, pk), request.POST.get("changed", "")
    try:
        answering.confirm_undo(merger=found, changed=int(changed) if changed.isdecimal() else -1, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed. The secretariat can undo the merger within a day."))
    return redirect("own-merger", pk)


@require_GET
def progress(request: Any, pk: UUID) -> HttpResponse:
    require(request, Permission.ORGANISATION_MANAGE)
    found = _found(request, pk)
    context = {
        "merger": found,
        "under_way": showing.is_under_way(found),
        "stood": showing.obstacles_in_words(found.obstacles),
        "progress_name": "own-merger-progress",
    }
    return until_done(render(request, "mergers/_progress.html", context), not context["under_way"])
