"""What `tenants.caseloads.access` raises, as answers that lead on; drafts of forms that have arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from halka.common import problems
from tenants.caseloads.access import MergedAway, NotYours, Restricted, watch_answer
from tenants.caseloads.domain.drafts import discard_draft
from tenants.caseloads.forms.drafts import BadDraft, form_address, page_mark
from tenants.caseloads.views.emergencies import closed_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SENT_COOKIE = "halka_sent"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class answer_closed_records:  # noqa: N801  # named like the functions beside it in MIDDLEWARE
    """Leads from a record that was merged away to the one that stands for it, and from a closed one to who can help.

    What answers show of records is written down here where it could not be known before.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        watch_answer(request, response)
        return response

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if problems.is_for_software(request):
            return None
        if isinstance(exception, MergedAway):
            return kept_record(request, exception)
        if isinstance(exception, NotYours):
            return not_yours(request, exception)
        if isinstance(exception, Restricted):
            return restricted(request)
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


def end_drafts(get_response: GetResponse) -> GetResponse:
    """Removes the draft of a form that has arrived: its answer leads elsewhere, or its view says `draft_is_sent`.

    The answer tells the page, so that it forgets what it keeps on the device.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "POST" and request.content_type in FORMS and request.seat is not None:
            _end_draft(request, response)
        return response

    return middleware


def _end_draft(request: Any, response: HttpResponseBase) -> None:
    leads_on = 300 <= response.status_code < 400 or "HX-Redirect" in response or "HX-Location" in response
    if "_draft" not in request.POST or request.seat.membership_id is None:
        return
    if not leads_on and not getattr(request, "draft_is_sent", False):
        return
    try:
        form = form_address(request.POST["_draft"], request.urlconf)
        page = page_mark(request.POST.get("_draft_page", ""))
    except BadDraft:
        return
    discard_draft(form=form, page=page, by=request.seat)
    response["Halka-Draft"] = "sent"
    if page:
        response.set_cookie(SENT_COOKIE, page, max_age=3600, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


def not_yours(request: Any, closed: NotYours) -> HttpResponse:
    """Who to ask, and a way in for an emergency; a fragment leads to the same as a whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": reverse("client", args=[closed.client.pk])})
    return closed_page(request, closed.client)


def restricted(request: Any) -> HttpResponse:
    """That a person with a withdrawn consent is here, and no more; a fragment leads to Today."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": reverse("today")})
    return render(request, "caseloads/restricted.html", status=403)
