"""What all views of the API have in common."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import APIView


class ApiView(APIView):
    http_method_names = ("get", "head", "post", "put", "patch", "delete")

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Response:
        """No browser and no proxy keeps what was answered."""
        response.headers.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)
