"""What both sides of a referral write to each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.errors import INVALID_FIELDS, REFUSED
from api.paging import PageQuery, page_of
from api.v1.referrals.views import beside_its_field
from api.views import ApiView, valid
from halka.authorization.roles import Permission
from tenants.referrals.access import referral_for
from tenants.referrals.domain import messages
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Message
from tenants.referrals.talking.forms import MOST_TEXT
from tenants.referrals.talking.showing import is_closed_to


class MessageSerializer(serializers.Serializer[Message]):
    """`text` is null for software that may not read what was told, once the other side knows who the person is."""

    id = serializers.UUIDField(help_text="The same on both sides.")
    is_ours = serializers.BooleanField(source="ours")
    by = serializers.SerializerMethodField(help_text="Who it was, where it was written here.")
    text = serializers.SerializerMethodField()
    language = serializers.CharField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True, help_text="By whoever it was written to.")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, message: Message) -> str | None:
        return message.by_name or None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_text(self, message: Message) -> str | None:
        may_read = self.context["request"].seat.can(Permission.DISCLOSURE_VIEW)
        return message.text if may_read or not message.referral.names_person else None


class MessagesSerializer(serializers.Serializer[Any]):
    results = MessageSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class NewMessageSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(
        max_length=MOST_TEXT, help_text="Until the person is taken on it must not say who they are."
    )
    language = serializers.ChoiceField(
        settings.LANGUAGES, required=False, help_text="That it is written in. Without it: that of the request."
    )


class MessagesView(ApiView):
    """The thread of a referral, the newest first."""

    @describe(
        "referrals_messages", query=PageQuery, answer=MessagesSerializer, permission=Permission.REFERRAL_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        referral, seat = referral_for(request._request, pk, Permission.REFERRAL_VIEW)
        query = valid(PageQuery(data=request.query_params))
        found = Message.objects.filter(referral=referral).select_related("referral")
        if is_closed_to(referral, seat):
            found = found.none()
        return Response(page_of(request, found, MessageSerializer, query, keys=("-at", "-id")))

    @describe(
        "referrals_messages_add", body=NewMessageSerializer, answer=MessageSerializer, status=201,
        permission=Permission.REFERRAL_VIEW, problems=(REFUSED, INVALID_FIELDS),
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Writes to the other side. What came before counts as read."""
        referral, seat = referral_for(request._request, pk, Permission.REFERRAL_VIEW)
        data = valid(NewMessageSerializer(data=request.data))
        try:
            message = messages.write_message(referral=referral, **data, by=seat)
        except SaysWho as refusal:
            raise beside_its_field(refusal, seat) from refusal
        shown = MessageSerializer(message, context={"request": request}).data
        return Response(shown, status=201, headers={"Location": request.path})


class ReadView(ApiView):
    """What came is read; its writers see that it was."""

    @describe("referrals_messages_read", answer=None, status=204, permission=Permission.REFERRAL_VIEW)
    def post(self, request: Request, pk: UUID) -> Response:
        referral, seat = referral_for(request._request, pk, Permission.REFERRAL_VIEW)
        messages.read_messages(referral=referral, by=seat)
        return Response(status=204)
