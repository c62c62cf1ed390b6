"""What verbs raise when they say no, and the pages for what goes wrong.

The pages must render when little else works: no database, no session, no context processor.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader

from halka.common import looks, problems


class Refused(Exception):
    """A verb said no. The message is meant for the person at the page."""


class EditedMeanwhile(Refused):
    """Somebody else saved the record after it was read: show both versions, lose neither."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says why, where whoever refused it did."""
    if problems.is_for_software(request):
        return problems.answer(problems.NOT_ALLOWED, str(exception or ""))
    return error_page(request, 403, why=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def moved(request: HttpRequest, address: str) -> HttpResponse:
    """What was sent to an address that is not the organisation's any more was not taken."""
    return error_page(request, 410, address=address)


def our_fault(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = error_page(request, 503)
    response["Retry-After"] = "300"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, name="csrf")


def error_page(request: HttpRequest, status: int, name: str = "", **facts: str) -> HttpResponse:
    """The page of templates/errors/ in the person's language and theme; for software, a problem."""
    if problems.is_for_software(request) and status in problems.BY_STATUS:
        return problems.answer(problems.BY_STATUS[status])
    context = {"theme": looks.theme_of(request).value, **facts}
    return HttpResponse(loader.render_to_string(f"errors/{name or status}.html", context), status=status)
