"""How callers say who they are: the session of the browser."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied

from halka.common.problems import CHALLENGE


class CsrfFailed(PermissionDenied):
    """An unsafe method came by session without the session's token."""


class Session(SessionAuthentication):
    """The same sign-in as the pages'. Unsafe methods need the session's CSRF token in X-CSRFToken."""

    def authenticate_header(self, request: Any) -> str:
        return CHALLENGE

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfFailed from error
