"""Who may call the API."""

from typing import Any

from django.http import Http404
from rest_framework.permissions import BasePermission


class HasSeat(BasePermission):
    """Whoever calls belongs to the organisation on whose host the call is made; to strangers there is nothing."""

    def has_permission(self, request: Any, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if getattr(request._request, "seat", None) is None:
            raise Http404
        return True
