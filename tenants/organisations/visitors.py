"""Pages for people without an account, behind a link of their own: in no cache, in no search engine, without script.

Nothing here is ever the staff's session: each view enters the organisation by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.authorization.public import public_view
from halka.common.calendars import Calendar, calendar_in_use
from halka.common.current import OrganisationRef
from tenants.organisations.directory import organisation_with
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.middleware import unavailable

RIGHT_TO_LEFT: Final = frozenset({"fa"})
LANGUAGES: Final = dict(settings.LANGUAGES)
WINDOW: Final = 600  # seconds

View = Callable[..., HttpResponseBase]


def kept_to_oneself(response: HttpResponseBase) -> HttpResponseBase:
    """In no cache, told to no other site, in no search engine."""
    response["Cache-Control"] = "private, no-store"
    # Other sites learn nothing of the address; without any referrer browsers send forms with the origin "null".
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def for_visitors(*, why: str, paused: str) -> Callable[[View], View]:
    """A public view that enters the organisation of the host, as it is now: one that is suspended or closed shows the
    template `paused` alone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            organisation: OrganisationRef = organisation_with(request.organisation.id)
            if organisation.is_paused:
                language = language_of(request, organisation.language)
                return kept_to_oneself(page(request, paused, organisation, language, status=503))
            try:
                with inside(organisation), timezone.override(ZoneInfo(organisation.time_zone)):
                    return kept_to_oneself(view(request, organisation, *args, **kwargs))
            except OrganisationUnavailable:
                return kept_to_oneself(unavailable(request))

        return public_view(why)(wrapped)

    return decorate


def language_of(request: HttpRequest, usual: str) -> str:
    """Chosen on the page, else the usual one, else the browser's."""
    asked = request.GET.get("l", "")
    return asked if asked in LANGUAGES else usual if usual in LANGUAGES else translation.get_language() or "en"


def calendar_of(language: str) -> Calendar:
    return Calendar.JALALI if language == "fa" else Calendar.GREGORIAN


def page(
    request: HttpRequest,
    template: str,
    organisation: OrganisationRef,
    language: str,
    values: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Without the usual context: what signed-in people see has no place here."""
    with translation.override(language), calendar_in_use(calendar_of(language)):
        context = {
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "languages": settings.LANGUAGES,
            "organisation_name": organisation.name(language),
            "csrf_token": get_token(request),
            "here": request.path,
            **(values or {}),
        }
        return HttpResponse(render_to_string(template, context), status=status)


def may_try(request: Any, what: str, *, per_address: int, per_link: int, link: str) -> bool:
    """Counts tries by address and by link, in ten minutes. `what` tells apart the kinds of pages."""
    address = get_adapter().get_client_ip(request)
    return all([_counted(f"{what}-address-{address}", per_address), _counted(f"{what}-link-{link}", per_link)])


def _counted(what: str, limit: int) -> bool:
    key = f"visitor-{hashlib.sha256(what.encode()).hexdigest()}"
    cache = caches["default"]
    cache.add(key, 0, WINDOW)
    try:
        return bool(cache.incr(key) <= limit)
    except ValueError:  # it went out at this moment
        return True
