"""Referrals of both sides. The verbs are those that the pages call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import State as Seen
from api.conditional import answer, check
from api.description import describe
from api.errors import (
    CONSENT_MISSING,
    INVALID_FIELDS,
    NOT_TAKEN_ON,
    RECIPIENT_UNAVAILABLE,
    REFERRAL_MOVED,
    REFERRAL_OPEN_ALREADY,
    REFUSED,
)
from api.paging import page_of
from api.v1.referrals.disclosure import DisclosureQuery, DisclosureSerializer, disclosure_of
from api.v1.referrals.serializers import (
    ReferralRowSerializer,
    ReferralSerializer,
    ReferralsQuery,
    ReferralsSerializer,
)
from api.v1.referrals.writing import (
    AskedSerializer,
    NewReferralSerializer,
    RedirectSerializer,
    SendSerializer,
    SettleSerializer,
    TakeOnSerializer,
    asked_of,
    consent_of,
    request_of,
)
from api.views import AllOrNothingView, ApiView, valid
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import Remains, Side
from tenants.caseloads.access import client_for
from tenants.organisations.access import require
from tenants.referrals.access import referral_for, with_naming
from tenants.referrals.domain import drafts, sending
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.domain.closing import settle_referral
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Referral

REFUSALS = (
    REFERRAL_MOVED, CONSENT_MISSING, REFERRAL_OPEN_ALREADY, RECIPIENT_UNAVAILABLE, NOT_TAKEN_ON, REFUSED,
    INVALID_FIELDS,
)  # fmt: skip


def state_of(referral: Referral) -> Seen:
    return (referral.pk, referral.envelope.version, referral.version, referral.client_id, referral.disclosed_at)


def held(request: Request, pk: UUID, permission: Permission) -> tuple[Referral, Seat]:
    """The referral, locked in the state that the caller has seen."""
    referral, seat = referral_for(request._request, pk, permission, locked=True)
    check(request, state_of(referral))
    return referral, seat


def as_it_is(
    request: Request, pk: UUID, *, before: Referral | None = None, status: int = 200, location: str = ""
) -> Response:
    """The referral after what was done with it. What hangs on it as on `before` is not read again."""
    if before is None:
        found = with_naming(Referral.objects.for_list(), request.seat).get(pk=pk)
    else:
        found = with_naming(Referral.objects.filter(client__held_at=None).select_related("envelope"), request.seat).get(
            pk=pk
        )
        for name in ("other", "client", "owner", "consent"):
            field: Any = Referral._meta.get_field(name)
            if field.is_cached(before) and getattr(before, field.attname) == getattr(found, field.attname):
                field.set_cached_value(found, field.get_cached_value(before))
    return shown(request, found, status=status, location=location)


def shown(request: Request, referral: Referral, *, status: int = 200, location: str = "") -> Response:
    data = ReferralSerializer(referral, context={"request": request}).data
    return answer(request, data, state=state_of(referral), status=status, location=location)


def beside_its_field(refusal: SaysWho, seat: Seat) -> serializers.ValidationError:
    """Which of the words it was stands in the record: software that may not read names is not told."""
    words = str(refusal)
    if not seat.can(Permission.DISCLOSURE_VIEW):
        words = _("They read this before they accept. Write nothing that says who the person is.")
    return serializers.ValidationError({refusal.field: [serializers.ErrorDetail(words, code="says_who")]})


class ReferralsView(AllOrNothingView):
    """Referrals of this organisation, the newest first."""

    @describe(
        "referrals_list", query=ReferralsQuery, answer=ReferralsSerializer, permission=Permission.REFERRAL_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        seat = require(request._request, Permission.REFERRAL_VIEW)
        query = valid(ReferralsQuery(data=request.query_params))
        keys = ("moved_at", "id") if "updated_since" in query else ("-id",)
        return Response(page_of(request, _asked_for(query, seat), ReferralRowSerializer, query, keys=keys))

    @describe(
        "referrals_add", body=NewReferralSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_SEND,
        status=201, etag=True, problems=REFUSALS,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Writes a referral: with a consent it is sent, without one it is kept as a draft.

        The caller may open the record of the person: software needs the scope clients:read too.
        """
        seat = require(request._request, Permission.REFERRAL_SEND)
        data = valid(NewReferralSerializer(data=request.data))
        client = client_for(request._request, data["client"].pk, Permission.CLIENT_VIEW)
        asked, consent = request_of(data, client), data["consent"]
        try:
            if consent is None:
                referral = sending.draft_referral(client=client, request=asked, by=seat)
            else:
                given = consent_of(consent, data["recipient"])
                referral = drafts.send_at_once(client=client, request=asked, consent=given, by=seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        return as_it_is(request, referral.pk, status=201, location=reverse("api-referral", args=[referral.pk]))


def _asked_for(query: dict[str, Any], seat: Seat) -> Any:
    referrals = with_naming(Referral.objects.for_list(), seat)
    if side := query.get("side"):
        referrals = referrals.outgoing() if side == Side.SENDER else referrals.incoming()
    if state := query.get("state"):
        referrals = referrals.in_state(state)
    if service := query.get("service"):
        referrals = referrals.filter(envelope__service=service)
    if reference := query.get("reference"):
        referrals = referrals.filter(envelope__reference=reference)
    if since := query.get("updated_since"):
        referrals = referrals.filter(envelope__moved_at__gte=since).annotate(moved_at=F("envelope__moved_at"))
    return referrals


class ReferralView(ApiView):
    """One referral, with what the caller may do with it."""

    @describe("referrals_read", answer=ReferralSerializer, permission=Permission.REFERRAL_VIEW, etag=True)
    def get(self, request: Request, pk: UUID) -> Response:
        referral_for(request._request, pk, Permission.REFERRAL_VIEW)
        return as_it_is(request, pk)

    @describe(
        "referrals_change", body=AskedSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_SEND,
        etag=True, problems=REFUSALS,
    )  # fmt: skip
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes what is sent of a draft, and leaves the rest as it is."""
        referral, seat = held(request, pk, Permission.REFERRAL_SEND)
        asked = AskedSerializer(data=request.data, partial=True, context={"recipient": referral.other})
        data = {**asked_of(referral), **valid(asked)}
        try:
            wanted = request_of(data, referral.client)
            sending.change_draft(referral=referral, request=wanted, seen_version=referral.version, by=seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        return as_it_is(request, pk, before=referral)

    @describe(
        "referrals_discard", answer=None, permission=Permission.REFERRAL_SEND, status=204, etag=True,
        problems=(REFERRAL_MOVED,),
    )  # fmt: skip
    def delete(self, request: Request, pk: UUID) -> Response:
        """Discards a draft."""
        referral, seat = held(request, pk, Permission.REFERRAL_SEND)
        sending.discard_draft(referral=referral, by=seat)
        return Response(status=204)


class DisclosureView(ApiView):
    """What the recipient is told on acceptance, or was told: field by field. Needs the scope disclosures:read."""

    @describe(
        "referrals_disclosure", query=DisclosureQuery, answer=DisclosureSerializer,
        permission=Permission.DISCLOSURE_VIEW, problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        require(request._request, Permission.DISCLOSURE_VIEW)
        referral, seat = referral_for(request._request, pk, Permission.REFERRAL_VIEW)
        query = valid(DisclosureQuery(data=request.query_params))
        return Response(DisclosureSerializer(disclosure_of(referral, query["scopes"], seat)).data)


class SendView(AllOrNothingView):
    """Sends a draft under a consent that is written down with it; a provisional member's waits for the secretariat."""

    @describe(
        "referrals_send", body=SendSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_SEND,
        etag=True, problems=REFUSALS,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = held(request, pk, Permission.REFERRAL_SEND)
        data = valid(SendSerializer(data=request.data))
        given = consent_of(data["consent"], referral.other)
        try:
            drafts.send_kept(referral=referral, consent=given, left_out=referral.left_out, by=seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        return as_it_is(request, pk, before=referral)


class RedirectView(ApiView):
    """Sends the person somewhere else after a declined or expired referral; answers with the new one."""

    @describe(
        "referrals_redirect", body=RedirectSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_SEND,
        status=201, etag=True, problems=REFUSALS,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = held(request, pk, Permission.REFERRAL_SEND)
        data = valid(RedirectSerializer(data=request.data))
        given = consent_of(data["consent"], data["recipient"])
        try:
            asked = request_of(data, referral.client)
            child = sending.redirect_referral(referral=referral, request=asked, new_consent=given, by=seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        return as_it_is(request, child.pk, status=201, location=reverse("api-referral", args=[child.pk]))


class TakeOnView(ApiView):
    """Says who the accepted person is: a client of ours already, or somebody new."""

    @describe(
        "referrals_client", body=TakeOnSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_ANSWER,
        etag=True, problems=REFUSALS,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = held(request, pk, Permission.REFERRAL_ANSWER)
        known = valid(TakeOnSerializer(data=request.data))["client"]
        if known is not None:
            known = client_for(request._request, known.pk, Permission.CLIENT_EDIT)
        take_on(referral=referral, link_to=known, by=seat)
        return as_it_is(request, pk, before=referral)


class SettleView(ApiView):
    """Erases what came, or keeps it locked because a law asks for it, after a consent was taken back."""

    @describe(
        "referrals_settle", body=SettleSerializer, answer=ReferralSerializer, permission=Permission.REFERRAL_ANSWER,
        etag=True, problems=REFUSALS,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = held(request, pk, Permission.REFERRAL_ANSWER)
        data = valid(SettleSerializer(data=request.data))
        settle_referral(referral=referral, remains=Remains(data["remains"]), note=data["note"], by=seat)
        return as_it_is(request, pk, before=referral)
