"""Lists of clients."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halka.authorization.roles import Permission
from halka.common.paging import page_of
from tenants.caseloads.keys import is_selective
from tenants.caseloads.models import Client
from tenants.organisations.access import require

LIST = ("sort_key", "id")


@require_GET
def clients(request: Any, mine: bool = False) -> HttpResponse:
    """All clients or one's own, searched by the `q` of the query string; for htmx the list alone."""
    seat = require(request, Permission.CLIENT_VIEW)
    search = request.GET.get("q", "").strip()
    found = Client.objects.present().reachable_by(seat).search(search).prefetch_related("assigned_to")
    if mine:
        found = found.assigned_to(seat)
    context = {
        "page": page_of(request, found, keys=LIST, gather=is_selective(search)),
        "search": search,
        "mine": mine,
        "may_edit": seat.can(Permission.CLIENT_EDIT),
    }
    return render(request, "caseloads/_list.html" if _is_fragment(request) else "caseloads/clients.html", context)


def _is_fragment(request: Any) -> bool:
    """Whether htmx asks for a part; when it restores a page of the history it needs the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request
