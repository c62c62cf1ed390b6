"""Referrals of both sides. The verbs are those that the pages call."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.errors import INVALID_FIELDS, REFERRAL_MOVED
from api.paging import page_of
from api.v1.referrals.serializers import (
    AcceptSerializer,
    DeclineSerializer,
    ReferralRowSerializer,
    ReferralSerializer,
    ReferralsQuery,
    ReferralsSerializer,
)
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from network_registry.exchange.enums import Side
from tenants.organisations.access import require
from tenants.organisations.models import Colleague
from tenants.referrals.access import referral_for, with_naming
from tenants.referrals.domain import answering
from tenants.referrals.models import Referral


class ReferralsView(ApiView):
    """Referrals of this organisation, the newest first."""

    @describe(
        "referrals_list",
        query=ReferralsQuery,
        answer=ReferralsSerializer,
        permission=Permission.REFERRAL_VIEW,
        problems=(INVALID_FIELDS,),
    )
    def get(self, request: Request) -> Response:
        seat = require(request, Permission.REFERRAL_VIEW)
        query = valid(ReferralsQuery(data=request.query_params))
        referrals = with_naming(Referral.objects.for_list(), seat)
        if side := query.get("side"):
            referrals = referrals.outgoing() if side == Side.SENDER else referrals.incoming()
        if state := query.get("state"):
            referrals = referrals.in_state(state)
        return Response(page_of(request, referrals, ReferralRowSerializer, query))


class ReferralView(ApiView):
    """One referral, with what the caller may do with it."""

    @describe("referrals_read", answer=ReferralSerializer, permission=Permission.REFERRAL_VIEW)
    def get(self, request: Request, pk: UUID) -> Response:
        return _answer(request, pk, Permission.REFERRAL_VIEW)


class OpenView(ApiView):
    """The recipient opens the referral and reads what is needed; the sender sees that it did."""

    @describe(
        "referrals_open", answer=ReferralSerializer, permission=Permission.REFERRAL_ANSWER, problems=(REFERRAL_MOVED,)
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
        answering.open_referral(referral=referral, by=seat)
        return _answer(request, pk, Permission.REFERRAL_ANSWER)


class AcceptView(ApiView):
    """The recipient takes the person on; what the person agreed to share follows."""

    @describe(
        "referrals_accept",
        permission=Permission.REFERRAL_ANSWER,
        body=AcceptSerializer,
        answer=ReferralSerializer,
        problems=(REFERRAL_MOVED, INVALID_FIELDS),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
        answer = valid(AcceptSerializer(data=request.data))
        assignee = answer.get("assignee") or Colleague.objects.get(pk=str(seat.membership_id))
        answering.accept_referral(referral=referral, assignee=assignee, note=answer["note"], by=seat)
        return _answer(request, pk, Permission.REFERRAL_ANSWER)


class DeclineView(ApiView):
    """The recipient says no, with a reason."""

    @describe(
        "referrals_decline",
        permission=Permission.REFERRAL_ANSWER,
        body=DeclineSerializer,
        answer=ReferralSerializer,
        problems=(REFERRAL_MOVED, INVALID_FIELDS),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = referral_for(request, pk, Permission.REFERRAL_ANSWER)
        answer = valid(DeclineSerializer(data=request.data))
        answering.decline_referral(referral=referral, reason=answer["reason"], note=answer["note"], by=seat)
        return _answer(request, pk, Permission.REFERRAL_ANSWER)


def _answer(request: Request, pk: UUID, permission: Permission) -> Response:
    """The referral as it is now."""
    referral, _seat = referral_for(request, pk, permission)
    return Response(ReferralSerializer(referral, context={"request": request}).data)
