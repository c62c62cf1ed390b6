"""What the network has learned and teaches, for everybody's software: what is public, read only, without a token."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request

from api.hsds.views import PublicView, told
from api.open.description import described, openapi
from api.v1.knowledge import reading
from api.v1.knowledge.serializers import (
    ChangesQuery,
    ChangesSerializer,
    CurriculaSerializer,
    CurriculumSerializer,
    LessonSerializer,
    LessonsSerializer,
    PracticeSerializer,
    PracticesSerializer,
    TextsQuery,
    VersionSerializer,
)
from knowledge_base.enums import Kind


class OpenView(PublicView):
    schema = AutoSchema()  # type: ignore[assignment]  # the directory describes itself by hand


class TextsView(OpenView):
    """Of one kind, what changed last first; `row` writes each."""

    kind: ClassVar[Kind]
    row: ClassVar[Any]

    def get(self, request: Request) -> HttpResponse:
        return told(request, reading.texts(request, reading.for_everybody(), self.kind, self.row))


class TextView(OpenView):
    """One text."""

    kind: ClassVar[Kind]
    row: ClassVar[Any]

    def get(self, request: Request, pk: int) -> HttpResponse:
        return told(request, self.row(reading.text(reading.for_everybody(), self.kind, pk)).data)


@described("lessons_list", LessonsSerializer, query=TextsQuery)
class LessonsView(TextsView):
    kind, row = Kind.LESSON, LessonSerializer


@described("lessons_read", LessonSerializer, found=True)
class LessonView(TextView):
    kind, row = Kind.LESSON, LessonSerializer


@described("practices_list", PracticesSerializer, query=TextsQuery)
class PracticesView(TextsView):
    kind, row = Kind.PRACTICE, PracticeSerializer


@described("practices_read", PracticeSerializer, found=True)
class PracticeView(TextView):
    kind, row = Kind.PRACTICE, PracticeSerializer


@described("curricula_list", CurriculaSerializer, query=TextsQuery)
class CurriculaView(TextsView):
    kind, row = Kind.CURRICULUM, CurriculumSerializer


@described("curricula_read", CurriculumSerializer, found=True)
class CurriculumView(TextView):
    kind, row = Kind.CURRICULUM, CurriculumSerializer


@described("versions_read", VersionSerializer, found=True)
class VersionView(OpenView):
    """A version of a curriculum with all its modules, units, exercises and sheets."""

    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        return told(request, VersionSerializer(reading.version(reading.for_everybody(), pk, number)).data)


@described("changes_list", ChangesSerializer, query=ChangesQuery)
class ChangesView(OpenView):
    """What was published, changed and taken off after a number, in order, so that a copy is kept true."""

    def get(self, request: Request) -> HttpResponse:
        return told(request, reading.changes(request, reading.for_everybody()))


class OpenApiView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        return told(request, openapi())
