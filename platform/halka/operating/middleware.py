"""Around everything else: a request gets an id, is counted, and leaves one line in the log."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http.response import HttpResponseBase

from halka.common import problems
from halka.operating import counters, lines

GetResponse = Callable[[Any], HttpResponseBase]
HEADER: Final = "X-Request-ID"
WORD: Final = re.compile(r"[a-z][a-z0-9-]*")

logger = logging.getLogger("halka.requests")


def observe(get_response: GetResponse) -> GetResponse:
    """The id is made here: one that comes from outside could say anything."""

    def middleware(request: Any) -> HttpResponseBase:
        if request.path_info.startswith(settings.STATIC_URL):
            return get_response(request)
        began = time.perf_counter()
        with lines.within(lines.Context(lines.new_id(), request=request)) as about:
            response = get_response(request)
            seconds = time.perf_counter() - began
            response[HEADER] = about.request_id
            _count(request, response.status_code, seconds)
            logger.info(
                "%s %s", request.method, lines.route_of(request) or "-",
                extra={"status_code": response.status_code, "duration_ms": round(seconds * 1000, 1)},
            )  # fmt: skip
        return response

    return middleware


def _count(request: Any, status: int, seconds: float) -> None:
    site = site_of(request)
    counters.add("halka_requests_total", site, area_of(request), str(status))
    counters.observe("halka_request_seconds", site, seconds=seconds)
    counters.write_if_due()


def site_of(request: Any) -> str:
    if problems.is_for_software(request):
        return "api"
    return "workspace" if getattr(request, "organisation", None) is not None else "network"


def area_of(request: Any) -> str:
    """The first word of the route, of an API's the one behind its version; `none` where the address fits no route."""
    found = getattr(request, "resolver_match", None)
    if found is None:
        return "none"
    words = [word for word in found.route.split("/") if WORD.fullmatch(word)]
    if words[:1] == ["api"]:
        words = [word for word in words[1:] if not re.fullmatch(r"v\d+", word)] or ["api"]
    return words[0] if words else "front"
