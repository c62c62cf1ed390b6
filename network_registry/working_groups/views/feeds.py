"""The calendar address of somebody's meetings: made and ended here, and read by the program on their phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halka.authorization.public import public_view
from halka.authorization.roles import Permission
from network_registry.working_groups.domain import feeds
from tenants.organisations import calendar_addresses
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def feed_settings(request: Any) -> HttpResponse:
    seat = require(request, Permission.TODAY_VIEW)
    return calendar_addresses.settings_page(
        request, feeds, by=seat, template="working_groups/feed.html", route="wg-feed"
    )


@public_view("read by calendar programs, guarded by the secret in its address")
@require_GET
def feed(request: Any, token: str) -> HttpResponse:
    def calendar() -> str | None:
        colleague = feeds.colleague_behind(token)
        if colleague is None:
            return None
        with translation.override(colleague.language):
            return feeds.as_calendar(colleague, name=_("Meetings of working groups"))

    return calendar_addresses.serve(request, calendar)
