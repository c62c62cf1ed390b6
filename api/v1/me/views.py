from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.v1.me.serializers import MeSerializer
from api.views import ApiView


class MeView(ApiView):
    """Who calls, a person or software, and what they may do in this organisation."""

    @describe("me", answer=MeSerializer)
    def get(self, request: Request) -> Response:
        seat, organisation = request.seat, request.organisation
        me: dict[str, Any] = {
            "account": None if seat.is_software else request.user,
            "software": {"software_id": seat.software_id, "name": seat.name, "scopes": sorted(seat.scopes)}
            if seat.is_software
            else None,
            "seat": None if seat.is_software else seat,
            "organisation": {
                **{name: getattr(organisation, name) for name in ("id", "short_name", "kind", "state", "language")},
                "name": organisation.name(get_language() or organisation.language),
            },
            "permissions": sorted(seat.permissions),
        }
        return Response(MeSerializer(me).data)
