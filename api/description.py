"""What the API's description (OpenAPI) says beside what the views and serializers tell by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from api import errors
from halka.authorization.roles import SCOPES, Permission, Scope
from halka.common import problems
from halka.common.problems import Problem


class SoftwareScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.authentication.Software"
    name = "software"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "oauth2",
            "description": "A token for an hour, for the software that a manager has added in the workspace under "
            "Settings, Software. It counts on the organisation's own host alone.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/oauth/token",
                    "scopes": {scope.value: str(scope.label) for scope in Scope},
                }
            },
        }

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        """One for each scope that is enough by itself."""
        permission = getattr(getattr(auto_schema.view, auto_schema.method.lower()), "permission", None)
        if permission is None:
            return [{"software": []}]
        return [{"software": [scope.value]} for scope, permissions in SCOPES.items() if permission in permissions]


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


class PerhapsFieldsSerializer(ProblemSerializer):
    """With `fields` where it was the fields."""

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"fields": FaultSerializer(many=True, required=False)}


RATE_HEADERS: Final = {
    "RateLimit-Limit": "Requests of this kind in a minute.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "Seconds until they are counted anew.",
}
CHANGES: Final = ("put", "patch", "delete")
KEY: Final = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"}  # as api.idempotency takes it


def describe(
    operation: str,
    *,
    answer: Any,
    body: Any = None,
    query: Any = None,
    permission: Permission | None = None,
    status: int = 200,
    media: str = "",
    etag: bool = False,
    problems: tuple[Problem, ...] = (),
) -> Callable[[Any], Any]:
    """Names an operation of a view, what it takes, and everything that it may answer.

    `permission` is what its first line asks for; without one every member and every software may. `etag`: the answer
    has one, and changes take If-Match. `media` is the answer's type where it is not JSON.
    """

    def decorate(handler: Any) -> Any:
        method = handler.__name__
        handler.permission = permission
        parameters = [*([query] if query else []), *_request_headers(method, etag), *_answer_headers(status, etag)]
        described: Any = extend_schema(
            operation_id=operation,
            request=body,
            parameters=parameters,
            responses=_responses(
                answer, (status, media) if media else status, _possible(method, body, etag, problems), method, etag
            ),
        )(handler)
        return described

    return decorate


def _possible(method: str, body: Any, etag: bool, special: tuple[Problem, ...]) -> dict[int, list[Problem]]:
    """Status -> the problems with it, each once."""
    found = [problems.NOT_SIGNED_IN, problems.INVALID_TOKEN, problems.NOT_ALLOWED, errors.INSUFFICIENT_SCOPE,
             problems.NOT_FOUND, errors.NOT_ACCEPTABLE, errors.TOO_MANY_REQUESTS]  # fmt: skip
    if body is not None:
        found += [problems.UNREADABLE, errors.UNSUPPORTED_MEDIA_TYPE]
    if method == "post":
        found += [errors.BAD_KEY, errors.KEY_REUSED, errors.MAY_NO_LONGER]
    if method != "get":
        found += [problems.CSRF_FAILED]
    if etag and method != "get":
        found += [errors.CHANGED_MEANWHILE]
    if etag and method in CHANGES:
        found += [errors.STATE_NOT_NAMED]
    by_status: dict[int, list[Problem]] = defaultdict(list)
    for problem in dict.fromkeys((*found, *special)):
        by_status[problem.status].append(problem)
    return dict(sorted(by_status.items()))


def _responses(
    answer: Any, status: int | tuple[int, str], possible: dict[int, list[Problem]], method: str, etag: bool
) -> dict[Any, Any]:
    responses: dict[Any, Any] = {status: answer}
    if etag and method == "get":
        responses[304] = OpenApiResponse(description="The caller has it already.")
    for code, found in possible.items():
        shape = InvalidFieldsSerializer if found == [errors.INVALID_FIELDS] else ProblemSerializer
        if errors.INVALID_FIELDS in found and len(found) > 1:
            shape = PerhapsFieldsSerializer
        told = ", ".join(f"`{problem.code}`" for problem in found)
        responses[(code, problems.MEDIA_TYPE)] = OpenApiResponse(shape, description=told)
    return responses


def _request_headers(method: str, etag: bool) -> list[OpenApiParameter]:
    found = []
    if method == "post":
        told = "A word of your own for this request: sent again with it, it is done once."
        found.append(_header("Idempotency-Key", told, kind=KEY))
    if etag and method == "get":
        found.append(_header("If-None-Match", "The ETag that you have: 304 where it is still the present one."))
    if etag and method != "get":
        told = "The ETag of what you have read: 412 where it was changed since."
        found.append(_header("If-Match", told, required=method in CHANGES))
    return found


def _answer_headers(status: int, etag: bool) -> list[OpenApiParameter]:
    found = [_header(name, told, kind=OpenApiTypes.INT, response=[status, 429]) for name, told in RATE_HEADERS.items()]
    found.append(_header("Retry-After", "Seconds to wait.", kind=OpenApiTypes.INT, response=[429]))
    if etag:
        found.append(_header("ETag", "The state of what was answered.", response=[status]))
    if status == 201:
        found.append(_header("Location", "Where it is found from now on.", response=[status]))
    return found


def _header(
    name: str,
    told: str,
    *,
    kind: Any = OpenApiTypes.STR,
    required: bool = False,
    response: list[int] | bool = False,
) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=told, required=required, response=response)
