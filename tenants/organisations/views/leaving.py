"""Everything of the organisation to take along, for its managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.accounts.confirming import confirm_first, recently_confirmed
from halka.authorization.public import works_read_only
from halka.authorization.roles import Permission
from halka.common.errors import Refused
from tenants.organisations.access import require
from tenants.organisations.domain.takeouts import ask_for_takeout, download, remove_takeout
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.leaving.archive import file_name
from tenants.organisations.leaving.making import STALE
from tenants.organisations.models import Closing, Takeout

SHOWN = 5


@works_read_only("whoever is suspended or leaves takes along what is theirs")
@require_http_methods(["GET", "POST"])
def takeout(request: Any) -> HttpResponseBase:
    """Asks for one, and shows how far it is; a fragment for whoever waits."""
    seat = require(request, Permission.ORGANISATION_MANAGE)
    if request.method == "POST":
        if not recently_confirmed(request):
            return confirm_first(request, reverse("takeout"))
        try:
            ask_for_takeout(by=seat)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("takeout")
    own = Takeout.objects.filter(organisation_id=request.organisation.id).order_by("-asked_at", "-id")
    found = list(own.exclude(state=TakeoutState.REMOVED).defer("parts")[:SHOWN])
    context = {
        "latest": found[0] if found else None,
        "earlier": found[1:],
        "closing": Closing.objects.waiting().filter(organisation_id=request.organisation.id).first(),
        "now": timezone.now(),
        "silent": found and (found[0].beat_at or found[0].asked_at) < timezone.now() - STALE,
        "is_confirmed": recently_confirmed(request),
    }
    wants_part = request.headers.get("HX-Target") == "takeout"
    return render(request, f"organisations/leaving/{'_takeout' if wants_part else 'takeout'}.html", context)


@require_http_methods(["GET"])
def takeout_download(request: Any, pk: UUID) -> HttpResponseBase:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    if not Takeout.objects.downloadable().filter(pk=pk, organisation_id=request.organisation.id).exists():
        raise Http404
    if not recently_confirmed(request):
        return confirm_first(request, reverse("takeout"))
    found, content = download(takeout=pk, by=seat)
    response = StreamingHttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    response["Cache-Control"] = "no-store, private"
    return response


@works_read_only("what was put together is theirs to remove")
@require_POST
def takeout_remove(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    try:
        remove_takeout(takeout=pk, by=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("takeout")
