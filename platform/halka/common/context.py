"""What every template may rely on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from halka.common import calendars, looks, navigation
from halka.common.addresses import origin


def page(request: HttpRequest) -> dict[str, Any]:
    """Look, language, calendar and navigation of the page. Costs no query."""
    organisation = getattr(request, "organisation", None)
    site = navigation.Site.NETWORK if organisation is None else navigation.Site.WORKSPACE
    return {
        "theme": looks.theme_of(request).value,
        "themes": looks.Theme.choices,
        "accent": looks.accent_named(getattr(organisation, "colour", None)).value,
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "calendar": calendars.active_calendar().value,
        "calendars": calendars.Calendar.choices,
        "links": navigation.links_for(request, site),
        "demo": settings.DEMO,
        "idle_minutes": getattr(organisation, "idle_minutes", None) or settings.IDLE_MINUTES,
        "network_address": origin(),
        "here": request.get_full_path(),
    }
