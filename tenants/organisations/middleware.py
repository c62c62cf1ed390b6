"""From host to organisation to seat, before any view runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.accounts import second_factor
from halka.audit.domain import record
from halka.authorization.public import is_public, works_always
from halka.common import errors, problems
from halka.common.addresses import NETWORK_URLS, WORKSPACE_URLS, network_url, origin
from halka.common.current import OrganisationRef
from tenants.organisations.access import find_seat, memberships_of, organisation_of, support_of
from tenants.organisations.directory import is_ours, organisation_at, organisation_behind
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.tokens import find_software

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def promise_for_ours_alone(get_response: GetResponse) -> GetResponse:
    """Browsers are told to ask the network and all below it by https alone. Of a domain of an organisation's own
    nothing of the kind is said: what lies below it is none of ours, and it may be led elsewhere tomorrow.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        if not is_ours(_host_as_sent(request)):
            response.headers.pop("Strict-Transport-Security", None)
        return response

    return middleware


def find_organisation(get_response: GetResponse) -> GetResponse:
    """Sets `request.organisation` and the URL table by host; a host that is nobody's gets a plain 404.

    Hosts that an organisation had, and domains of its own, lead to where it answers: nothing is served under them.
    """

    def middleware(request: Any) -> HttpResponseBase:
        owner = organisation_behind(_host_as_sent(request))
        if owner is not None and owner.state != State.CLOSED:
            return lead(request, owner, for_good=False)
        host = request.get_host().rsplit(":", 1)[0].lower()
        request.seat = None
        request.organisation = None
        request.lacks_second_factor = False
        if host == settings.BASE_DOMAIN:
            request.urlconf = NETWORK_URLS
            return get_response(request)
        organisation = organisation_at(host)
        if organisation is None or organisation.state == State.CLOSED:
            return errors.not_found(request)
        if host != organisation.host:
            return lead(request, organisation, for_good=True)
        request.organisation = organisation
        request.urlconf = WORKSPACE_URLS
        return get_response(request)

    return middleware


def _host_as_sent(request: HttpRequest) -> str:
    """Without its port. Not one of ours, so far: `get_host` refuses those that are not."""
    sent: str = request.META.get("HTTP_HOST", "")
    return sent.rsplit(":", 1)[0].lower().rstrip(".")


def lead(request: HttpRequest, organisation: OrganisationRef, *, for_good: bool) -> HttpResponseBase:
    """Whoever reads is led to where the organisation answers now, by the same path and query. Software, and whoever
    sends something, are told: what was sent does not go to another address by itself.
    """
    address = origin(organisation.host) + request.get_full_path()
    if problems.is_for_software(request):
        response: HttpResponse = problems.answer(problems.MOVED, origin(organisation.host))
    elif request.method in {"GET", "HEAD"}:
        response = (HttpResponsePermanentRedirect if for_good else HttpResponseRedirect)(address)
    else:
        response = errors.moved(request, origin(organisation.host) + "/")
    # not for longer: it may come back to a name it had, and no two addresses lead to each other
    response["Cache-Control"] = "private, max-age=3600" if response.status_code == 301 else "no-store"
    return response


def set_session_aside(get_response: GetResponse) -> GetResponse:
    """Whoever shows a token at the API is that token's software alone, and what is public is the same for all: what a
    browser would send is not looked at.
    """

    def middleware(request: Any) -> HttpResponseBase:
        if problems.shows_token(request) or problems.is_the_same_for_all(request):
            request.COOKIES = {}
        return get_response(request)

    return middleware


class enter_organisation:  # noqa: N801  # named like the functions beside it in MIDDLEWARE
    """Finds the seat of whoever is signed in, or of the software whose token is shown, and runs everything after it
    inside of the organisation.

    Without a seat nothing is entered, and only views marked public run; those are never run inside, since what they
    change is the account, which no organisation's role reaches.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.organisation is None or _is_for_everybody(request):
            return self.get_response(request)
        seat_software(request) if problems.shows_token(request) else seat_person(request)
        if request.seat is None:
            return self.get_response(request)
        organisation: OrganisationRef = request.organisation
        try:
            with inside(organisation), timezone.override(ZoneInfo(organisation.time_zone)):
                response = self.get_response(request)
        except OrganisationUnavailable:
            return unavailable(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = _inside_stream(organisation, iter(response.streaming_content))
        return response

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        if is_public(view):
            return None
        if request.organisation is not None and problems.shows_token(request):
            return None if request.seat is not None else problems.answer(problems.INVALID_TOKEN)
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if request.organisation is None:
            return None
        if request.seat is None:
            raise Http404
        if request.organisation.reads_only and request.method not in SAFE_METHODS and not works_always(view):
            raise PermissionDenied(_("This organisation is suspended: everything can be read, nothing changed."))
        if request.seat.is_support:
            watch_support(request)
        return None


def seat_person(request: Any) -> None:
    """Sets the seat of whoever is signed in and may work here, and the organisation as it is now: what was found by
    host is cached, and a suspension counts at once."""
    if not request.user.is_authenticated:
        return
    request.memberships = memberships_of(request.user)
    request.support_grants = support_of(request.user, request.memberships)
    request.seat = find_seat(request.user, request.organisation, request.memberships, request.support_grants)
    if request.seat is not None:
        request.organisation = organisation_of(
            request.seat, request.organisation, request.memberships, request.support_grants
        )
        request.lacks_second_factor = second_factor.is_missing(request.user, request.seat, request.organisation)


def seat_software(request: Any) -> None:
    """Sets the seat of the software whose token is shown, and the organisation as it is now."""
    scheme, _space, token = request.headers["Authorization"].partition(" ")
    found = find_software(token.strip(), request.organisation) if scheme.lower() == "bearer" else None
    if found is not None:
        request.seat, request.organisation = found


def _is_for_everybody(request: HttpRequest) -> bool:
    """The view is marked public, or there is none."""
    try:
        return is_public(resolve(request.path_info, request.urlconf).func)
    except Resolver404:
        return True


def watch_support(request: Any) -> None:
    """Writes what network support opens into the organisation's audit, each page once a minute; refuses changes."""
    cache_key = f"support-{request.seat.support_grant_id}-{request.method}-{request.path}"
    if caches["default"].add(hashlib.sha256(cache_key.encode()).hexdigest(), True, 60):
        record(action="support.opened", detail={"method": request.method, "path": request.path[:300]}, by=request.seat)
    if request.method not in SAFE_METHODS:
        raise PermissionDenied(_("Network support reads here, and changes nothing."))


def _inside_stream(organisation: OrganisationRef, content: Iterator[Any]) -> Iterator[Any]:
    """A streamed body is made after the view has returned: each part of it inside of the organisation again."""
    while True:
        with inside(organisation):
            part = next(content, None)
        if part is None:
            return
        yield part


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the network site's sign-in and back; a fragment gets a whole-page redirect, software a 401."""
    if problems.is_for_software(request):
        return problems.answer(problems.NOT_SIGNED_IN)
    back = request.build_absolute_uri() if request.method in SAFE_METHODS else origin(request.get_host().split(":")[0])
    address = f"{network_url('account_login')}?next={quote(back, safe='')}"
    if getattr(request, "was_idle", False):
        address += "&ended=idle"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def unavailable(request: HttpRequest) -> HttpResponse:
    """This organisation is being brought up to date; the others go on."""
    if problems.is_for_software(request):
        response: HttpResponse = problems.answer(problems.UNAVAILABLE)
    else:
        response = errors.unavailable(request)
    response["Retry-After"] = "60"
    return response
