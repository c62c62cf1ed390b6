"""What became of a record: who changed what, and who looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from halka.authorization.roles import Permission
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.queries.history import timeline_of
from tenants.caseloads.policies import reads_history
from tenants.caseloads.views.clients import reads_health

YEARS: Final = range(1900, 2200)
SHOWN: Final = (
    (None, gettext_lazy("Everything")),
    ("changes", gettext_lazy("Changes")),
    ("looks", gettext_lazy("Who looked")),
)


@require_GET
def client_history(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    if not reads_history(request.seat, client):
        raise PermissionDenied(_("A record's history is for the one responsible and for those who supervise."))
    before, show = _moment(request), request.GET.get("show") or None
    timeline = timeline_of(client, before=before, show=show, reads_health=reads_health(request.seat, client))
    context = {
        "client": client,
        "timeline": timeline,
        "show": show,
        "choices": SHOWN,
        "previous_url": _address(request, None) if before else "",
        "next_url": _address(request, timeline.next) if timeline.next else "",
    }
    return render(request, "caseloads/history.html", context)


def _moment(request: Any) -> datetime | None:
    """Where the page goes on; nothing for a text that is no moment."""
    try:
        moment = parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None
    if moment is None or not timezone.is_aware(moment) or moment.year not in YEARS:
        return None
    return moment


def _address(request: Any, before: datetime | None) -> str:
    parameters = request.GET.copy()
    parameters.pop("before", None)
    if before:
        parameters["before"] = before.isoformat()
    return f"?{parameters.urlencode()}"
