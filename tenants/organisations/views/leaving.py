"""Everything of the organisation to take along, for its managers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halka.accounts.confirming import confirm_first, recently_confirmed
from halka.authorization.public import works_read_only
from halka.authorization.roles import Permission, Seat
from halka.common import ranges
from halka.common.errors import Refused
from tenants.organisations.access import require
from tenants.organisations.domain.takeouts import ask_for_takeout, download, remove_takeout
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.leaving.archive import file_name, fingerprint, size_of
from tenants.organisations.leaving.making import STALE
from tenants.organisations.models import Closing, Takeout

SHOWN = 5
SIZE_KEPT = 24 * 3600  # seconds


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
    """All of it, or from where a download broke off."""
    seat = require(request, Permission.ORGANISATION_MANAGE)
    found = Takeout.objects.downloadable().filter(pk=pk, organisation_id=request.organisation.id).first()
    if found is None:
        raise Http404
    if not recently_confirmed(request):
        return confirm_first(request, reverse("takeout"))
    tag = f'"{fingerprint(found)}"'
    wanted = ranges.wanted(request, tag)
    if wanted is None:
        _found, content = download(takeout=pk, by=seat)
        response = StreamingHttpResponse(_measured(content, tag), content_type="application/zip")
    else:
        response = _going_on(found, tag, wanted, seat)
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    response["Cache-Control"] = "no-store, private"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Content-Encoding"] = "identity"  # packed already; and packed again it would be other bytes
    return response


def _going_on(found: Takeout, tag: str, wanted: ranges.Wanted, seat: Seat) -> HttpResponseBase:
    size = caches["default"].get(f"takeout-size-{tag}") or size_of(found)
    caches["default"].set(f"takeout-size-{tag}", size, SIZE_KEPT)
    try:
        first, last = wanted.within(size)
    except ranges.NotThere:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    _found, content = download(takeout=found.pk, goes_on=first > 0, by=seat)
    response = StreamingHttpResponse(ranges.cut(content, first, last), status=206, content_type="application/zip")
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _measured(content: Iterator[bytes], tag: str) -> Iterator[bytes]:
    """Whoever fetches it all spares the next one from having it measured."""
    size = 0
    for part in content:
        size += len(part)
        yield part
    caches["default"].set(f"takeout-size-{tag}", size, SIZE_KEPT)


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
