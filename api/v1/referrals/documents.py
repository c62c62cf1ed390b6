"""Documents that go with a referral."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.description import describe
from api.errors import INVALID_FIELDS, REFUSED
from api.paging import PageQuery, page_of
from api.views import ApiView, valid
from halka.authorization.roles import Permission, Seat
from halka.common import uploads
from tenants.caseloads.enums.journal import Audience
from tenants.organisations.access import require
from tenants.referrals.access import referral_for
from tenants.referrals.domain import enclosing
from tenants.referrals.models import Enclosure, Referral
from tenants.referrals.talking.showing import is_closed_to
from tenants.referrals.talking.views import enclosure_of, handed_out, own_enclosure


class DocumentSerializer(serializers.Serializer[Enclosure]):
    """`title` and `content` are null for those who may not read it, and of what was taken back."""

    id = serializers.UUIDField(help_text="The same on both sides.")
    is_ours = serializers.BooleanField(source="ours", help_text="Sent by this organisation.")
    by = serializers.SerializerMethodField(help_text="Who it was, where it was sent by this organisation.")
    title = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField(help_text="Where the file is.")
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    audience = serializers.ChoiceField(Audience.choices, help_text="Who of the team reads it.")
    at = serializers.DateTimeField()
    taken_back_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, enclosure: Enclosure) -> str | None:
        return enclosure.by_name or None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_title(self, enclosure: Enclosure) -> str | None:
        return enclosure.title if self._is_open(enclosure) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_content(self, enclosure: Enclosure) -> str | None:
        address = reverse("api-referral-document-content", args=[enclosure.referral_id, enclosure.pk])
        return address if self._is_open(enclosure) else None

    def _is_open(self, enclosure: Enclosure) -> bool:
        seat: Seat = self.context["request"].seat
        if "professions" not in self.context:  # once for a list: all are of one referral
            self.context["professions"] = enclosing.professions_in(enclosure.referral, seat)
        is_read = enclosing.may_read(enclosure, seat, self.context["professions"])
        return enclosure.taken_back_at is None and is_read


class DocumentsSerializer(serializers.Serializer[Any]):
    results = DocumentSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class NewDocumentSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(
        help_text="Up to 10 MB: a photo, PDF, Word, Excel, PowerPoint, OpenDocument or text. Pictures are drawn anew."
    )

    def validate_file(self, upload: Any) -> Any:
        return uploads.checked(upload)


def _of(request: Request, pk: UUID) -> tuple[Referral, Seat]:
    require(request._request, Permission.DISCLOSURE_VIEW)
    return referral_for(request._request, pk, Permission.REFERRAL_VIEW)


class DocumentsView(ApiView):
    """Documents of a referral, the newest first."""

    parser_classes = (MultiPartParser,)

    @describe(
        "referrals_documents", query=PageQuery, answer=DocumentsSerializer, permission=Permission.DISCLOSURE_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        referral, seat = _of(request, pk)
        query = valid(PageQuery(data=request.query_params))
        found = Enclosure.objects.filter(referral=referral)
        if is_closed_to(referral, seat):
            found = found.none()
        found = found.select_related("document", "referral__envelope", "referral__client")
        return Response(page_of(request, found, DocumentSerializer, query, keys=("-at", "-id")))

    @describe(
        "referrals_documents_add", body=NewDocumentSerializer, answer=DocumentSerializer, status=201,
        permission=Permission.DISCLOSURE_VIEW, problems=(REFUSED, INVALID_FIELDS),
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Sends a file to the other side, and keeps it among the person's documents. A consent has to cover it."""
        referral, seat = _of(request, pk)
        file = valid(NewDocumentSerializer(data=request.data))["file"]
        enclosure = enclosing.enclose_file(referral=referral, file=file, by=seat)
        shown = DocumentSerializer(enclosure, context={"request": request}).data
        location = reverse("api-referral-document", args=[pk, enclosure.pk])
        return Response(shown, status=201, headers={"Location": location})


class DocumentView(ApiView):
    """One document of a referral."""

    @describe("referrals_documents_read", answer=DocumentSerializer, permission=Permission.DISCLOSURE_VIEW)
    def get(self, request: Request, pk: UUID, document: UUID) -> Response:
        referral, seat = _of(request, pk)
        found = enclosure_of(referral, document, seat)
        return Response(DocumentSerializer(found, context={"request": request}).data)


class TakeBackView(ApiView):
    """Takes back a document that was sent by mistake: the other side's copy is removed."""

    @describe(
        "referrals_documents_take_back", answer=None, status=204, permission=Permission.DISCLOSURE_VIEW,
        problems=(REFUSED,),
    )  # fmt: skip
    def post(self, request: Request, pk: UUID, document: UUID) -> Response:
        referral, seat = _of(request, pk)
        enclosing.take_back(enclosure=own_enclosure(referral, document), by=seat)
        return Response(status=204)


class ContentView(ApiView):
    """The file itself. That it was opened is written down."""

    @describe(
        "referrals_documents_content", answer=OpenApiTypes.BINARY, media="*/*",
        permission=Permission.DISCLOSURE_VIEW,
    )  # fmt: skip
    def get(self, request: Request, pk: UUID, document: UUID) -> HttpResponseBase:
        referral, seat = _of(request, pk)
        return handed_out(enclosure_of(referral, document, seat), seat)
