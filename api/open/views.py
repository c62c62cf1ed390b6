"""What the network has learned and teaches, for everybody's software: what is public, read only, without a token."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from api.hsds.views import PublicView, told
from api.v1.knowledge import reading
from api.v1.knowledge.serializers import (
    CurriculumSerializer,
    LessonSerializer,
    PracticeSerializer,
    VersionSerializer,
)
from knowledge_base.enums import Kind


class TextsView(PublicView):
    """Of one kind; `row` writes each."""

    kind: ClassVar[Kind]
    row: ClassVar[Any]

    def get(self, request: Request) -> HttpResponse:
        return told(request, reading.texts(request, reading.for_everybody(), self.kind, self.row))


class TextView(PublicView):
    kind: ClassVar[Kind]
    row: ClassVar[Any]

    def get(self, request: Request, pk: int) -> HttpResponse:
        return told(request, self.row(reading.text(reading.for_everybody(), self.kind, pk)).data)


class LessonsView(TextsView):
    kind, row = Kind.LESSON, LessonSerializer


class LessonView(TextView):
    kind, row = Kind.LESSON, LessonSerializer


class PracticesView(TextsView):
    kind, row = Kind.PRACTICE, PracticeSerializer


class PracticeView(TextView):
    kind, row = Kind.PRACTICE, PracticeSerializer


class CurriculaView(TextsView):
    kind, row = Kind.CURRICULUM, CurriculumSerializer


class CurriculumView(TextView):
    kind, row = Kind.CURRICULUM, CurriculumSerializer


class VersionView(PublicView):
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        return told(request, VersionSerializer(reading.version(reading.for_everybody(), pk, number)).data)


class ChangesView(PublicView):
    def get(self, request: Request) -> HttpResponse:
        return told(request, reading.changes(request, reading.for_everybody()))
