"""The description of the public knowledge base (OpenAPI 3.1); docs/generated/open.json holds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from api import errors
from api.description import InvalidFieldsSerializer, ProblemSerializer
from halka.common import problems
from halka.common.problems import Problem

SETTINGS: Final = {
    "TITLE": "Halka, public knowledge",
    "VERSION": "1",
    "DESCRIPTION": "What the network has learned and teaches, as far as it is for everybody: read only, without a "
    "token. Answers may be kept for five minutes; `ETag` and `If-None-Match` spare what has not changed. Members' "
    "software finds the same addresses, and members' texts as well, on its organisation's own host.",
    "SERVERS": [{"url": "/open/v1"}],
}


def described(operation: str, answer: Any, *, query: Any = None, found: bool = False) -> Callable[[Any], Any]:
    """Names the one operation of a view. `found`: it answers for one thing, which may not be there."""
    possible = [errors.TOO_MANY_REQUESTS, *([problems.NOT_FOUND] if found else [])]
    responses: dict[Any, Any] = {200: answer, 304: OpenApiResponse(description="The caller has it already.")}
    responses |= {(one.status, problems.MEDIA_TYPE): _told(one, ProblemSerializer) for one in possible}
    if query is not None:
        wrong = errors.INVALID_FIELDS
        responses[wrong.status, problems.MEDIA_TYPE] = _told(wrong, InvalidFieldsSerializer)
    parameters = [query] if query is not None else []
    decorate: Callable[[Any], Any] = extend_schema_view(
        get=extend_schema(operation_id=operation, parameters=parameters, responses=responses)
    )
    return decorate


def _told(problem: Problem, shape: Any) -> OpenApiResponse:
    return OpenApiResponse(shape, description=f"`{problem.code}`")


@cache
def openapi() -> Any:
    """In English, whoever asks."""
    with patched_settings(SETTINGS), translation.override("en"):
        return SchemaGenerator(urlconf="api.open.urls").get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def as_text() -> str:
    return json.dumps(openapi(), ensure_ascii=False, indent=2) + "\n"
