"""The feed of events, for software that would rather ask than be told."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.errors import INVALID_FIELDS
from api.v1.events.serializers import EventSerializer, EventsQuery, EventsSerializer
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from tenants.integrations.domain.events import events_after
from tenants.organisations.access import require


class EventsView(ApiView):
    """What happened after a number, in order. Nothing with a smaller number than what was answered comes later; events
    are kept for 90 days."""

    @describe(
        "events_list", query=EventsQuery, answer=EventsSerializer, permission=Permission.EVENT_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        require(request, Permission.EVENT_VIEW)
        query = valid(EventsQuery(data=request.query_params))
        part = events_after(query["after"], topics=query["types"], limit=query["limit"])
        results = EventSerializer(part.events, many=True).data
        return Response({"results": results, "next_after": part.next_after, "has_more": part.has_more})
