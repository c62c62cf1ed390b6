"""The description of the API as a page, for people who write software: what the schema says, without a script."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS: Final = ("get", "post", "put", "patch", "delete")
DEEPEST: Final = 4  # of an example
EXAMPLES: Final = {
    "uuid": "01990000-0000-7000-8000-000000000000", "date": "2027-05-30", "date-time": "2027-05-30T08:00:00Z",
    "email": "somebody@example.org", "uri": "https://example.org/", "binary": "…",
}  # fmt: skip


@never_cache
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """For every member. Software is led to what it reads more easily."""
    if request.seat.is_software:  # type: ignore[attr-defined]
        return redirect("api-schema")
    return render(request, "api/docs.html", {"groups": _groups(get_language() or "en")})


@lru_cache(maxsize=8)  # each language once in a process: it says nothing of whoever looks
def _groups(_language: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Tag -> its operations, in the order of their addresses."""
    generator: Any = SchemaGenerator(api_version="1")  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)
    shapes = schema["components"]["schemas"]
    found = [
        _operation(path, method, operations[method], shapes)
        for path, operations in schema["paths"].items()
        for method in METHODS
        if method in operations
    ]
    return [(tag, list(rows)) for tag, rows in groupby(found, key=lambda row: row["tag"])]


def _operation(path: str, method: str, described: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = list(described.get("requestBody", {}).get("content", {}).values())
    body = kinds[0]["schema"] if kinds else {}
    text = described.get("description", "")
    scopes = [scope for one in described["security"] for scope in one.get("software", ())]
    return {
        "id": described["operationId"],
        "tag": described["tags"][0],
        "method": method.upper(),
        "path": path,
        "about": " ".join(text.split()).partition(". ")[0].rstrip("."),
        "text": text,
        "scopes": scopes,
        "parameters": [_parameter(one) for one in described.get("parameters", ())],
        "fields": _fields(_resolved(body, shapes), shapes),
        "example": json.dumps(_example(body, shapes, 0), ensure_ascii=False, indent=2) if body else "",
        "answers": [
            (status, told.get("description", "").replace("`", "")) for status, told in described["responses"].items()
        ],
        "may_try": method == "get" and "{" not in path,
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    schema = one["schema"]
    return {"name": one["name"], "where": one["in"], "is_required": one.get("required", False),
            "kind": _kind(schema), "text": one.get("description", "")}  # fmt: skip


def _fields(shape: dict[str, Any], shapes: dict[str, Any]) -> list[dict[str, Any]]:
    required = shape.get("required", ())
    return [
        {
            "name": name,
            "is_required": name in required,
            "kind": _kind(_resolved(schema, shapes)),
            "text": schema.get("description", ""),
        }
        for name, schema in shape.get("properties", {}).items()
        if not schema.get("readOnly")
    ]


def _resolved(schema: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to; of several possibilities the first that is not nothing."""
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            some = [one for one in schema[several] if one.get("type") != "null"]
            return _resolved(some[0], shapes)
    if "$ref" in schema:
        return _resolved(shapes[schema["$ref"].rsplit("/", 1)[-1]], shapes)
    return schema


def _kind(schema: dict[str, Any]) -> str:
    if values := schema.get("enum"):
        return " | ".join(str(value) for value in values if value not in (None, ""))
    return str(schema.get("format", _type(schema)))


def _example(schema: dict[str, Any], shapes: dict[str, Any], depth: int) -> Any:
    """Something that fits, with every field that may be sent."""
    schema = _resolved(schema, shapes)
    if schema.get("default") not in (None, ""):
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if "properties" in schema:
        shown = {name: one for name, one in schema["properties"].items() if not one.get("readOnly") and depth < DEEPEST}
        return {name: _example(one, shapes, depth + 1) for name, one in shown.items()}
    kind = _type(schema)
    if kind == "array":
        return [_example(schema.get("items", {}), shapes, depth + 1)]
    plain = {"integer": schema.get("minimum", 1), "number": 1.0, "boolean": True, "object": {}}
    return plain.get(kind, EXAMPLES.get(schema.get("format", ""), "…"))


def _type(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "string")
    return kinds if isinstance(kinds, str) else next(kind for kind in kinds if kind != "null")
