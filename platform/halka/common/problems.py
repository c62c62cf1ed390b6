"""Errors for software: problem details of RFC 9457, from the API and from all that answers before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

API_PREFIX: Final = "/api/"
PUBLIC_PREFIXES: Final = ("/hsds/", "/open/")  # the directory and public knowledge, for everybody's software
MEDIA_TYPE: Final = "application/problem+json"
CHALLENGE: Final = 'Bearer realm="halka", Session realm="halka"'  # every 401 names the ways to sign in
REFUSAL: Final = 'Bearer realm="halka", error="invalid_token"'
INSUFFICIENT: Final = 'Bearer realm="halka", error="insufficient_scope"'


@dataclass(frozen=True)
class Problem:
    """One kind of error. `code` never changes; the title is for people, in the caller's language."""

    code: str
    status: int
    title: str | Promise

    def body(self, detail: str = "", **members: Any) -> dict[str, Any]:
        body = {
            "type": f"urn:halka:problem:{self.code}",
            "title": str(self.title),
            "status": self.status,
            "code": self.code,
        }
        return body | ({"detail": str(detail)} if detail else {}) | members


UNREADABLE = Problem("unreadable", 400, _("The request could not be read."))
NOT_SIGNED_IN = Problem("not_signed_in", 401, _("Sign in first."))
INVALID_TOKEN = Problem("invalid_token", 401, _("The token is unknown here, has expired or was taken away."))
NOT_ALLOWED = Problem("not_allowed", 403, _("Your role here does not allow this."))
CSRF_FAILED = Problem("csrf_failed", 403, _("The request did not come with this session's CSRF token."))
SECOND_FACTOR_MISSING = Problem("second_factor_missing", 403, _("Set up a second factor first."))
NOT_FOUND = Problem("not_found", 404, _("There is nothing here."))
MOVED = Problem("moved", 410, _("This organisation answers at another address."))
OUR_FAULT = Problem("our_fault", 500, _("Something went wrong on our side."))
UNAVAILABLE = Problem("unavailable", 503, _("This organisation is being brought up to date. Try again in a minute."))

BY_STATUS: Final = {problem.status: problem for problem in (UNREADABLE, NOT_ALLOWED, NOT_FOUND, OUR_FAULT, UNAVAILABLE)}


def is_for_software(request: HttpRequest) -> bool:
    return request.path_info.startswith((API_PREFIX, *PUBLIC_PREFIXES))


def is_the_same_for_all(request: HttpRequest) -> bool:
    """Nobody who asks there is anybody: cookies are not looked at, and any cache may keep the answer."""
    return request.path_info.startswith(PUBLIC_PREFIXES)


def shows_token(request: HttpRequest) -> bool:
    """Software says who it is with each request, and then nothing else counts: no session, no cookie."""
    return is_for_software(request) and "Authorization" in request.headers


def answer(problem: Problem, detail: str = "") -> JsonResponse:
    """The problem as a response, for code that runs before or after the API's own views."""
    response = JsonResponse(problem.body(detail), status=problem.status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if problem.status == 401:
        response["WWW-Authenticate"] = REFUSAL if problem is INVALID_TOKEN else CHALLENGE
    return response
