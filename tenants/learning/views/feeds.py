"""A colleague's calendar address: made and ended here, and read by the program on their phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.public import public_view
from halka.authorization.roles import Permission
from halka.common.addresses import workspace_host
from tenants.learning.domain import feeds
from tenants.organisations import calendar_addresses
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def feed_settings(request: Any) -> HttpResponse:
    seat = require(request, Permission.LEARNING_VIEW)
    return calendar_addresses.settings_page(
        request, feeds, by=seat, template="learning/feed.html", route="learning-feed"
    )


@public_view("read by calendar programs, guarded by the secret in its address")
@require_GET
def feed(request: Any, token: str) -> HttpResponse:
    def calendar() -> str | None:
        found = feeds.feed_behind(token)
        if found is None or found.colleague is None:
            return None
        with translation.override(found.colleague.language):
            # sessions keep the name they are known by in calendars, whatever the address is
            return feeds.as_calendar(found, name=_("Sessions"), host=workspace_host(request.organisation.short_name))

    return calendar_addresses.serve(request, calendar)
