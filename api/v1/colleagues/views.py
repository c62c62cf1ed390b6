"""The organisation's people."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.errors import INVALID_FIELDS
from api.paging import page_of
from api.v1.colleagues.serializers import ColleagueRowSerializer, ColleaguesQuery, ColleaguesSerializer
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from tenants.organisations.access import require
from tenants.organisations.models import Colleague


class ColleaguesView(ApiView):
    """Those who work here now, with the memberships that other operations name them by. No addresses."""

    @describe(
        "colleagues_list", query=ColleaguesQuery, answer=ColleaguesSerializer, permission=Permission.MEMBER_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        require(request, Permission.MEMBER_VIEW)
        query = valid(ColleaguesQuery(data=request.query_params))
        return Response(page_of(request, Colleague.objects.filter(ended_at=None), ColleagueRowSerializer, query))
