"""The calendar address of somebody's meetings: made and ended here, and read by the program on their phone."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.public import public_view
from halka.authorization.roles import Permission
from network_registry.working_groups.domain import feeds
from tenants.organisations.access import require
from tenants.organisations.directory import organisation_with
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.middleware import unavailable


@require_http_methods(["GET", "POST"])
def feed_settings(request: Any) -> HttpResponse:
    """The address is shown once, when it is made."""
    seat = require(request, Permission.TODAY_VIEW)
    if seat.membership_id is None:
        raise Http404
    context: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("do") == "end":
        feeds.end_feed(by=seat)
        messages.success(request, _("The address opens nothing any more."))
        return redirect("wg-feed-settings")
    if request.method == "POST":
        token = feeds.make_feed(by=seat)
        context["address"] = request.build_absolute_uri(reverse("wg-feed", args=[token]))
    context["feed"] = feeds.feed_of(seat)
    answer = render(request, "working_groups/feed.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@public_view("read by calendar programs, guarded by the secret in its address")
@require_GET
def feed(request: Any, token: str) -> HttpResponse:
    organisation = organisation_with(request.organisation.id)
    if organisation.reads_only or organisation.state == State.CLOSED:
        raise Http404
    try:
        with inside(organisation), timezone.override(ZoneInfo(organisation.time_zone)):
            return _calendar(token)
    except OrganisationUnavailable:
        return unavailable(request)


def _calendar(token: str) -> HttpResponse:
    colleague = feeds.colleague_behind(token)
    if colleague is None:
        raise Http404
    with translation.override(colleague.language):
        text = feeds.as_calendar(colleague, name=_("Meetings of working groups"))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
