"""The person's preferences, the idle limit, and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import translation

GetResponse = Callable[[Any], HttpResponseBase]


def end_idle_session(get_response: GetResponse) -> GetResponse:
    return get_response


def apply_preferences(get_response: GetResponse) -> GetResponse:
    def middleware(request: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def demand_second_factor(get_response: GetResponse) -> GetResponse:
    return get_response
