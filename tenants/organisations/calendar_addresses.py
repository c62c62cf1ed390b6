"""Secret addresses that calendar programs follow: the page that makes and ends one, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.authorization.roles import Seat
from tenants.organisations.directory import organisation_with
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.middleware import unavailable


class Feeds(Protocol):
    """What a room with a calendar does: its module of verbs fits."""

    def make_feed(self, *, by: Seat) -> str: ...

    def end_feed(self, *, by: Seat) -> None: ...

    def feed_of(self, by: Seat, /) -> Any: ...


def settings_page(request: Any, feeds: Feeds, *, by: Seat, template: str, route: str) -> HttpResponse:
    """The address is shown once, when it is made. `route` is the calendar's; this page is called after it."""
    if by.membership_id is None:
        raise Http404
    context: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("do") == "end":
        feeds.end_feed(by=by)
        messages.success(request, _("The address opens nothing any more."))
        return redirect(f"{route}-settings")
    if request.method == "POST":
        token = feeds.make_feed(by=by)
        context["address"] = request.build_absolute_uri(reverse(route, args=[token]))
    context["feed"] = feeds.feed_of(by)
    answer = render(request, template, context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def serve(request: Any, calendar: Callable[[], str | None]) -> HttpResponse:
    """`calendar()` inside of the organisation of the host: its text, or None where the token opens nothing."""
    organisation = organisation_with(request.organisation.id)
    if organisation.is_paused:
        raise Http404
    try:
        with inside(organisation), timezone.override(ZoneInfo(organisation.time_zone)):
            text = calendar()
    except OrganisationUnavailable:
        return unavailable(request)
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
