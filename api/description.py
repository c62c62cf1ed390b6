"""What the API's description (OpenAPI) says beside what the views and serializers tell by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers

from api import errors
from halka.common import problems
from halka.common.problems import Problem


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.authentication.Session"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The sign-in of the pages. Unsafe methods also need the header X-CSRFToken, "
            "with `csrf_token` out of GET /session/state/.",
        }


class FaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="The field's name; empty for the whole request.")
    code = serializers.CharField()
    message = serializers.CharField(help_text="For people, in the caller's language.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details of RFC 9457."""

    type = serializers.CharField(help_text="urn:halka:problem: and the code.")
    title = serializers.CharField(help_text="For people, in the caller's language.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable: software may rely on it.")
    detail = serializers.CharField(required=False, help_text="What is special about this case, for people.")


class InvalidFieldsSerializer(ProblemSerializer):
    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"fields": FaultSerializer(many=True)}  # `fields` is taken on a serializer


ALWAYS = (problems.NOT_SIGNED_IN, problems.NOT_ALLOWED, problems.NOT_FOUND, errors.NOT_ACCEPTABLE)
WITH_BODY = (problems.UNREADABLE, errors.UNSUPPORTED_MEDIA_TYPE)


def describe(
    operation: str, *, answer: Any, body: Any = None, query: Any = None, problems: tuple[Problem, ...] = ()
) -> Callable[[Any], Any]:
    """Names an operation, what it takes, and everything that it may answer."""
    possible = (*ALWAYS, *(WITH_BODY if body is not None else ()), *problems)
    responses: dict[Any, Any] = {200: answer}
    for problem in sorted(possible, key=lambda problem: problem.status):
        shape = InvalidFieldsSerializer if problem is errors.INVALID_FIELDS else ProblemSerializer
        description = f"`{problem.code}`"
        responses[(problem.status, "application/problem+json")] = OpenApiResponse(shape, description=description)
    decorate: Callable[[Any], Any] = extend_schema(
        operation_id=operation, request=body, parameters=[query] if query else [], responses=responses
    )
    return decorate
