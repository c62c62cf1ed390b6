"""What `tenants.caseloads.access` raises, as answers that lead on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from halka.common import problems
from tenants.caseloads.access import MergedAway

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class answer_closed_records:  # noqa: N801  # named like the functions beside it in MIDDLEWARE
    """Leads from a record that stands for nobody any more to the one that does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if problems.is_for_software(request):
            return None
        if isinstance(exception, MergedAway):
            return kept_record(request, exception)
        return None


def kept_record(request: Any, merged: MergedAway) -> HttpResponse:
    """The same page of the kept record; after something was sent, its first page, since what was sent did not count."""
    match = request.resolver_match
    if request.method in ("GET", "HEAD") and "pk" in match.kwargs:
        address = reverse(match.view_name, kwargs={**match.kwargs, "pk": merged.into})
    else:
        address = reverse("client", args=[merged.into])
        messages.warning(request, _("The record was merged into this one meanwhile. What you sent was not saved."))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
