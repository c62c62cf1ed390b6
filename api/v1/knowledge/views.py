"""The knowledge base for members' software: what everybody may read, and what is for members."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answer
from api.description import describe
from api.errors import INVALID_FIELDS
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
from api.views import ApiView
from knowledge_base.enums import Kind


class LessonsView(ApiView):
    """Lessons, what changed last first. Everybody who belongs to a member organisation may read them."""

    @describe("knowledge_lessons_list", query=TextsQuery, answer=LessonsSerializer, problems=(INVALID_FIELDS,))
    def get(self, request: Request) -> Response:
        return Response(reading.texts(request, reading.for_members(), Kind.LESSON, LessonSerializer))


class LessonView(ApiView):
    @describe("knowledge_lessons_read", answer=LessonSerializer, etag=True)
    def get(self, request: Request, pk: int) -> Response:
        found = reading.text(reading.for_members(), Kind.LESSON, pk)
        return answer(request, LessonSerializer(found).data, state=(found.number,))


class PracticesView(ApiView):
    """Ways of working, what changed last first."""

    @describe("knowledge_practices_list", query=TextsQuery, answer=PracticesSerializer, problems=(INVALID_FIELDS,))
    def get(self, request: Request) -> Response:
        return Response(reading.texts(request, reading.for_members(), Kind.PRACTICE, PracticeSerializer))


class PracticeView(ApiView):
    @describe("knowledge_practices_read", answer=PracticeSerializer, etag=True)
    def get(self, request: Request, pk: int) -> Response:
        found = reading.text(reading.for_members(), Kind.PRACTICE, pk)
        return answer(request, PracticeSerializer(found).data, state=(found.number,))


class CurriculaView(ApiView):
    """Curricula with the numbers of their versions, what changed last first."""

    @describe("knowledge_curricula_list", query=TextsQuery, answer=CurriculaSerializer, problems=(INVALID_FIELDS,))
    def get(self, request: Request) -> Response:
        return Response(reading.texts(request, reading.for_members(), Kind.CURRICULUM, CurriculumSerializer))


class CurriculumView(ApiView):
    @describe("knowledge_curricula_read", answer=CurriculumSerializer, etag=True)
    def get(self, request: Request, pk: int) -> Response:
        found = reading.text(reading.for_members(), Kind.CURRICULUM, pk)
        return answer(request, CurriculumSerializer(found).data, state=(found.number,))


class VersionView(ApiView):
    """A version of a curriculum with all its modules, units, exercises and sheets."""

    @describe("knowledge_versions_read", answer=VersionSerializer, etag=True)
    def get(self, request: Request, pk: int, number: int) -> Response:
        found = reading.version(reading.for_members(), pk, number)
        return answer(request, VersionSerializer(found).data, state=(found.pk,))


class ChangesView(ApiView):
    """What was published, changed and taken off after a number, in order, so that a copy is kept true. A text has one
    row, that of its last change; the mark of one that is gone is kept for ever."""

    @describe("knowledge_changes_list", query=ChangesQuery, answer=ChangesSerializer, problems=(INVALID_FIELDS,))
    def get(self, request: Request) -> Response:
        return Response(reading.changes(request, reading.for_members()))
