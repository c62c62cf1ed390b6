"""A POST for each act of tenants.referrals.acts: what the pages offer, with the same verb behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.v1.referrals.serializers import ReferralSerializer
from api.v1.referrals.views import REFUSALS, as_it_is, beside_its_field, held, shown
from api.v1.referrals.writing import BODIES
from api.views import AllOrNothingView, ApiView, valid
from halka.authorization.roles import Seat
from network_registry.exchange.enums import RETRACTED
from network_registry.exchange.errors import ReferralMoved
from tenants.organisations.models import Colleague
from tenants.referrals import policies
from tenants.referrals.acts import ACTS, Act
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Referral


def view_of(act: Act) -> type[ApiView]:
    """The view of one act."""
    body = BODIES[act.slug]
    is_retracting = act.to in RETRACTED  # takes away what the caller was shown, and may be undone in part

    @describe(
        f"referrals_{act.slug.replace('-', '_')}",
        body=body,
        answer=ReferralSerializer,
        permission=act.permission,
        etag=True,
        problems=REFUSALS,
    )
    def post(self: ApiView, request: Request, pk: UUID) -> Response:
        referral, seat = held(request, pk, act.permission)
        data = valid(body(data=request.data)) if body is not None else {}
        _require_side(act, referral)
        try:
            act.run(referral, _complete(data, seat), seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        return as_it_is(request, pk, before=referral) if is_retracting else shown(request, referral)

    name = "".join(part.title() for part in act.slug.split("-"))
    words = f"{act.label}. {act.text}".strip()
    base = ApiView if is_retracting else AllOrNothingView
    return type(f"{name}View", (base,), {"post": post, "__doc__": words})


def _require_side(act: Act, referral: Referral) -> None:
    """Both sides may lead to the same state by acts of their own: to read a referral, and to answer a question."""
    if act.side is not None and policies.side_of(referral) != act.side:
        raise ReferralMoved


def _complete(data: dict[str, Any], seat: Seat) -> dict[str, Any]:
    """Whoever accepts takes the person on, unless it is said who does: software cannot."""
    if "assignee" not in data or data["assignee"] is not None:
        return data
    if seat.membership_id is None:
        message = serializers.ErrorDetail(_("Say which colleague takes the person on."), code="required")
        raise serializers.ValidationError({"assignee": [message]})
    return {**data, "assignee": Colleague.objects.get(pk=str(seat.membership_id))}


def urls() -> list[URLPattern]:
    """The addresses of all acts."""
    return [
        path(f"referrals/<uuid:pk>/{act.slug}/", view_of(act).as_view(), name=f"api-referral-{act.slug}")
        for act in ACTS
    ]
