"""Addresses that are nothing's: a problem instead of a page, and 401 before it for the signed-out."""

from __future__ import annotations

from typing import Any, NoReturn

from django.http import Http404
from drf_spectacular.utils import extend_schema

from api.views import ApiView


@extend_schema(exclude=True)
class NothingView(ApiView):
    def initial(self, request: Any, *args: Any, **kwargs: Any) -> NoReturn:
        super().initial(request, *args, **kwargs)
        raise Http404
