"""Every error of the API as a problem detail (RFC 9457): here alone exceptions become HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.authentication import CsrfFailed
from api.conditional import ChangedMeanwhile, StateNotNamed
from api.idempotency import BadKey, MayNoLonger
from halka.common import problems
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.problems import Problem
from network_registry.exchange.errors import ReferralMoved
from tenants.caseloads.access import MergedAway
from tenants.integrations.domain.answers import KeyReused
from tenants.organisations.access import ScopeMissing
from tenants.referrals.errors import ConsentMissing, NotTakenOn, RecipientUnavailable, ReferralOpenAlready

MERGED = Problem("merged", 404, _("This record has become part of another one."))
BAD_KEY = Problem("bad_idempotency_key", 400, _("The Idempotency-Key has 1 to 255 visible characters without accents."))
INSUFFICIENT_SCOPE = Problem("insufficient_scope", 403, _("This software was not given the scope for this."))
MAY_NO_LONGER = Problem(
    "may_no_longer", 403, _("This was answered before, to somebody who might do more than you may now.")
)
METHOD_NOT_ALLOWED = Problem("method_not_allowed", 405, _("This address does not take this method."))
NOT_ACCEPTABLE = Problem("not_acceptable", 406, _("The answer cannot be given in the form that was asked for."))
REFERRAL_MOVED = Problem(
    "referral_moved", 409, _("The referral is not in a state from which this can be done: somebody was faster.")
)
CONSENT_MISSING = Problem("consent_missing", 409, _("No valid consent of the person covers this."))
REFERRAL_OPEN_ALREADY = Problem(
    "referral_open_already", 409, _("This person has an open referral for the same service there already.")
)
RECIPIENT_UNAVAILABLE = Problem("recipient_unavailable", 409, _("This organisation takes no referrals now."))
NOT_TAKEN_ON = Problem("not_taken_on", 409, _("Say first whether the person is a client of yours already."))
REFUSED = Problem("refused", 409, _("This cannot be done as things stand now."))
CHANGED_MEANWHILE = Problem("changed_meanwhile", 412, _("It was changed since you have read it. Read it again."))
UNSUPPORTED_MEDIA_TYPE = Problem("unsupported_media_type", 415, _("Send JSON."))
INVALID_FIELDS = Problem("invalid_fields", 422, _("Some fields are missing or wrong."))
KEY_REUSED = Problem(
    "idempotency_key_reused", 422, _("This Idempotency-Key was used for another request. Take a new one.")
)
STATE_NOT_NAMED = Problem("if_match_missing", 428, _("Send If-Match with the ETag of what you have read."))
TOO_MANY_REQUESTS = Problem("too_many_requests", 429, _("Too many requests. Wait a little."))


# The first row that fits decides, so the more special stands before the more general.
PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (MergedAway, MERGED),
    (Http404, problems.NOT_FOUND),
    (exceptions.NotFound, problems.NOT_FOUND),
    (CsrfFailed, problems.CSRF_FAILED),
    (ScopeMissing, INSUFFICIENT_SCOPE),
    (MayNoLonger, MAY_NO_LONGER),
    (PermissionDenied, problems.NOT_ALLOWED),
    (exceptions.PermissionDenied, problems.NOT_ALLOWED),
    (exceptions.NotAuthenticated, problems.NOT_SIGNED_IN),
    (exceptions.AuthenticationFailed, problems.NOT_SIGNED_IN),
    (exceptions.ValidationError, INVALID_FIELDS),
    (exceptions.ParseError, problems.UNREADABLE),
    (exceptions.MethodNotAllowed, METHOD_NOT_ALLOWED),
    (exceptions.NotAcceptable, NOT_ACCEPTABLE),
    (exceptions.UnsupportedMediaType, UNSUPPORTED_MEDIA_TYPE),
    (exceptions.Throttled, TOO_MANY_REQUESTS),
    (BadKey, BAD_KEY),
    (KeyReused, KEY_REUSED),
    (ChangedMeanwhile, CHANGED_MEANWHILE),
    (EditedMeanwhile, CHANGED_MEANWHILE),
    (StateNotNamed, STATE_NOT_NAMED),
    (ReferralMoved, REFERRAL_MOVED),
    (ConsentMissing, CONSENT_MISSING),
    (ReferralOpenAlready, REFERRAL_OPEN_ALREADY),
    (RecipientUnavailable, RECIPIENT_UNAVAILABLE),
    (NotTakenOn, NOT_TAKEN_ON),
    (Refused, REFUSED),
)
SPEAKING = (PermissionDenied, Refused)  # their messages were written for the person who is told no


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None for what nobody foresaw: that becomes `our_fault`, with a log entry."""
    problem = next((problem for kind, problem in PROBLEMS if isinstance(exception, kind)), None)
    if problem is None:
        return None
    set_rollback()
    members: dict[str, Any] = {}
    if isinstance(exception, exceptions.ValidationError):
        members["fields"] = list(_faults(exception.get_full_details()))
    if isinstance(exception, MergedAway):
        members["into"] = str(exception.into)
    detail = str(exception) if isinstance(exception, SPEAKING) else ""
    headers = {"Cache-Control": "no-store"}
    if header := getattr(exception, "auth_header", ""):
        headers["WWW-Authenticate"] = header
    if isinstance(exception, ScopeMissing):
        headers["WWW-Authenticate"] = f'{problems.INSUFFICIENT}, scope="{" ".join(exception.scopes)}"'
    if isinstance(exception, ChangedMeanwhile):
        headers["ETag"] = exception.etag
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return Response(
        problem.body(detail, **members), status=problem.status, headers=headers, content_type=problems.MEDIA_TYPE
    )


def _faults(details: Any, name: str = "") -> Iterator[dict[str, str]]:
    """Each fault with the field's name (parts joined by dots), a stable code and a message."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": name, "code": str(details["code"]), "message": str(details["message"])}
    elif isinstance(details, dict):
        for part, inner in details.items():
            part = "" if part == "non_field_errors" else str(part)  # of a list its number
            yield from _faults(inner, ".".join(filter(None, (name, part))))
    else:
        for inner in details:
            yield from _faults(inner, name)
