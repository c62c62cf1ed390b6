"""The person's preferences, the idle limit, and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation

from halka.accounts import idleness
from halka.authorization.public import is_public
from halka.common import problems
from halka.common.addresses import network_url
from halka.common.calendars import Calendar, activate_calendar

GetResponse = Callable[[Any], HttpResponseBase]
CALENDAR_COOKIE = "halka_calendar"
STATE_PATH = "/session/state/"  # asked by pages in the background: not a use of the session


def keep_out_of_caches(get_response: GetResponse) -> GetResponse:
    """What a signed-in person is shown stays in no proxy, and in no browser for whoever sits there next."""

    def middleware(request: Any) -> HttpResponseBase:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def end_idle_session(get_response: GetResponse) -> GetResponse:
    """Signs out whoever has not been heard of for IDLE_MINUTES. `request.was_idle` tells the pages after it."""

    def middleware(request: Any) -> HttpResponseBase:
        request.was_idle = False
        if request.user.is_authenticated:
            if idleness.is_idle(request.session):
                logout(request)
                request.was_idle = True
            elif request.path != STATE_PATH:
                idleness.note_use(request.session)
        return get_response(request)

    return middleware


def apply_preferences(get_response: GetResponse) -> GetResponse:
    """Language and calendar: the account's, else the cookies', else the browser's language and its calendar."""

    def middleware(request: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
            activate_calendar(request.user.calendar)
        else:
            usual = Calendar.JALALI if translation.get_language() == "fa" else Calendar.GREGORIAN
            activate_calendar(request.COOKIES.get(CALENDAR_COOKIE, usual))
        return get_response(request)

    return middleware


class demand_second_factor:  # noqa: N801  # named like the functions beside it in MIDDLEWARE
    """Leads a person who needs a second factor here, and has none, to where it is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(request, "lacks_second_factor", False) or is_public(view):
            return None
        address = f"{network_url('security')}?demanded={request.organisation.label}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": address})
        if problems.is_for_software(request):
            return problems.answer(problems.SECOND_FACTOR_MISSING)
        return HttpResponseRedirect(address)


def remember_for_visitors(response: HttpResponseBase, name: str, value: str) -> None:
    """A cookie on all our hosts for a year, so that the sign-in page looks as the person left it."""
    response.set_cookie(
        name,
        value,
        max_age=365 * 24 * 3600,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
