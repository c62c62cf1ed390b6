"""How callers say who they are: software by its token, people by the session of the browser.

Both were found before, in tenants.organisations.middleware; here REST framework is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied

from halka.common.problems import CHALLENGE


class CsrfFailed(PermissionDenied):
    """An unsafe method came by session without the session's token."""


@dataclass(frozen=True)
class Machine:
    """What stands where views look for an account, when software calls."""

    name: str
    is_authenticated: ClassVar = True
    is_active: ClassVar = True


class Software(BaseAuthentication):
    """A bearer token out of POST /api/oauth/token."""

    def authenticate(self, request: Any) -> tuple[Machine, None] | None:
        seat = getattr(request._request, "seat", None)
        return (Machine(seat.name), None) if seat is not None and seat.is_software else None

    def authenticate_header(self, request: Any) -> str:
        return CHALLENGE


class Session(SessionAuthentication):
    """The same sign-in as the pages'. Unsafe methods need the session's CSRF token in X-CSRFToken."""

    def authenticate_header(self, request: Any) -> str:
        return CHALLENGE

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfFailed from error
