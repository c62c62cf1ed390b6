"""Who may call the API."""

from typing import Any

from rest_framework.permissions import BasePermission


class HasSeat(BasePermission):
    """Whoever calls belongs to the organisation on whose host the call is made."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return getattr(request._request, "seat", None) is not None
